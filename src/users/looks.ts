import type { Clock } from '../clock.js';
import type { AccessLogStore } from './access-log-store.js';
import type { Permission } from './permissions.js';

/** At whom or what somebody looked, by id. */
export interface Looked {
  subject:
    | 'subscriber'
    | 'checkin'
    | 'station'
    | 'card'
    | 'case'
    | 'person'
    | 'recording'
    | 'message'
    | 'user'
    /** A list of its people. */
    | 'organization';
  subjectId: number;
  organizationId: number | undefined;
}

/** Notes a look at a personal record. @param userId undefined for the machine account */
export type RecordLook = (
  userId: number | undefined,
  what: Permission,
  whom: Looked,
  reason?: string,
) => Promise<void>;

/** A page that asks every half minute is one look. */
const oneLookMs = 10 * 60_000;
const mostRemembered = 5000;

/** Looks are written before the record is shown: without the row there is no look. */
export function createRecordLook(accessLog: Pick<AccessLogStore, 'add'>, clock: Clock): RecordLook {
  const seen = new Map<string, number>();
  return async (userId, what, { subject, subjectId, organizationId }, reason = '') => {
    const at = clock();
    const key = [userId, what, subject, subjectId, reason].join(' ');
    const last = seen.get(key);
    if (last !== undefined && at.getTime() - last < oneLookMs) return;
    await accessLog.add({
      at,
      userId,
      organizationId,
      what: 'looked',
      detail: what,
      subject,
      subjectId,
      reason,
    });
    seen.delete(key);
    seen.set(key, at.getTime());
    if (seen.size > mostRemembered) {
      const [oldest] = seen.keys();
      if (oldest !== undefined) seen.delete(oldest);
    }
  };
}
