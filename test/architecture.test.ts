import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { projectRoot } from '../src/project-root.js';
import { pathsBelow } from './support/paths-below.js';
import { pureFiles } from './support/pure-files.js';

interface SourceFile {
  /** From the top of the repository. */
  path: string;
  text: string;
  /** Without comments: these speak of our process, and of clocks. */
  code: string;
  /** Paths of our own files, or names of packages. */
  imports: { from: string; typesOnly: boolean }[];
}

const sources = filesBelow('src');
const tests = filesBelow('test');

/** Nothing else may know the exchange's own words. */
const mayImportAsterisk =
  /^src\/(asterisk\/|([a-z]+-)*app\.ts|main\.ts|service-health\.ts|cli\/|doctor\/|setup\/|testbed\/|demo\/|bench\/)/;
/** What serves, shows or tries the features out: no feature knows any of it. */
const outside =
  /^src\/(http|live|cli|asterisk|doctor|demo|testbed|bench|watch\/|([a-z]+-)*app\.ts|main\.ts|service-health\.ts)/;
const feature =
  /^src\/(alerts|backup|checkins|consultations|desk|figures|hotline|mails|organizations|prompts|retention|storage|subscribers|test-calls|trunk|users|voice|wallboard)\//;

/** The world: clocks, dice, the process and whatever is outside of it. */
const impure =
  /\bDate\.now\b|\bnew Date\(\)|\bDateTime\.(now|local|utc)\(|\bMath\.random\b|\bperformance\.|\bprocess\.|\bset(Timeout|Interval|Immediate)\(|\brandom(UUID|Bytes)\b|\bfetch\(/;
const impurePackage = /^node:(fs|child_process|net|http|https|dgram|timers|os)|^(knex|express|pino|ws)$/;

/** A statement of knex; a bare `.select(` or `.delete(` may be anything. */
const statement =
  /\.(where(In|Not|Null|NotNull|NotExists|Exists|Raw)?|orWhere\w*|andWhere\w*|insert|onConflict|leftJoin|raw)[(<]|\b(database|trx|knex)(<\w+>)?\('/;
/** Beside the stores; each with the reason. */
const statementsElsewhere: Record<string, string> = {
  'src/doctor/database-check.ts': 'asks whether the database answers: select 1',
  'src/service-health.ts': 'asks whether the database answers: select 1',
};
/** Benches fill the tables with thousands of people, and count what became of them. */
const benches = 'src/bench/';

describe('the architecture', () => {
  it('has one folder that knows the libraries of the exchange', () => {
    const libraries = new Set(['ari-client', 'asterisk-manager', 'ws']);
    const users = [...sources, ...tests].filter(({ imports }) =>
      imports.some(({ from }) => libraries.has(from)),
    );
    assert.deepEqual(
      pathsOf(users).filter((path) => !/^(src|test)\/asterisk\/|^test\/pbx\/ari-|\/firefox\.ts$/.test(path)),
      [],
    );
  });

  it('lets only those who put things together, or try them out, know that folder', () => {
    const users = sources.filter(({ imports }) =>
      imports.some(({ from }) => from.startsWith('src/asterisk/')),
    );
    assert.deepEqual(
      pathsOf(users).filter((path) => !mayImportAsterisk.test(path)),
      [],
    );
  });

  it('keeps the features free of what serves, shows or tries them out', () => {
    const wrong = sources
      .filter(({ path }) => feature.test(path))
      .flatMap(({ path, imports }) =>
        imports.filter(({ from }) => outside.test(from)).map(({ from }) => `${path} → ${from}`),
      );
    assert.deepEqual(wrong, []);
  });

  it('keeps clocks, dice and files out of what decides', () => {
    const wrong = pureFiles.flatMap((path) => {
      const { code, imports } = sourceAt(path);
      const taken = imports.map(({ from }) => from).find((from) => impurePackage.test(from));
      const found = impure.exec(code)?.[0] ?? taken;
      return found === undefined ? [] : [`${path}: ${found}`];
    });
    assert.deepEqual(wrong, []);
  });

  it('lets what decides take values from what decides, and from nothing else of ours', () => {
    const pure = new Set(pureFiles);
    const wrong = pureFiles.flatMap((path) =>
      sourceAt(path)
        .imports.filter(({ from, typesOnly }) => !typesOnly && from.startsWith('src/') && !pure.has(from))
        .map(({ from }) => `${path} → ${from}`),
    );
    assert.deepEqual(wrong, []);
  });

  it('has its statements in the stores, and elsewhere only for a reason', () => {
    const elsewhere = sources.filter(
      ({ path, code }) => statement.test(code) && !path.endsWith('-store.ts') && !path.startsWith(benches),
    );
    assert.deepEqual(pathsOf(elsewhere), Object.keys(statementsElsewhere).sort());
  });

  it('has no file of more than 300 lines', () => {
    const long = [...sources, ...tests].filter(({ text }) => text.trimEnd().split('\n').length > 300);
    assert.deepEqual(pathsOf(long), []);
  });

  it('runs every test', () => {
    const skipping = /\b(it|describe|context|before|after)\.(only|skip)\b|\bx(it|describe)\(|\bthis\.skip\(/;
    assert.deepEqual(pathsOf(tests.filter(({ code }) => skipping.test(code))), []);
  });

  it('offers every command', () => {
    // A command stands in main.ts, or below another command.
    const offering = sources.filter(({ path }) => path === 'src/main.ts' || path.endsWith('-command.ts'));
    const commands = pathsOf(sources).filter((path) => /^src\/cli\/[^/]+-command\.ts$/.test(path));
    assert.ok(commands.length > 0);
    const missing = commands.filter((path) => {
      const name = /export function (\w+Command)\(/.exec(sourceAt(path).code)?.[1] ?? path;
      return !offering.some(
        ({ imports, code }) => imports.some(({ from }) => from === path) && code.includes(`${name}()`),
      );
    });
    assert.deepEqual(missing, []);
  });
});

describe('the documents', () => {
  it('have every setting in the table of the README', () => {
    const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8');
    const schema = /const schema = z\.object\(\{([\s\S]*?)\n\}\);/.exec(sourceAt('src/config.ts').code)?.[1];
    const settings = [...(schema ?? '').matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name = '']) => name);
    assert.ok(settings.length > 20);
    assert.deepEqual(
      settings.filter((name) => !readme.includes(`| \`${name}\``)),
      [],
    );
  });

  it('name only files that are there', () => {
    const top = readdirSync(projectRoot).filter((name) => name.endsWith('.md'));
    const documents = [...top, ...['docs', 'src', 'sounds'].flatMap((folder) => pathsBelow(folder, /\.md$/))];
    const named = /`((?:src|test|docs|asterisk-config|dialplan|sounds|vendor|migrations)\/[\w./-]*)`/g;
    const gone = documents.flatMap((path) =>
      [...readFileSync(join(projectRoot, path), 'utf8').matchAll(named)]
        .filter(([, file = '']) => !existsSync(join(projectRoot, file)))
        .map(([, file = '']) => `${path}: ${file}`),
    );
    assert.deepEqual(gone, []);
  });
});

function filesBelow(folder: string): SourceFile[] {
  return pathsBelow(folder, /\.ts$/).map((path) => {
    const text = readFileSync(join(projectRoot, path), 'utf8');
    const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
    return { path, text, code, imports: importsOf(path, code) };
  });
}

function importsOf(path: string, code: string): SourceFile['imports'] {
  const lines = code.matchAll(
    /^(?:import|export)\s+(type\s)?(?:[\w\s{},*]+?\sfrom\s)?'([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  return [...lines].map(([, type, written, later]) => {
    const from = written ?? later ?? '';
    const own = from.startsWith('.')
      ? relative(projectRoot, join(projectRoot, dirname(path), from)).replace(/\.js$/, '.ts')
      : from;
    return { from: own, typesOnly: type !== undefined };
  });
}

function sourceAt(path: string): SourceFile {
  const found = sources.find((source) => source.path === path);
  assert.ok(found, `${path} is not there`);
  return found;
}

function pathsOf(files: readonly SourceFile[]): string[] {
  return files.map(({ path }) => path);
}
