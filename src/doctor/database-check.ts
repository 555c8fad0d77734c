import { existsSync } from 'node:fs';
import type { Clock } from '../clock.js';
import { databaseSettings, type Config } from '../config.js';
import { BeatStore } from '../storage/beat-store.js';
import { knownMigrations, openDatabase, type Database } from '../storage/database.js';
import { leaseExpiryMs, LeaseStore } from '../storage/lease-store.js';
import { appliedMigrations, isSchemaLocked } from '../storage/schema-store.js';
import type { Check } from './check.js';
import { bad, coded, good, judgeLease, judgeSchema, warning, type Finding } from './findings.js';
import { judgeWriting, writeFaultOf } from './write-fault.js';

const what = 'データベース';
const mend = 'データベースが動いているか、DATABASE_* の設定を確かめてください。';

/** Whether the database answers and can be written, its schema is this program's, and who works with it. */
export function databaseCheck(config: Config, clock: Clock): Check {
  const settings = databaseSettings(config);
  return {
    what,
    mend,
    look: async () => {
      if (settings.engine === 'sqlite' && !existsSync(settings.file)) {
        // Opening it would make an empty one.
        return [warning(what, `${settings.file} はまだありません`, 'genkidesu serve が作ります。')];
      }
      const database = openDatabase(settings);
      try {
        const findings = await lookInside(database, 'doctor', clock);
        if (findings.some(({ state }) => state === 'bad')) return findings;
        const owner = await new LeaseStore(database).read(config.PBX_ID);
        return [...findings, judgeLease(owner, leaseExpiryMs, clock())];
      } finally {
        await database.destroy();
      }
    },
  };
}

/** The same of the database that is open already, as often as one likes. */
export function openDatabaseCheck(database: Database, who: string, clock: Clock): Check {
  return { what, code: 'database', mend, look: () => lookInside(database, who, clock) };
}

async function lookInside(database: Database, who: string, clock: Clock): Promise<Finding[]> {
  const beats = new BeatStore(database);
  let answered: Finding;
  try {
    const askedAt = performance.now();
    await database.raw('select 1');
    answered = good(what, `応答 ${Math.round(performance.now() - askedAt)} ミリ秒`);
  } catch (error) {
    return [coded('database', bad(what, `つながりません（${codeOf(error)}）`, mend))];
  }
  const [known, done] = [await knownMigrations(), await appliedMigrations(database)];
  const schema = coded('schema', judgeSchema({ known, done, isLocked: await isSchemaLocked(database) }));
  // Without the table there is nothing to try it on, and the schema says so.
  const writing = (await beats.isThere()) ? [await tryWriting(beats, who, clock())] : [];
  return [coded('database', answered), schema, ...writing];
}

async function tryWriting(beats: BeatStore, who: string, now: Date): Promise<Finding> {
  try {
    await beats.beat(who, now);
    return coded('database.write', judgeWriting(undefined));
  } catch (error) {
    const { errno } = error as { errno?: unknown };
    const fault = writeFaultOf(codeOf(error), typeof errno === 'number' ? errno : undefined);
    return coded('database.write', judgeWriting(fault));
  }
}

/** The database's message repeats the statement: its code must do. */
function codeOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : String(name);
}
