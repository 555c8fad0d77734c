import type { Logger } from '../log.js';
import type { Clock } from '../clock.js';
import type { Organization } from '../organizations/organization-store.js';
import { settleFromRecord } from './attempt.js';
import type { AttemptStore, OpenAttempt } from './attempt-store.js';
import type { Dialler } from './dialler.js';
import type { CallRecord, CallRecords, LiveCall, Phone } from './phone.js';
import type { ResultKeeper } from './result-keeper.js';

/** An order on its way may still become a call within this time, and the last line of a record be written. */
const onItsWayMs = 3000;

export interface RecoveryOptions {
  pbxId: string;
  phone: Phone;
  records: CallRecords;
  attempts: AttemptStore;
  dialler: Dialler;
  keeper: ResultKeeper;
  organizations: () => ReadonlyMap<number, Organization>;
  clock: Clock;
  log: Logger;
}

/**
 * Settles attempts that are in nobody's hands, after a crash, a lost link or a dead exchange:
 * a call that lives is taken up again, one that is over is settled by the exchange's record.
 */
export class Recovery {
  readonly #options: RecoveryOptions;
  readonly #endlessSince = new Map<string, number>();
  #running: Promise<void> | undefined;

  constructor(options: RecoveryOptions) {
    this.#options = options;
  }

  /**
   * @param afterGap also looks for calls that nobody knows of: after a start, or when the link is back
   */
  run({ afterGap }: { afterGap: boolean }): Promise<void> {
    this.#running ??= this.#settleAll(afterGap).finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #settleAll(afterGap: boolean): Promise<void> {
    const { attempts, phone, dialler, pbxId, records, log } = this.#options;
    const open = (await attempts.findOpen(pbxId)).filter(({ attemptId }) => !dialler.isConducting(attemptId));
    if (open.length === 0 && !afterGap) return;
    for (const attempt of open) dialler.holdLine(attempt.attemptId, attempt.checkin.organizationId);
    const live = new Map((await phone.liveCalls()).map((call) => [call.attemptId, call]));
    // Read after the list of live calls: a call that is not alive has written all of its record by now.
    const found = await records.find(open.map(({ attemptId }) => attemptId));
    for (const attempt of open) {
      const call = live.get(attempt.attemptId);
      if (call) this.#takeUp(attempt, call);
      else await this.#settle(attempt, found.get(attempt.attemptId));
    }
    const known = new Set(open.map(({ attemptId }) => attemptId));
    for (const { attemptId } of live.values()) {
      if (known.has(attemptId) || dialler.isConducting(attemptId)) continue;
      log.warn({ event: 'recovery.stray_call', attemptId }, 'a call without an attempt is ended');
      await phone.hangUp(attemptId);
    }
  }

  /** Whether a call that neither lives nor has an end has been looked at for long enough. */
  #waitedFor({ attemptId }: OpenAttempt): boolean {
    const now = this.#options.clock().getTime();
    const since = this.#endlessSince.get(attemptId);
    if (since === undefined) this.#endlessSince.set(attemptId, now);
    return since !== undefined && now - since >= onItsWayMs;
  }

  #takeUp(attempt: OpenAttempt, live: LiveCall): void {
    const { phone, dialler, log, organizations } = this.#options;
    const organization = organizations().get(attempt.checkin.organizationId);
    if (!organization) return;
    log.info({ event: 'recovery.taken_up', attemptId: attempt.attemptId }, 'a living call is taken up again');
    dialler.conduct(attempt, phone.takeUp(live), organization, attempt.keys);
  }

  async #settle(attempt: OpenAttempt, record: CallRecord | undefined): Promise<void> {
    const { dialler, organizations, log } = this.#options;
    const { attemptId } = attempt;
    if (!record?.end && !this.#waitedFor(attempt)) return;
    const organization = organizations().get(attempt.checkin.organizationId);
    if (!organization) return;
    const outcome = await settleFromRecord(attempt, attempt.keys, record, organization, this.#options);
    this.#endlessSince.delete(attemptId);
    log.info(
      { event: 'recovery.settled', attemptId, started: record !== undefined },
      'an attempt is settled by record',
    );
    dialler.freeLine(attemptId);
    dialler.noteEnd(
      outcome.kind === 'trunkError' && record?.end !== undefined && record.answeredAt === undefined,
    );
  }
}
