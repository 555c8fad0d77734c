import type { AlertStore } from '../alerts/alert-store.js';
import type { Organization } from '../organizations/organization-store.js';
import { conductAttempt, type AttemptDependencies, type Conducted } from './attempt.js';
import { newAttemptId } from './attempt-id.js';
import type { PressedKey } from './attempt-store.js';
import type { ClaimedAttempt, ClaimStore } from './claim-store.js';
import type { DueCheckin } from './due-checkin.js';
import { Hand } from './hand.js';
import { mayCallNow } from './may-call.js';
import { callsToStart, fillBucket, freshPace, paceAfterEnd, type Pace, type PaceLimits } from './pacing.js';
import type { Phone, PhoneCall } from './phone.js';

/** The exchange ends a call by itself after this time, also with our process dead. */
const longestCallSeconds = 180;
const numberBusyMs = 30_000;

export interface DiallerOptions extends AttemptDependencies {
  pbxId: string;
  limits: PaceLimits;
  phone: Phone;
  claims: ClaimStore;
  alerts: AlertStore;
  organizations: () => ReadonlyMap<number, Organization>;
  /** Whether we own the exchange, and all of its open attempts are in somebody's hands. */
  mayDial: () => boolean;
  /** Whether the operator must say something first. */
  isHeld: () => boolean;
  /** Whether the exchange is behind with its work. */
  exchangeIsStrained: () => boolean;
}

/** Takes due check-ins and starts their calls, as fast as lines and pace allow. Woken by whatever may free a line. */
export class Dialler {
  readonly #options: DiallerOptions;
  readonly #hand: Hand;
  readonly #conducting = new Map<string, { organizationId: number; conducted: Conducted }>();
  readonly #lines = new Map<string, number>();
  /** Claims on their way to the database, by the attempt's id: once committed, they are in our hands. */
  readonly #trying = new Map<string, Promise<void>>();
  #pace: Pace = freshPace;
  #bucket = { starts: 0, filledAt: 0 };
  #pumping = false;
  #again = false;
  #stopped = true;
  #timer: NodeJS.Timeout | undefined;
  lastStartAt: Date | undefined;

  constructor(options: DiallerOptions) {
    this.#options = options;
    this.#hand = new Hand(options.claims);
  }

  start(): void {
    this.#stopped = false;
    this.#timer = setInterval(() => this.wake(), 250);
    this.wake();
  }

