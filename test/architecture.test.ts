import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { projectRoot } from '../src/project-root.js';

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
  /^src\/(asterisk\/|([a-z]+-)*app\.ts|main\.ts|service-health\.ts|cli\/|doctor\/|testbed\/|demo\/|bench\/)/;
/** What serves, shows or tries the features out: no feature knows any of it. */
const outside =
  /^src\/(http|live|cli|asterisk|doctor|demo|testbed|bench|([a-z]+-)*app\.ts|main\.ts|service-health\.ts)/;
const feature =
  /^src\/(alerts|checkins|consultations|desk|figures|hotline|mails|organizations|prompts|storage|subscribers|trunk|users|voice|wallboard)\//;

/** Files that decide: the same facts give the same answer, at any hour, on any machine. */
const pureFiles = [
  'src/asterisk/ami/read-queue-event.ts',
  'src/asterisk/ari/account-objects.ts',
  'src/asterisk/ari/ari-event.ts',
  'src/asterisk/backoff.ts',
  'src/asterisk/cel/cel-lines.ts',
  'src/asterisk/config/template.ts',
  'src/asterisk/config/trunk-settings.ts',
  'src/asterisk/domestic-number.ts',
  'src/asterisk/hangup-cause.ts',
  'src/asterisk/names.ts',
  'src/asterisk/queue-log/queue-log-line.ts',
  ...pathsBelow(
    'src/bench',
    /\/(board-lag|hotline-(result|steering)|invented-people|percentile|wallboard-result)\.ts$/,
  ),
  'src/checkins/attempt-outcome.ts',
  'src/checkins/call-policy.ts',
  'src/checkins/call-script.ts',
  'src/checkins/calling-hours.ts',
  'src/checkins/fair-turn.ts',
  'src/checkins/ledger-state.ts',
  'src/checkins/ledger.ts',
  'src/checkins/local-day.ts',
  'src/checkins/may-call.ts',
  'src/checkins/pacing.ts',
  'src/checkins/phone.ts',
  'src/checkins/policy-preview.ts',
  'src/checkins/retry-policy.ts',
  'src/checkins/schedule.ts',
  'src/checkins/timeline.ts',
  'src/cli/day-table.ts',
  'src/cli/wide-text.ts',
  ...pathsBelow(
    'src/consultations',
    /\/(card-(edits|fields|form|row|search|view)|case-timeline|choices|consultation-counts|counting-rules|field-kinds|(enrolment|person|read|support)-fields|triage)\.ts$/,
  ),
  'src/demo/demo-policies.ts',
  'src/demo/hotline-judge.ts',
  'src/demo/judge.ts',
  'src/demo/past-days.ts',
  'src/demo/simulated-callers.ts',
  'src/demo/simulated-people.ts',
  ...pathsBelow('src/doctor', /\/(findings|\w+(-data)?-findings|voice-check|write-fault)\.ts$/),
  'src/hotline/call-batch.ts',
  'src/hotline/call-log.ts',
  'src/hotline/call-story.ts',
  'src/hotline/closures.ts',
  'src/hotline/counsellor-entries.ts',
  'src/hotline/counsellor.ts',
  'src/hotline/desk-view.ts',
  'src/hotline/hotline-call.ts',
  'src/hotline/hotline-task.ts',
  'src/hotline/kpis.ts',
  'src/hotline/line-entries.ts',
  'src/hotline/line.ts',
  'src/hotline/opening-hours-of.ts',
  'src/hotline/opening-hours.ts',
  'src/hotline/outgoing-story.ts',
  'src/hotline/picture-view.ts',
  'src/hotline/presence-time.ts',
  'src/hotline/queue-event.ts',
  'src/hotline/queue-picture.ts',
  'src/hotline/task-due.ts',
  'src/hotline/urgent-entries.ts',
  'src/hotline/wait-estimate.ts',
  'src/mails/mail-post.ts',
  'src/organizations/japanese-holidays.ts',
  'src/prompts/downsample.ts',
  'src/prompts/hotline-prompts.ts',
  'src/prompts/loudness.ts',
  'src/prompts/music.ts',
  'src/prompts/number-prompts.ts',
  'src/prompts/readings.ts',
  'src/prompts/sakura.ts',
  'src/prompts/sample-names.ts',
  'src/prompts/stock-prompts.ts',
  'src/prompts/wav.ts',
  'src/testbed/netstring.ts',
  'src/testbed/program-version.ts',
  'src/testbed/sip-trace.ts',
  'src/testbed/sipp-log.ts',
  'src/testbed/sipp-scenario.ts',
  'src/testbed/softphone-settings.ts',
  'src/testbed/sources-list.ts',
  'src/time-zone.ts',
  'src/voice/take-in.ts',
  'src/voice/voice-key.ts',
  'src/voice/wav-seconds.ts',
  ...pathsBelow('src/storage', /\/(chunks|instants|personal-(columns|data-keys))\.ts$/),
  ...pathsBelow('src/http', /\/(docs-page|health|openapi|own-page)\.ts$/),
  ...pathsBelow('src/figures', /\/(?!.*(keeper|module|reader|store)\.ts)/),
  ...pathsBelow('src/alerts', /\/alert-(letters|work)\.ts$/),
  ...pathsBelow('src/desk', /\/(desk-phone|glance|station-call|today)\.ts$/),
  ...pathsBelow('src/subscribers/import', /\.ts$/),
  ...pathsBelow(
    'src/subscribers',
    /\/(contact|\w+-(changes|date|form|haystack|match|number|start|text))\.ts$/,
  ),
  ...pathsBelow(
    'src/users',
    /\/(audit-sheet|letters|lock-out|mail-address|password-rule|permissions|session-life|totp|user-edit)\.ts$/,
  ),
  ...pathsBelow('src/watch', /\/(heartbeat-rule|link-findings|watched)\.ts$/),
  ...pathsBelow('src/wallboard', /\/(\w+-tile|day-progress|initials|light|wallboard-(settings|view))\.ts$/),
];

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

function pathsBelow(folder: string, wanted: RegExp): string[] {
  return readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => wanted.test(path))
    .sort();
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
