import { engineOf, type Database } from '../storage/database.js';

const sqliteFast = 'cache_size = -1000000; synchronous = OFF; foreign_keys = OFF; wal_autocheckpoint = 20000';
const sqliteUsual = 'cache_size = -16384; synchronous = FULL; foreign_keys = ON; wal_autocheckpoint = 1000';

/** Memory and log of the server while years are written that nobody measures. */
const mariadbFast = {
  innodb_buffer_pool_size: 3 * 2 ** 30,
  innodb_log_file_size: 2 ** 30,
  innodb_flush_log_at_trx_commit: 0,
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
    const [rows] = (await database.raw(`select @@global.${name} as value`)) as [{ value: number }[], unknown];
    usual.set(name, rows[0]?.value ?? value);
    await setGlobal(database, name, value);
  }
  await work();
  for (const [name, value] of usual) await setGlobal(database, name, value);
}

async function pragmas(database: Database, list: string): Promise<void> {
  for (const one of list.split('; ')) await database.raw(`pragma ${one}`);
}

async function setGlobal(database: Database, name: string, value: number): Promise<void> {
  await database.raw(`set global ${name} = ${value}`);
}
