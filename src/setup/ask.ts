import type { Answers, Chapter, Question } from './question.js';

/** Who answers. */
export interface Asker {
  print(line: string): void;
  /** @returns undefined when nobody is there any more */
  ask(prompt: string, options: { isSecret: boolean }): Promise<string | undefined>;
}

/** Where answers come from before anybody is asked. */
export interface Known {
  /** Of this run's file or environment: not asked again. */
  given: Answers;
  /** Of earlier runs: offered. */
  saved: Answers;
}

/** Whoever answered has gone; what was answered so far is kept. */
export class SetupStopped extends Error {
  override readonly name = 'SetupStopped';
}

/** Answers that cannot be used, with nobody there to ask; each a line. */
export class WrongAnswers extends Error {
  override readonly name = 'WrongAnswers';
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

/**
 * Goes through one chapter.
 *
 * @param asker undefined where nobody sits at the terminal
 * @param keep called with everything after each answer
 * @returns the answers of before, and the chapter's
 * @throws SetupStopped, WrongAnswers
 */
export async function askChapter(
  { title, notes, questions }: Chapter,
  before: Answers,
  known: Known,
  asker: Asker | undefined,
  keep: (answers: Answers) => void,
): Promise<Answers> {
  const { given } = known;
  let { saved } = known;
  let answers = before;
  const problems: string[] = [];
  const isOpen = ({ key, isQuiet }: Question): boolean => given[key] === undefined && isQuiet !== true;
  if (questions.some(isOpen)) asker?.print(`\n■ ${title}`);
  for (const [index, question] of questions.entries()) {
    if (question.isAsked && !question.isAsked(answers)) continue;
    if (index === 1) for (const note of notes?.(answers) ?? []) asker?.print(`  ※ ${note}`);
    const fallback = saved[question.key] ?? question.initial?.(answers) ?? '';
    const told = given[question.key];
    let text =
      asker && isOpen(question) ? await askOne(question, fallback, answers, asker) : (told ?? fallback);
    for (let problem = question.check(text, answers); problem; problem = question.check(text, answers)) {
      if (!asker) {
        problems.push(`${question.key}（${question.label}）: ${problem}`);
        break;
      }
      asker.print(`  ✗ ${problem}`);
      text = await askOne(question, fallback, answers, asker);
    }
    if (question.resets && saved[question.key] !== text) saved = without(saved, question.resets);
    answers = { ...answers, [question.key]: text };
    if (asker) keep({ ...saved, ...answers });
  }
  if (problems.length > 0) throw new WrongAnswers(problems);
  return answers;
}

function without(answers: Answers, keys: readonly string[]): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([key]) => !keys.includes(key)));
}

async function askOne(question: Question, fallback: string, answers: Answers, asker: Asker): Promise<string> {
  const { label, help, choices, isSecret = false } = question;
  asker.print('');
  for (const line of help) asker.print(`  ${line}`);
  if (question.isUnsure?.(answers))
    asker.print('  ※ ひな形の値は、実際の回線で確かめていません。事業者の資料で確認してください。');
  for (const [index, choice] of (choices ?? []).entries())
    asker.print(`  ${index + 1}) ${choice.value}  ${choice.label}`);
  const shown = fallback === '' ? '' : isSecret ? '［前回のまま］' : `［${fallback}］`;
  const mayBeNothing = !isSecret && fallback !== '' && question.check('', answers) === undefined;
  const line = await asker.ask(`${label}${shown}${mayBeNothing ? '（消すには -）' : ''}: `, { isSecret });
  if (line === undefined) throw new SetupStopped();
  const text = isSecret ? line : line.trim();
  if (text === '') return fallback;
  if (text === '-' && !isSecret) return '';
  return choices?.[Number(text) - 1]?.value ?? text;
}
