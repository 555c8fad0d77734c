import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Knex } from 'knex';
import { migrate, openDatabase, type Database } from '../storage/database.js';
import { startChild, type RunningChild } from '../testbed/child-process.js';
import type { Stage } from '../testbed/stage.js';
import { BenchError } from './bench-error.js';
import { writePeople } from './bench-people.js';
import { processUsage, type ProcessUsage } from './process-usage.js';
import { watchProgress, type Progress } from './progress.js';
import { codecOfStage } from './bench-codec.js';

/** What our own database says when the service has ended. */
export interface OurAccount {
  attempts: number;
  attemptsNotOk: number;
  keys: number;
  checkinsNotAnswered: number;
  usage: ProcessUsage;
  /** Growth of memory over the last three quarters of the calls: a leak shows here. */
  rssGrowthMB: number;
}

const program = fileURLToPath(new URL('../main.js', import.meta.url));

/** Runs the service itself, in a process of its own, until everybody has been called. */
export async function runOurs(
  stage: Stage,
  turn: { name: string; numbers: readonly string[]; profileDir?: string | undefined; progress: Progress },
): Promise<OurAccount> {
  const data = join(stage.dir, turn.name);
  mkdirSync(data, { mode: 0o700 });
  const database = openDatabase({ engine: 'sqlite', file: join(data, 'genkidesu.db') });
  try {
    await migrate(database);
    await writePeople(database, codecOfStage(stage.environment), turn.numbers, new Date());
    const profiling = turn.profileDir ? ['--cpu-prof', `--cpu-prof-dir=${turn.profileDir}`] : [];
    const child = await startChild([process.execPath, ...profiling, program, 'serve'], {
      env: { ...process.env, ...stage.environment, GENKIDESU_DATA: data, STARTS_PER_SECOND: '1000' },
    });
    const seen = await untilAllCalled(child, database, turn.numbers.length, turn.progress);
    const { code } = await child.stop('SIGTERM', 30_000);
    if (code !== 0) throw new BenchError(`the service ended with ${code ?? 'a signal'}`);
    return { ...(await account(database)), ...seen };
  } finally {
    await database.destroy();
  }
}

async function untilAllCalled(
  child: RunningChild,
  database: Database,
  calls: number,
  progress: Progress,
): Promise<{ usage: ProcessUsage; rssGrowthMB: number }> {
  let warmRssMB: number | undefined;
  let usage: ProcessUsage | undefined;
  await watchProgress(calls, progress, async () => {
    if (child.hasEnded()) {
      throw new BenchError(`the service ended before the calls did:\n${child.lastLines().join('\n')}`);
    }
    const done = calls - (await stillOpen(database, calls));
    usage = processUsage(child.pid) ?? usage;
    if (done >= calls / 4) warmRssMB ??= usage?.rssMB;
    return done;
  });
  if (!usage) throw new BenchError('the kernel does not account for the service');
  return { usage, rssGrowthMB: usage.rssMB - (warmRssMB ?? usage.rssMB) };
}

/** Check-ins that are not planned yet count as open. */
async function stillOpen(database: Database, calls: number): Promise<number> {
  const settled = await count(database, 'check_ins', (query) =>
    query.whereIn('state', ['answered', 'alerted', 'cancelled', 'confirmed']),
  );
  return calls - settled;
}

async function account(database: Database): Promise<Omit<OurAccount, 'usage' | 'rssGrowthMB'>> {
  return {
    attempts: await count(database, 'attempts'),
    attemptsNotOk: await count(database, 'attempts', (query) =>
      query.where((where) => void where.whereNot('outcome', 'ok').orWhereNull('outcome')),
    ),
    keys: await count(database, 'keys_pressed'),
    checkinsNotAnswered: await count(database, 'check_ins', (query) => query.whereNot('state', 'answered')),
  };
}

async function count(
  database: Database,
  table: string,
  narrow: (query: Knex.QueryBuilder) => Knex.QueryBuilder = (query) => query,
): Promise<number> {
  const [row] = await narrow(database(table)).count<{ n: number }[]>({ n: '*' });
  return row?.n ?? 0;
}
