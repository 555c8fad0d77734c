/** Words of one part of the console: Japanese, then English. `{name}` is filled in by who uses it. */
export type Words = Readonly<Record<string, readonly [japanese: string, english: string]>>;
