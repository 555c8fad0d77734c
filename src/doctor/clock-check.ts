import { lookOverAri, type AsteriskLook } from '../asterisk/ari/ari-look.js';
import { databaseSettings, type Config } from '../config.js';
import { databaseTime as timeOf } from '../storage/database-clock-store.js';
import { openDatabase } from '../storage/database.js';
import type { Check } from './check.js';
import { judgeClocks } from './clock-findings.js';

/**
 * Whether service, database and exchange tell the same time; who cannot be asked is left out.
 *
 * @param databaseTime undefined for a database without a clock of its own
 * @param onLook is told what the exchange says of itself
 */
export function clockCheck(
  config: Config,
  databaseTime: () => Promise<Date | undefined>,
  onLook: (look: AsteriskLook) => void = () => undefined,
): Check {
  return {
    what: '時計のずれ',
    code: 'clock',
    mend: '機械の時刻合わせ（chrony など）を確かめてください。',
    look: async (signal) => {
      const { ARI_URL: baseUrl, ARI_USER: user, ARI_PASSWORD: password } = config;
      const told = await lookOverAri({ baseUrl, user, password }, signal).catch(() => undefined);
      if (told) onLook(told);
      // Each is compared with ours of its own moment.
      const before = Date.now();
      const database = await databaseTime().catch(() => undefined);
      const middle = (before + Date.now()) / 2;
      return [
        judgeClocks({
          node: 0,
          database: database && database.getTime() - middle,
          exchange: told && told.asteriskAt.getTime() - told.ourAt.getTime(),
        }),
      ];
    },
  };
}

/** The same with a connection of its own, for a look while the service may be down. */
export function clockCheckApart(config: Config): Check {
  const settings = databaseSettings(config);
  return clockCheck(config, async () => {
    if (settings.engine === 'sqlite') return undefined;
    const database = openDatabase(settings);
    try {
      return await timeOf(database);
    } finally {
      await database.destroy();
    }
  });
}
