import type { z } from 'zod';

/** What is wrong with one field, for the person at the form. */
export interface FieldProblem {
  /** Path in the form, such as `principal.birthDate`; empty for the form as a whole. */
  field: string;
  label: string;
  message: string;
}

/** At most this many problems are told at once, and no name longer than this is repeated. */
const mostProblems = 20;
const longestName = 40;

export type FieldReading<Value> = { ok: true; value: Value } | { ok: false; problems: FieldProblem[] };

/** Reads a form; every field that cannot be used is named, and one that is not known is refused. */
export function readFields<Shape extends z.ZodType>(
  shape: Shape,
  given: unknown,
  labels: Readonly<Record<string, string>>,
): FieldReading<z.output<Shape>> {
  const parsed = shape.safeParse(given);
  if (parsed.success) return { ok: true, value: parsed.data };
  const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue, given, labels));
  return { ok: false, problems: problems.slice(0, mostProblems) };
}

/** The problems as one text: `freeText: 自由記述は、10,000文字までです（いま33,000文字）。` */
export function describeProblems(problems: readonly FieldProblem[]): string {
  return problems.map(({ field, label, message }) => `${field}: ${label}は、${message}`).join(' ');
}

function problemsOf(
  issue: z.core.$ZodIssue,
  given: unknown,
  labels: Readonly<Record<string, string>>,
): FieldProblem[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, mostProblems).map((key) => ({
      field: [...path, key.slice(0, longestName)].join('.'),
      label: 'この項目',
      message: '相談票などの様式にありません。',
    }));
  }
  const named = path.filter((part) => !/^\d+$/.test(part));
  const known = named.map((part) => labels[part] ?? part).join('の');
  return [{ field: path.join('.'), label: known === '' ? '内容' : known, message: messageOf(issue, given) }];
}

function messageOf(issue: z.core.$ZodIssue, given: unknown): string {
  if (issue.code !== 'custom' && issue.path.length > 0 && isMissing(given, issue.path)) return '必要です。';
  if (issue.code === 'invalid_type' && issue.expected === 'object') return '項目のまとまりにしてください。';
  return issue.message;
}

function isMissing(given: unknown, path: readonly PropertyKey[]): boolean {
  let part = given;
  for (const key of path) {
    if (typeof part !== 'object' || part === null || !Object.hasOwn(part, key)) return true;
    part = (part as Record<PropertyKey, unknown>)[key];
  }
  return part === undefined;
}
