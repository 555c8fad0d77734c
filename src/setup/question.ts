/** What was answered, by question; empty for "nothing". */
export type Answers = Readonly<Record<string, string>>;

export interface Question {
  /** Its name in an answers file; in the environment it is `SETUP_` and the same in capitals. */
  key: string;
  label: string;
  /** One or two lines that say what is meant, and where it is found. */
  help: readonly string[];
  choices?: readonly { value: string; label: string }[];
  /** Typed unseen, and never shown again. */
  isSecret?: boolean;
  /** Not asked at the terminal: only a file or the environment says something else than the default. */
  isQuiet?: boolean;
  /** Questions whose earlier answers mean nothing any more once this one is answered otherwise. */
  resets?: readonly string[];
  /** Whether the default is only what we think. */
  isUnsure?: (answers: Answers) => boolean;
  isAsked?: (answers: Answers) => boolean;
  /** What an empty line means, when nothing was answered before. */
  initial?: (answers: Answers) => string;
  /** @returns what is wrong, in words for who answers */
  check: (text: string, answers: Answers) => string | undefined;
}

/** Questions that belong together. */
export interface Chapter {
  title: string;
  notes?: (answers: Answers) => readonly string[];
  questions: readonly Question[];
}

/** `databaseHost` is SETUP_DATABASE_HOST. */
export function variableOf(key: string): string {
  return `SETUP_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

export const needed = (text: string): string | undefined => (text === '' ? '必要です。' : undefined);

/** @param wanted what is expected, as the end of a sentence */
export function matching(pattern: RegExp, wanted: string): Question['check'] {
  return (text) => (pattern.test(text) ? undefined : `${wanted}で答えてください。`);
}

/** The same, or nothing at all. */
export function orNothing(check: Question['check']): Question['check'] {
  return (text, answers) => (text === '' ? undefined : check(text, answers));
}

export function wholeNumber(least: number, most: number): Question['check'] {
  return (text) =>
    /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most
      ? undefined
      : `${least} から ${most} までの整数で答えてください。`;
}

export function oneOf(choices: NonNullable<Question['choices']>): Question['check'] {
  return (text) =>
    choices.some(({ value }) => value === text)
      ? undefined
      : `${choices.map(({ value }) => value).join('、')} のどれかで答えてください。`;
}

export const hostName = matching(/^[A-Za-z0-9.:-]+$/, 'ホスト名か IP アドレス（半角）');
export const telephone = matching(/^0\d{9,10}$/, 'ハイフンなしの10桁か11桁の番号（0471234567 など）');
