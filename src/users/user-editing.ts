import { createHash } from 'node:crypto';
import type { Clock } from '../clock.js';
import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import type { AccessLogStore } from './access-log-store.js';
import type { Sessions } from './sessions.js';
import { editedParts, endsSessions, fittedEdit, staysAtHome, type UserEdit } from './user-edit.js';
import { needsSecondFactor } from './permissions.js';
import type { User, UserStore } from './user-store.js';

export interface UserEditingParts {
  database: Database;
  users: UserStore;
  sessions: Sessions;
  accessLog: AccessLogStore;
  clock: Clock;
}

export type EditAnswer =
  | { kind: 'edited'; user: User }
  | {
      kind: 'changedMeanwhile' | 'stationsElsewhere' | 'counsellorElsewhere' | 'roleElsewhere' | 'lastAdmin';
    };

/** Which state of an account somebody has seen: another one when anything that can be edited has changed. */
export function versionOf({ name, role, stationIds, counsellorId }: UserEdit): string {
  const seen = JSON.stringify([name, role, [...stationIds].sort(), counsellorId ?? null]);
  return createHash('sha256').update(seen).digest('hex').slice(0, 16);
}

/** Changes what accounts are and where they work. */
export class UserEditing {
  readonly #parts: UserEditingParts;

  constructor(parts: UserEditingParts) {
    this.#parts = parts;
  }

  /**
   * Whoever becomes or ceases to be something comes in anew. The last administrator, or operator, stays one
   * until there is another: nobody locks everybody out by a slip.
   *
   * @param seen the version that the one who edits has seen; undefined at the terminal
   * @param byUserId undefined at the terminal
   */
  async edit(
    user: User,
    edit: UserEdit,
    { seen, byUserId }: { seen: string | undefined; byUserId: number | undefined },
  ): Promise<EditAnswer> {
    const { database, users, sessions, accessLog, clock } = this.#parts;
    const { id, organizationId, role } = user;
    const wanted = fittedEdit(edit);
    if (!staysAtHome(role, wanted.role)) return { kind: 'roleElsewhere' };
    const { stationIds, counsellorId } = wanted;
    if (!(await users.ownsStations(organizationId, stationIds))) return { kind: 'stationsElsewhere' };
    if (counsellorId !== undefined && !(await users.ownsCounsellor(organizationId, counsellorId)))
      return { kind: 'counsellorElsewhere' };
    const leavesPost = byUserId === id && needsSecondFactor(role) && wanted.role !== role;
    const at = clock();
    let ended: number[] = [];
    const answer = await againAfterDeadlock(database, async (trx): Promise<EditAnswer> => {
      ended = [];
      // Two who both want to be the one before last take turns.
      await users.lock(trx, leavesPost ? { role, organizationId } : { id });
      const before = await users.find(id, trx);
      if (before?.role !== role || (seen !== undefined && seen !== versionOf(before)))
        return { kind: 'changedMeanwhile' };
      const parts = editedParts(before, wanted);
      if (parts.length === 0) return { kind: 'edited', user: before };
      if (leavesPost && (await users.countActive(trx, { role, organizationId })) < 2)
        return { kind: 'lastAdmin' };
      await users.change(trx, id, wanted);
      const detail = ['user.edit', ...parts].join(' ');
      const entry = { at, userId: byUserId, organizationId, what: 'changed', detail } as const;
      await accessLog.add({ ...entry, subject: 'user', subjectId: id }, trx);
      if (endsSessions(parts)) ended = await sessions.removeAllOf(trx, id);
      return { kind: 'edited', user: { ...before, ...wanted } };
    });
    sessions.announceEnded(ended);
    return answer;
  }
}
