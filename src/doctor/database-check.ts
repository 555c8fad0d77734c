import { existsSync } from 'node:fs';
import type { Clock } from '../clock.js';
import { databaseSettings, type Config } from '../config.js';
import { openDatabase, pendingMigrations, type Database } from '../storage/database.js';
import { leaseExpiryMs, LeaseStore } from '../storage/lease-store.js';
import type { Check } from './check.js';
import { good, judgeLease, judgeSchema, warning, type Finding } from './findings.js';

const what = 'データベース';

/** Whether the database answers, its schema is this program's, and who works with it. */
export function databaseCheck(config: Config, clock: Clock): Check {
  const settings = databaseSettings(config);
  return {
    what,
    mend: 'データベースが動いているか、DATABASE_* の設定を確かめてください。',
    look: async () => {
      if (settings.engine === 'sqlite' && !existsSync(settings.file)) {
        // Opening it would make an empty one.
        return [warning(what, `${settings.file} はまだありません`, 'genkidesu serve が作ります。')];
      }
      const database = openDatabase(settings);
      try {
        return await lookInside(database, config.PBX_ID, clock());
      } finally {
        await database.destroy();
      }
    },
  };
}

async function lookInside(database: Database, pbxId: string, now: Date): Promise<Finding[]> {
  const askedAt = performance.now();
  await database.raw('select 1');
  const answered = good(what, `応答 ${Math.round(performance.now() - askedAt)} ミリ秒`);
  const pending = await pendingMigrations(database);
  if (pending.length > 0) return [answered, judgeSchema(pending)];
  const owner = await new LeaseStore(database).read(pbxId);
  return [answered, judgeSchema(pending), judgeLease(owner, leaseExpiryMs, now)];
}
