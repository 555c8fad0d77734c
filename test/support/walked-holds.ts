import { AlertStore } from '../../src/alerts/alert-store.js';
import { CalledSinceStore } from '../../src/checkins/called-since-store.js';
import { DiallingHold } from '../../src/checkins/dialling-hold.js';
import { HoldRelease } from '../../src/checkins/hold-release.js';
import { HoldStore } from '../../src/checkins/hold-store.js';
import type { RecordedCall } from '../../src/checkins/phone.js';
import type { HoldsSource } from '../../src/http/holds-router.js';
import { createLog } from '../../src/log.js';
import { createNoteChange } from '../../src/users/change-log.js';
import { codec, type Logins } from './logins.js';

/** Holds over a database in which one is open, with an exchange that has made these calls. */
export async function holdsOver(
  { database, users, clock }: Pick<Logins, 'database' | 'users' | 'clock'>,
  calls: readonly RecordedCall[] = [],
): Promise<HoldsSource> {
  const [holds, log] = [new HoldStore(database), createLog('silent')];
  const hold = new DiallingHold({ store: holds, alerts: new AlertStore(database), clock: clock.read, log });
  await holds.open({ reason: 'restored', detail: '', unknownSince: clock.read() }, clock.read());
  const note = createNoteChange(users.accessLog);
  return {
    ...{ hold, holds, clock: clock.read },
    release: new HoldRelease({
      ...{ database, holds, log, clock: clock.read },
      store: new CalledSinceStore({ database, codec }),
      records: { since: () => Promise.resolve({ calls, reachesBackTo: clock.read() }) },
      pbxId: 'pbx1',
    }),
    clocks: () => Promise.resolve({ worstMs: 0, between: undefined, off: undefined }),
    mostSkewMs: 1,
    note: (subjectId, detail, by, fields) =>
      note(database, { by, organizationId: undefined, subject: 'hold', subjectId, detail, fields }),
  };
}
