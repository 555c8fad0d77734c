import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/project-root.js';
import { pathsBelow } from '../support/paths-below.js';

const textOf = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');
const routers = pathsBelow('src/http', /\.ts$/).map((path) => ({ path, text: textOf(path) }));

/** Refusals whose code is made of parts; each must be found by one of the searches below. */
const composed = new Set([
  'missing',
  'why',
  'kind',
  'code',
  '`noSuch${what}`',
  '`password.${problem}`',
  '`${stage}Needed`',
]);
const searches: readonly [of: RegExp, prefix: string, suffix: string][] = [
  [/new ApiError\(\s*\d+,\s*'([\w.]+)'/g, '', ''],
  // What is missing where, and answers that carry their error themselves.
  [/\bcode: '(\w+)',\s*message:/g, '', ''],
  // Tables of refusals.
  [/^ {2}(\w+): \[\s*\d{3},/gm, '', ''],
  [/\bversionOf\(.*, '(\w+)'\)/g, '', ''],
  [/\bnotHere\('(\w+)'\)/g, 'noSuch', ''],
];
const stages = ['totpNeeded', 'totpSetupNeeded'];

/** Every code of a refusal, with a file that gives it. */
function codes(): Map<string, string> {
  const found = new Map(stages.map((stage) => [stage, 'src/http/session.ts']));
  for (const { path, text } of routers) {
    for (const [search, prefix, suffix] of searches)
      for (const [, name = ''] of text.matchAll(search)) found.set(`${prefix}${name}${suffix}`, path);
  }
  const problems = /PasswordProblem\s*=([^;]+);/.exec(textOf('src/users/password-rule.ts'))?.[1] ?? '';
  for (const [, name = ''] of problems.matchAll(/'(\w+)'/g))
    found.set(`password.${name}`, 'src/users/password-rule.ts');
  return found;
}

interface Word {
  file: string;
  japanese: string;
  english: string;
}

/** The dictionary's words of refusals; a code may stand in several lists by mistake. */
function words(): Map<string, Word[]> {
  const found = new Map<string, Word[]>();
  const word = /'error\.([\w.]+)':\s*\[\s*(['"`])([\s\S]*?)\2,\s*(['"`])([\s\S]*?)\4,?\s*\]/g;
  for (const file of pathsBelow('web/src/text/words', /\.ts$/)) {
    for (const [, code = '', , japanese = '', , english = ''] of textOf(file).matchAll(word))
      found.set(code, [...(found.get(code) ?? []), { file, japanese, english }]);
  }
  return found;
}

describe('what a page says of a refusal', () => {
  it('is said in words for every code that the service gives, in Japanese and in English', () => {
    const known = words();
    const all = codes();
    assert.ok(all.size > 80, String(all.size));
    const wordless = [...all].filter(
      ([code]) =>
        !known.get(code)?.every(({ japanese, english }) => /[ぁ-ん]/.test(japanese) && english !== ''),
    );
    assert.deepEqual(
      wordless.map(([code, path]) => `${path}: ${code}`),
      [],
    );
  });

  it('stands in one list only', () => {
    const twice = [...words()].filter(([, list]) => list.length > 1);
    assert.deepEqual(
      twice.map(([code, list]) => `${code}: ${list.map(({ file }) => file).join(' ')}`),
      [],
    );
  });

  it('is looked for in every form that a code is given in', () => {
    const given = routers.flatMap(({ text }) =>
      [...text.matchAll(/new ApiError\(\s*[^,]+,\s*([^,]+?),/g)].map(([, code = '']) => code),
    );
    const unknown = given.filter(
      (code) => !/^'[\w.]+'$/.test(code) && !/^\w*missing\w*\.code$/i.test(code) && !composed.has(code),
    );
    assert.deepEqual(unknown, []);
  });
});