  /** No new calls from here on; those in progress go on. */
  stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
  }

  get channelsInUse(): number {
    return this.#lines.size;
  }

  get pace(): Pace {
    return this.#pace;
  }

  /** Whether this attempt is in our hands; if not, only the exchange's record can tell how it ends. */
  isConducting(attemptId: string): boolean {
    return this.#conducting.has(attemptId) || this.#trying.has(attemptId);
  }

  /** Settles when every call in progress is over and stored. */
  async finish(): Promise<void> {
    while (this.#conducting.size > 0 || this.#trying.size > 0) {
      await Promise.all([
        ...this.#trying.values(),
        ...[...this.#conducting.values()].map(({ conducted }) => conducted.stored),
      ]);
    }
  }

  wake(): void {
    if (this.#pumping) {
      this.#again = true;
      return;
    }
    this.#pumping = true;
    this.#again = false;
    this.#pump()
      .catch((error: unknown) => {
        this.#options.log.error(
          { event: 'dialler.pump_failed', err: error },
          'due check-ins could not be taken',
        );
      })
      .finally(() => {
        this.#pumping = false;
        if (this.#again) this.wake();
      });
  }

  async #pump(): Promise<void> {
    const { clock, limits, phone, mayDial, isHeld, exchangeIsStrained } = this.#options;
    for (;;) {
      const now = clock();
      if (this.#stopped || !phone.isUp || !mayDial() || exchangeIsStrained()) return;
      this.#bucket = fillBucket(this.#bucket, limits.startsPerSecond * this.#pace.level, now.getTime());
      const facts = { channelsInUse: this.#lines.size, startsLeft: this.#bucket.starts, held: isHeld() };
      if (callsToStart(this.#pace, facts, limits, now.getTime()) < 1) return;
      const inUse = this.#linesPerTenant();
      const checkin = await this.#hand.take(this.#options.organizations(), inUse, now, limits.channelCap);
      if (!checkin) return;
      this.#tryApart(checkin);
    }
  }

  /** Holds a line and goes on: many claims are on their way to the database at a time. */
  #tryApart(checkin: DueCheckin): void {
    const attemptId = newAttemptId(this.#options.clock());
    this.#lines.set(attemptId, checkin.organizationId);
    this.#bucket.starts -= 1;
    const trying = this.#try(attemptId, checkin)
      .then((placed) => {
        if (placed) return;
        this.#bucket.starts += 1;
        this.freeLine(attemptId);
      })
      .catch((error: unknown) => {
        this.#options.log.error(
          { event: 'dialler.claim_failed', checkinId: checkin.id, err: error },
          'a due check-in could not be taken',
        );
        // The rest of what was read with it would fail alike. Nobody is woken: the timer tries again soon enough.
        this.#hand.forget();
        this.#lines.delete(attemptId);
      })
      .finally(() => this.#trying.delete(attemptId));
    this.#trying.set(attemptId, trying);
  }

  /** @returns whether a call was placed */
  async #try(attemptId: string, checkin: DueCheckin): Promise<boolean> {
    const { clock, claims, organizations, pbxId } = this.#options;
    const organization = organizations().get(checkin.organizationId);
    if (!organization) return false;
    const policy = organization.policies[checkin.preset];
    const now = clock();
    const may = mayCallNow(checkin, policy, organization.timeZone, now);
    if (may.kind === 'cancel') {
      await claims.cancel(checkin.id, may.why, now);
      return false;
    }
    if (may.kind === 'postpone') {
      await claims.postpone(checkin.id, may.until);
      return false;
    }
    const notCalledSince = new Date(now.getTime() - policy.minimumGapSeconds * 1000);
    const attempt = await claims.claim(checkin, { attemptId, pbxId, notCalledSince }, now);
    if (attempt === 'taken') return false;
    if (attempt === 'numberBusy' || attempt === 'noNumber') {
      await claims.postpone(checkin.id, new Date(now.getTime() + numberBusyMs));
      return false;
    }
    // A process that was frozen while it claimed may have lost the exchange: whoever owns it now settles the attempt.
    if (!this.#options.mayDial()) return false;
    this.#place(attempt, organization);
    return true;
  }

  #place(attempt: ClaimedAttempt, organization: Organization): void {
    const { phone, clock } = this.#options;
    this.lastStartAt = clock();
    const { attemptId, number, checkin } = attempt;
    const { ringSeconds } = checkin;
    const call = phone.place({
      attemptId,
      number,
      mark: attempt.mark,
      ringSeconds,
      maxSeconds: ringSeconds + longestCallSeconds,
    });
    this.conduct(attempt, call, organization, undefined);
  }

  /** Conducts a call that is placed, or one that recovery has taken up. */
  conduct(
    attempt: ClaimedAttempt,
    call: PhoneCall,
    organization: Organization,
    keysBefore: readonly PressedKey[] | undefined,
  ): void {
    const { attemptId } = attempt;
    const conducted = conductAttempt(attempt, call, organization, keysBefore, this.#options);
    this.#conducting.set(attemptId, { organizationId: organization.id, conducted });
    this.#lines.set(attemptId, organization.id);
    void conducted.lineFree.then((end) => {
      if (end === 'unknown') return;
      this.freeLine(attemptId);
    });
    void conducted.outcome.then((outcome) => {
      if (outcome) this.noteEnd(outcome.kind === 'trunkError');
    });
    void conducted.stored
      .catch((error: unknown) => {
        this.#options.log.error(
          { event: 'attempt.store_failed', attemptId, err: error },
          'a result was not stored',
        );
      })
      .finally(() => {
        this.#conducting.delete(attemptId);
        this.wake();
      });
  }

  /** A line whose end is unknown stays taken until recovery has settled it. */
  freeLine(attemptId: string): void {
    this.#lines.delete(attemptId);
    this.wake();
  }

  /** Lines that open attempts of an earlier process may still hold. */
  holdLine(attemptId: string, organizationId: number): void {
    this.#lines.set(attemptId, organizationId);
  }

  noteEnd(fault: boolean): void {
    const { clock, alerts, pbxId, log } = this.#options;
    const now = clock();
    const before = this.#pace.stopped;
    this.#pace = paceAfterEnd(this.#pace, fault, now.getTime());
    const after = this.#pace.stopped;
    if (!before === !after) return;
    const told = after
      ? alerts.tellOperator('dialingStopped', pbxId, 'many calls failed together: trunk or area fault', now)
      : alerts.endOperatorAlert('dialingStopped', pbxId, now);
    log.warn(
      { event: after ? 'dialler.stopped' : 'dialler.resumed', pbxId },
      'the line failed, or works again',
    );
    told.catch((error: unknown) =>
      log.error({ event: 'dialler.alert_failed', err: error }, 'the operator was not told'),
    );
  }

  #linesPerTenant(): Map<number, number> {
    const perTenant = new Map<number, number>();
    for (const id of this.#lines.values()) perTenant.set(id, (perTenant.get(id) ?? 0) + 1);
    return perTenant;
  }
}
