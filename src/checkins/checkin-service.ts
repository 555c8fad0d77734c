import cron from 'node-cron';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import type { Organization, OrganizationStore } from '../organizations/organization-store.js';
import {
  leaseRenewalMs,
  type LeaseAnswer,
  type LeaseStore,
  type ProcessIdentity,
} from '../storage/lease-store.js';
import type { Deadline } from './deadline.js';
import type { Dialler } from './dialler.js';
import type { CallRecords } from './phone.js';
import type { Planner } from './planner.js';
import type { Recovery } from './recovery.js';

const recoveryEveryMs = 2000;
const sweepEveryMs = 5000;
const callInsEveryMs = 3000;
/** Our own lease is given up for lost when the database did not renew it for this long. */
const leaseTrustMs = 10_000;

export interface CheckinServiceOptions {
  pbxId: string;
  identity: ProcessIdentity;
  leases: LeaseStore;
  organizations: OrganizationStore;
  planner: Planner;
  dialler: Dialler;
  recovery: Recovery;
  deadline: Deadline;
  records: CallRecords & { tidy(): Promise<void> };
  callIns: { collect(): Promise<number> };
  /** Opens and closes the link to the exchange: only its owner may hold it. */
  phoneLink: { start(): void; stop(): void; readonly isUp: boolean };
  clock: Clock;
  log: Logger;
  /** The exchange belongs to another process now: this one must end. */
  onLost: () => void;
}

/** The clockwork of check-ins: who owns the exchange, and what runs when. */
export class CheckinService {
  readonly #options: CheckinServiceOptions;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #cron: ReturnType<typeof cron.schedule>;
  #organizations: ReadonlyMap<number, Organization> = new Map();
  #lease: LeaseAnswer | undefined;
  #leaseSeenAt = 0;
  #recovered = false;
  #stopping = false;

  constructor(options: CheckinServiceOptions) {
    this.#options = options;
    this.#cron = cron.createTask('*/20 * * * * *', () => this.#guard('planner', () => this.#plan()), {
      noOverlap: true,
    });
  }

  get lease(): LeaseAnswer | undefined {
    return this.#lease;
  }

  organizations = (): ReadonlyMap<number, Organization> => this.#organizations;

  /** Calls may start: the exchange is ours, and every call of before is in somebody's hands. */
  mayDial = (): boolean => this.#recovered && this.ownsExchange() && !this.#stopping;

  /** Nobody else conducts the exchange, as far as the database was heard of late. */
  ownsExchange = (): boolean =>
    this.#lease?.kind === 'ours' && performance.now() - this.#leaseSeenAt < leaseTrustMs;

  async start(): Promise<void> {
    await this.#reload();
    await this.#takeLease();
    this.#every(leaseRenewalMs / 3, 'lease', () => this.#takeLease());
    this.#every(recoveryEveryMs, 'recovery', () => this.#recover());
    this.#every(sweepEveryMs, 'deadline', () => this.#sweep());
    this.#every(callInsEveryMs, 'call_ins', () => this.#collectCallIns());
    await this.#guard('planner', () => this.#plan());
    await this.#cron.start();
    this.#options.dialler.start();
  }

  /** The link to the exchange is up: what happened meanwhile is unknown until recovery has looked. */
  linkIsUp = (): void => {
    this.#recovered = false;
    void this.#guard('recovery', () => this.#recover());
  };

  linkIsDown = (): void => {
    this.#recovered = false;
  };

  /** No new calls; those in progress finish within the limit; what is left is settled after the next start. */
  async stop(finishMs: number): Promise<void> {
    this.#stopping = true;
    this.#options.dialler.stop();
    await this.#cron.stop();
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, finishMs)));
    await Promise.race([this.#options.dialler.finish(), limit]);
    clearTimeout(timer);
    for (const one of this.#timers) clearInterval(one);
    this.#options.phoneLink.stop();
    if (this.#lease?.kind === 'ours') {
      await this.#guard('lease', () =>
        this.#options.leases.release(this.#options.pbxId, this.#options.identity),
      );
    }
  }

  async #takeLease(): Promise<void> {
    const { leases, pbxId, identity, clock, log, phoneLink, onLost } = this.#options;
    const before = this.#lease;
    const asked = performance.now();
    const answer = await leases.take(pbxId, identity, clock());
    this.#lease = answer;
    if (answer.kind === 'ours') {
      this.#leaseSeenAt = asked;
      if (before?.kind !== 'ours') {
        log.info({ event: 'lease.taken', pbxId }, 'the exchange is ours');
        phoneLink.start();
      }
      return;
    }
    if (before?.kind === 'ours') {
      log.error({ event: 'lease.lost', pbxId, owner: answer.pid }, 'another process owns the exchange now');
      phoneLink.stop();
      onLost();
    } else if (!before) {
      const { host, pid, since } = answer;
      log.warn(
        { event: 'lease.waiting', pbxId, host, pid, since },
        'another process owns the exchange: waiting for its end',
      );
    }
  }

  async #recover(): Promise<void> {
    const { phoneLink, recovery, dialler } = this.#options;
    if (!phoneLink.isUp || !this.ownsExchange()) return;
    const afterGap = !this.#recovered;
    await recovery.run({ afterGap });
    // Those that only time can settle keep their line and their number; the others need not wait for them.
    if (afterGap) {
      this.#recovered = true;
      dialler.wake();
    }
  }

  async #plan(): Promise<void> {
    await this.#reload();
    await this.#options.planner.run();
    if (this.#options.dialler.channelsInUse === 0) await this.#options.records.tidy();
  }

  async #sweep(): Promise<void> {
    await this.#options.deadline.sweep();
    await this.#options.deadline.alarmIfNothingCalled();
  }

  async #collectCallIns(): Promise<void> {
    if (this.ownsExchange()) await this.#options.callIns.collect();
  }

  async #reload(): Promise<void> {
    const all = await this.#options.organizations.all();
    this.#organizations = new Map(all.map((organization) => [organization.id, organization]));
  }

  #every(ms: number, what: string, work: () => Promise<void>): void {
    let running = false;
    this.#timers.push(
      setInterval(() => {
        if (running) return;
        running = true;
        void this.#guard(what, work).finally(() => (running = false));
      }, ms),
    );
  }

  /** One fault of the database or the exchange must not stop the clockwork. */
  async #guard(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#options.log.warn({ event: `${what}.failed`, err: error }, 'it is tried again');
    }
  }
}
