export interface ProgramVersion {
  major: number;
  minor: number;
  patch: number;
  /** As the program says it, with the distribution's suffix. */
  text: string;
}

/** Reads the answer to `asterisk -V`; undefined when it is none (or a certified branch's). */
export function parseAsteriskVersion(answer: string): ProgramVersion | undefined {
  return parseVersion(/^Asterisk ((\d+)\.(\d+)(?:\.(\d+))?\S*)/m, answer);
}

/** Reads the answer to `mariadbd --version`; undefined when it is none (or MySQL's). */
export function parseMariadbVersion(answer: string): ProgramVersion | undefined {
  return parseVersion(/\bVer ((\d+)\.(\d+)\.(\d+)-MariaDB\S*)/, answer);
}

/** 22.9 ≤ version < 23: what production runs, and what we know the dialplan and ARI of. */
export function isUsableAsterisk({ major, minor }: ProgramVersion): boolean {
  return major === 22 && minor >= 9;
}

/** 10.11 or newer: the oldest series still maintained that has all we use. */
export function isUsableMariadb({ major, minor }: ProgramVersion): boolean {
  return major > 10 || (major === 10 && minor >= 11);
}

function parseVersion(pattern: RegExp, answer: string): ProgramVersion | undefined {
  const found = pattern.exec(answer);
  if (!found) return undefined;
  const [, text = '', major, minor, patch] = found;
  return { major: Number(major), minor: Number(minor), patch: Number(patch ?? 0), text };
}
