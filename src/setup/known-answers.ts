import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../storage/whole-file.js';
import { WrongAnswers } from './ask.js';
import { variableOf, type Answers, type Chapter } from './question.js';

const text = z.union([z.string(), z.number().transform(String)]);
const fileSchema = z.record(z.string(), z.union([text, z.array(text).transform((list) => list.join(','))]));

/**
 * Answers from a JSON file, and over them those of the environment: SETUP_DATABASE_HOST, or the value in a file
 * that SETUP_DATABASE_HOST_FILE names.
 *
 * @throws WrongAnswers when a file cannot be read, or holds what nobody asks
 */
export function givenAnswers(
  chapters: readonly Chapter[],
  file: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Answers {
  const keys = chapters.flatMap(({ questions }) => questions.map(({ key }) => key));
  const given: Record<string, string> = file === undefined ? {} : { ...readAnswers(file) };
  const problems = Object.keys(given)
    .filter((key) => !keys.includes(key))
    .map((key) => `${key}: そのような質問はありません。`);
  for (const key of keys) {
    const name = variableOf(key);
    const path = environment[`${name}_FILE`];
    if (environment[name] !== undefined) given[key] = environment[name];
    else if (path) {
      try {
        given[key] = readFileSync(path, 'utf8').trim();
      } catch {
        problems.push(`${name}_FILE: ${path} を読めません。`);
      }
    }
  }
  if (problems.length > 0) throw new WrongAnswers(problems);
  return given;
}

function readAnswers(file: string): Answers {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // A parser's message may repeat a password that stands in the file.
    throw new WrongAnswers([`${file}: 読めないか、JSON ではありません（値は文字か数で書きます）。`]);
  }
}

/** What earlier runs were told; it holds passwords, and is for its owner's eyes only. */
export function savedAnswers(file: string): Answers {
  if (!existsSync(file)) return {};
  const parsed = z.record(z.string(), z.string()).safeParse(parsedJson(readFileSync(file, 'utf8')));
  return parsed.success ? parsed.data : {};
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function saveAnswers(file: string, answers: Answers): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeWhole(file, `${JSON.stringify(answers, undefined, 2)}\n`);
}
