import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command } from 'commander';
import { projectRoot } from '../../src/project-root.js';
import { guideHtml, printedGuides } from '../support/guide-html.js';

const docs = 'docs';
const guides = readdirSync(join(projectRoot, docs)).filter((name) => name.endsWith('.md'));
const documents = ['README.md', ...guides.map((name) => `${docs}/${name}`)];
const readAt = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');

/** Pages that the screenshots show, each as wide as a desk's and as narrow as a telephone's. */
const shownPages =
  'today alerts alert subscribers subscriber subscriber-new subscribers-import desk cards card tasks messages destinations ' +
  'supervise tenants stations users hours trunk audit account figures wallboard login';
const pictures = new Set([
  ...readdirSync(join(projectRoot, docs, 'images')),
  ...shownPages.split(' ').flatMap((page) => [`${page}-wide.png`, `${page}-narrow.png`]),
]);

describe('the manuals', () => {
  it('link only to what is there', () => {
    const broken = documents.flatMap((path) =>
      [...readAt(path).matchAll(/(!?)\[[^\]]*\]\(([^)\s]+)\)/g)]
        .filter(([, , target = '']) => !/^[a-z]+:/.test(target))
        .filter(([, isPicture, target = '']) => !leadsSomewhere(path, target, isPicture === '!'))
        .map(([, , target = '']) => `${path}: ${target}`),
    );
    assert.deepEqual(broken, []);
  });

  it('have a section for every alert of the monitoring', () => {
    const rules = readAt('monitoring/prometheus-rules.yml');
    const urls = [...rules.matchAll(/runbook_url: (\S+)/g)].map(([, url = '']) => url);
    assert.ok(urls.length > 10);
    assert.deepEqual(
      urls.filter((url) => !leadsSomewhere('README.md', url, false)),
      [],
    );
  });

  it('say what each picture shows', () => {
    const mute = documents.flatMap((path) =>
      [...readAt(path).matchAll(/!\[(.*?)\]\(([^)\s]+)\)/g)]
        .filter(([, words = '']) => words.trim() === '')
        .map(([, , target = '']) => `${path}: ${target}`),
    );
    assert.deepEqual(mute, []);
  });

  it('name only commands and options that the program has', async () => {
    const commands = await allCommands();
    assert.ok(commands.size > 20);
    const unknown = guides.flatMap((name) =>
      commandsIn(readAt(`${docs}/${name}`)).flatMap((words) => {
        const wrong = unknownWord(commands, words);
        return wrong === undefined ? [] : [`${name}: genkidesu ${words.join(' ')} (${wrong})`];
      }),
    );
    assert.deepEqual(unknown, []);
    // All of the program is read in for this.
  }).timeout(30_000);

  it('use the words of the buttons and menus as they stand on the pages', () => {
    const words = wordsOfThePages();
    assert.ok(words.length > 800);
    const unknown = guides
      .filter((name) => name.endsWith('.ja.md'))
      .flatMap((name) =>
        [...readAt(`${docs}/${name}`).matchAll(/「\*\*([^*]+)\*\*」/g)]
          .map(([, shown = '']) => shown)
          .filter((shown) => !words.some((word) => word.test(shown)))
          .map((shown) => `${name}: ${shown}`),
      );
    assert.deepEqual(unknown, []);
  });

  it('become a sheet for each task, and a leaflet of two sides', () => {
    const printed = printedGuides.map((guide) => guideHtml(guide, join(projectRoot, docs)));
    const tasks = readAt(`${docs}/station-guide.ja.md`).match(/^## /gm)?.length ?? 0;
    assert.deepEqual(
      printed.map(({ sheets }) => sheets),
      [tasks + 1, 2],
    );
    assert.match(printed[1]?.html ?? '', /<h2>合言葉<\/h2>/);
  });
});

function leadsSomewhere(from: string, target: string, isPicture: boolean): boolean {
  const [file = '', anchor] = target.split('#');
  const path = file === '' ? from : normalize(join(dirname(from), decodeURI(file)));
  if (isPicture && path.startsWith(`${docs}/images/`))
    return pictures.has(path.slice(`${docs}/images/`.length));
  if (!existsSync(join(projectRoot, path))) return false;
  return anchor === undefined || anchorsOf(readAt(path)).has(decodeURI(anchor));
}

/** Those that are written, and those that a heading gets by itself. */
function anchorsOf(text: string): Set<string> {
  const written = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id);
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return new Set([...written, ...headings]);
}

/** Every command of the program, by its name. */
async function allCommands(): Promise<Map<string, Command>> {
  const folder = join(projectRoot, 'src/cli');
  const found = new Map<string, Command>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('-command.ts'))) {
    const module = (await import(pathToFileURL(join(folder, file)).href)) as Record<string, unknown>;
    for (const [name, make] of Object.entries(module)) {
      if (!name.endsWith('Command') || typeof make !== 'function') continue;
      const command = (make as () => unknown)();
      if (command instanceof Command) found.set(command.name(), command);
    }
  }
  return found;
}

/** What follows `genkidesu` within code, word by word. */
function commandsIn(text: string): string[][] {
  const code = [...text.matchAll(/```[a-z]*\n([\s\S]*?)```|`([^`\n]+)`/g)].flatMap(
    ([, block = '', inline = '']) => `${block}${inline}`.replaceAll('\\\n', ' ').split('\n'),
  );
  return code
    .map((line) => line.replace(/docker compose exec( -T)? genkidesu /, ''))
    .filter((line) => !line.includes('docker compose'))
    .flatMap((line) =>
      [...line.matchAll(/(?:^|\s)genkidesu ([^|;#&]+)/g)].map(([, rest = '']) => rest.trim().split(/\s+/)),
    );
}

/** The first word that the program does not know. */
function unknownWord(commands: ReadonlyMap<string, Command>, words: readonly string[]): string | undefined {
  const [name = '', ...rest] = words;
  if (name === '…') return undefined;
  const top = commands.get(name);
  if (!top) return name;
  const below = top.commands.find((one) => one.name() === rest[0]);
  const takesMore = top.commands.length === 0 || top.registeredArguments.length > 0;
  if (!takesMore && !below && rest.length > 0 && rest[0] !== '…') return rest[0];
  const command = below ?? top;
  return rest
    .filter((word) => word.startsWith('--'))
    .map((word) => word.split('=')[0] ?? word)
    .find((word) => word !== '--' && !command.options.some(({ long }) => long === word));
}

/** What the pages show in Japanese; a place that is filled in takes anything. */
function wordsOfThePages(): RegExp[] {
  const folders = ['web/src/text/words', 'src/consultations'];
  const files = folders.flatMap((folder) =>
    readdirSync(join(projectRoot, folder)).map((name) => readAt(`${folder}/${name}`)),
  );
  return files.flatMap((text) =>
    [...text.matchAll(/(['"])((?:(?!\1)[^\\\n])*\p{Script=Han}?(?:(?!\1)[^\\\n])*)\1/gu)]
      .map(([, , words = '']) => words)
      .filter((words) => /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(words))
      // Of `{region}の{kind}` hardly anything is left to compare with.
      .filter((words) => !words.includes('{') || words.replaceAll(/\{\w+\}/g, '').trim().length >= 3)
      .map(
        (words) =>
          new RegExp(
            `^${words
              .split(/\{\w+\}/)
              .map(escaped)
              .join('.+')}$`,
            'u',
          ),
      ),
  );
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}
