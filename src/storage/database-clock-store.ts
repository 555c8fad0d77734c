import { engineOf, type Database } from './database.js';

/** The time of the database's own machine; undefined for SQLite, which has none but ours. */
export async function databaseTime(database: Database): Promise<Date | undefined> {
  if (engineOf(database) === 'sqlite') return undefined;
  const rows = await database.select<{ now: number | string }[]>(
    database.raw('unix_timestamp(now(3)) as now'),
  );
  const seconds = Number(rows[0]?.now);
  return Number.isNaN(seconds) ? undefined : new Date(seconds * 1000);
}
