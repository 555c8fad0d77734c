import { AlertStore } from './alerts/alert-store.js';
import { lookOverAri } from './asterisk/ari/ari-look.js';
import { CalledSinceStore } from './checkins/called-since-store.js';
import { mostSkewMs } from './checkins/clock-skew.js';
import { ClockWatch } from './checkins/clock-watch.js';
import { DiallingHold } from './checkins/dialling-hold.js';
import { HoldRelease } from './checkins/hold-release.js';
import { HoldStore } from './checkins/hold-store.js';
import type { AllCallRecords } from './checkins/phone.js';
import type { Clock } from './clock.js';
import type { Config } from './config.js';
import { holdsRoutes } from './http/holds-router.js';
import type { Route } from './http/route.js';
import type { Logger } from './log.js';
import { databaseTime } from './storage/database-clock-store.js';
import type { Database } from './storage/database.js';
import type { PersonalDataCodec } from './storage/personal-data.js';
import type { AccessLogStore } from './users/access-log-store.js';
import { createNoteChange } from './users/change-log.js';

const exchangePatienceMs = 5000;

export interface HoldApp {
  hold: DiallingHold;
  routes: readonly Route[];
  /** After it, no call starts that a hold forbids; the clocks are compared at once, and every half minute. */
  start(): Promise<void>;
  stop(): void;
}

/** What holds the dialling: constructed by app.ts, and only there. */
export function createHoldApp({
  config,
  database,
  codec,
  records,
  accessLog,
  clock,
  log,
}: {
  config: Config;
  database: Database;
  codec: PersonalDataCodec;
  records: AllCallRecords;
  accessLog: Pick<AccessLogStore, 'add'>;
  clock: Clock;
  log: Logger;
}): HoldApp {
  const holds = new HoldStore(database);
  const hold = new DiallingHold({ store: holds, alerts: new AlertStore(database), clock, log });
  const exchange = async (): Promise<Date> => {
    const { ARI_URL: baseUrl, ARI_USER: user, ARI_PASSWORD: password } = config;
    const signal = AbortSignal.timeout(exchangePatienceMs);
    return (await lookOverAri({ baseUrl, user, password }, signal)).asteriskAt;
  };
  const clocks = new ClockWatch({
    readers: { database: () => databaseTime(database), exchange },
    hold,
    clock,
    log,
  });
  const release = new HoldRelease({
    ...{ database, holds, records, clock, log },
    store: new CalledSinceStore({ database, codec }),
    pbxId: config.PBX_ID,
  });
  const noteChange = createNoteChange(accessLog);
  return {
    hold,
    routes: holdsRoutes({
      ...{ hold, holds, release, mostSkewMs, clock },
      clocks: () => clocks.look(),
      note: (holdId, detail, by, fields) =>
        noteChange(database, {
          by,
          organizationId: undefined,
          subject: 'hold',
          subjectId: holdId,
          detail,
          fields,
        }),
    }),
    async start() {
      await hold.start();
      // Not awaited: an exchange that is slow to answer must not keep the deadline and the takeover waiting.
      clocks.start();
    },
    stop() {
      hold.stop();
      clocks.stop();
    },
  };
}
