import { until } from '../testbed/until.js';
import { engineOf, type Database } from '../storage/database.js';

const sqliteFast = 'cache_size = -1000000; synchronous = OFF; foreign_keys = OFF; wal_autocheckpoint = 20000';
const sqliteUsual = 'cache_size = -16384; synchronous = FULL; foreign_keys = ON; wal_autocheckpoint = 1000';

const fewDirtyPages = 500;

/** Memory and log of the server while years are written that nobody measures. */
const mariadbFast = {
  innodb_buffer_pool_size: 3 * 2 ** 30,
  innodb_log_file_size: 2 ** 30,
  innodb_flush_log_at_trx_commit: 0,
  innodb_io_capacity_max: 20_000,
  innodb_io_capacity: 20_000,
};

/** Lets a database write without care for a while; afterwards everything is as the service finds it. */
export async function writingFast(database: Database, work: () => Promise<void>): Promise<void> {
  if (engineOf(database) === 'sqlite') {
    await pragmas(database, sqliteFast);
    await work();
    await pragmas(database, sqliteUsual);
    await database.raw('pragma wal_checkpoint(truncate)');
    return;
  }
  const usual = new Map<string, number>();
  for (const [name, value] of Object.entries(mariadbFast)) {
    usual.set(name, await globalValue(database, name));
    await setGlobal(database, name, value);
  }
  await work();
  await settle(database);
  // Backwards: a capacity must never be above its own limit.
  for (const [name, value] of [...usual].reverse()) await setGlobal(database, name, value);
}

/** Waits until the server has brought to the disk what was written: it would do so while we measure. */
async function settle(database: Database): Promise<void> {
  const name = 'innodb_max_dirty_pages_pct';
  const usual = await globalValue(database, name);
  await setGlobal(database, name, 0);
  await until(async () => (await dirtyPages(database)) < fewDirtyPages, {
    what: 'MariaDB has written its pages to the disk',
    timeoutMs: 120_000,
    everyMs: 200,
  });
  await setGlobal(database, name, usual);
}

async function dirtyPages(database: Database): Promise<number> {
  const [rows] = (await database.raw("show global status like 'Innodb_buffer_pool_pages_dirty'")) as [
    { Value: string }[],
    unknown,
  ];
  return Number(rows[0]?.Value);
}

async function globalValue(database: Database, name: string): Promise<number> {
  const [rows] = (await database.raw(`select @@global.${name} as value`)) as [{ value: number }[], unknown];
  return Number(rows[0]?.value);
}

async function pragmas(database: Database, list: string): Promise<void> {
  for (const one of list.split('; ')) await database.raw(`pragma ${one}`);
}

async function setGlobal(database: Database, name: string, value: number): Promise<void> {
  await database.raw(`set global ${name} = ${value}`);
}
