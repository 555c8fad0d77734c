import { join } from 'node:path';
import { Planner } from '../checkins/planner.js';
import { PlanStore } from '../checkins/plan-store.js';
import { createLog } from '../log.js';
import { OrganizationStore } from '../organizations/organization-store.js';
import { migrate, openDatabase, type Database, type Engine } from '../storage/database.js';
import { startPrivateMariadb } from '../testbed/private-mariadb.js';
import { makeTemporaryFolder } from '../testbed/temporary-folder.js';
import { writingFast } from './fast-writing.js';
import { lastCheckin, writeHistory } from './ledger-history.js';
import { measureTimes } from './ledger-times.js';
import { morning, writeTown, type TownSize } from './ledger-town.js';
import { progressLine } from './progress.js';
import { benchCodec } from './bench-codec.js';

/** How a database bears the years. */
export interface LedgerFigures {
  planned: number;
  planSeconds: number;
  /** Check-ins of the history. */
  monthRows: number;
  yearsRows: number;
  claimMonthMs: number;
  claimYearsMs: number;
  claimRatio: number;
  ledgerMonthMs: number;
  ledgerYearsMs: number;
  ledgerRatio: number;
  /** What making up the history took; not a figure of the service. */
  historySeconds: number;
}

export type LedgerResult = Partial<Record<Engine, LedgerFigures>>;

const rounds = 40;
/** What MariaDB takes by itself; the testbed's server, made for small tests, has a quarter of it. */
const usualPoolBytes = 128 * 2 ** 20;

/** Plans a day of everybody, then compares a month of history with years of it, on each database. */
export async function benchLedger(size: TownSize, engines: readonly Engine[]): Promise<LedgerResult> {
  const result: LedgerResult = {};
  if (engines.includes('sqlite')) result.sqlite = await onSqlite(size);
  if (engines.includes('mariadb')) result.mariadb = await onMariadb(size);
  return result;
}

async function onSqlite(size: TownSize): Promise<LedgerFigures> {
  const folder = makeTemporaryFolder('bench');
  const database = openDatabase({ engine: 'sqlite', file: join(folder.path, 'genkidesu.db') });
  try {
    return await measure(database, size, 'sqlite');
  } finally {
    await database.destroy();
    await folder.remove();
  }
}

async function onMariadb(size: TownSize): Promise<LedgerFigures> {
  const server = await startPrivateMariadb();
  try {
    const { host, port, user, password, database: name } = await server.createDatabase('genkidesu_bench');
    const database = openDatabase({ engine: 'mariadb', host, port, user, password, database: name });
    try {
      await database.raw(`set global innodb_buffer_pool_size = ${usualPoolBytes}`);
      return await measure(database, size, 'mariadb');
    } finally {
      await database.destroy();
    }
  } finally {
    await server.close();
  }
}

async function measure(database: Database, size: TownSize, engine: Engine): Promise<LedgerFigures> {
  const codec = benchCodec();
  await migrate(database);
  await writeTown(database, codec, size);
  const planSeconds = await secondsOf(() => plan(database));
  const planned = await countRows(database);
  const lastOfToday = await lastCheckin(database);

  const tell = progressLine(`${engine}: weeks of history`, size.weeksLong);
  let historySeconds = await secondsOf(() =>
    writingFast(database, () =>
      writeHistory(database, lastOfToday, { from: 1, until: size.weeksShort }, tell),
    ),
  );
  const monthRows = (await countRows(database)) - planned;
  const month = await measureTimes(database, codec, rounds);
  historySeconds += await secondsOf(() =>
    writingFast(database, () =>
      writeHistory(database, lastOfToday, { from: size.weeksShort + 1, until: size.weeksLong }, tell),
    ),
  );
  const yearsRows = (await countRows(database)) - planned;
  const years = await measureTimes(database, codec, rounds);
  return {
    planned,
    planSeconds: round(planSeconds),
    monthRows,
    yearsRows,
    claimMonthMs: round(month.claimMs),
    claimYearsMs: round(years.claimMs),
    claimRatio: round(years.claimMs / month.claimMs),
    ledgerMonthMs: round(month.ledgerMs),
    ledgerYearsMs: round(years.ledgerMs),
    ledgerRatio: round(years.ledgerMs / month.ledgerMs),
    historySeconds: round(historySeconds),
  };
}

async function plan(database: Database): Promise<void> {
  const all = await new OrganizationStore(database).all();
  const organizations = new Map(all.map((one) => [one.id, one]));
  await new Planner({
    plans: new PlanStore(database),
    organizations: () => organizations,
    clock: () => morning.toJSDate(),
    log: createLog('warn'),
  }).run();
}

async function countRows(database: Database): Promise<number> {
  const [row] = await database('check_ins').count<{ n: number }[]>({ n: '*' });
  return row?.n ?? 0;
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}

function round(value: number): number {
  return Number(value.toFixed(2));
}
