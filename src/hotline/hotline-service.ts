import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import { entriesOfCounsellors, ownedCounsellorPaths } from './counsellor-entries.js';
import type { CounsellorStore } from './counsellor-store.js';
import type { ExchangeEntries } from './exchange-entries.js';
import type { HotlineBook } from './hotline-book.js';
import type { Line } from './line.js';
import { changesOfEntries, entriesOfLines, ownedLinePaths, type Entries } from './line-entries.js';
import type { Membership } from './membership.js';
import type { PhoneAccounts, PhoneFinder } from './phone-accounts.js';
import { entriesOfUrgent, ownedUrgentPaths } from './urgent-entries.js';
import type { UrgentNumberStore } from './urgent-number-store.js';

const everyMs = 30_000;
const saltPath = 'hotline-salt/value';

export interface HotlineServiceOptions {
  book: HotlineBook;
  counsellors: Pick<CounsellorStore, 'accounts'>;
  urgent: Pick<UrgentNumberStore, 'numbers'>;
  accounts: PhoneAccounts & { forget(): void };
  phones: PhoneFinder;
  entries: ExchangeEntries;
  membership: Membership;
  /** Minutes that a caller who joins this line now will wait; undefined when nobody can say. */
  estimateWait: (line: Line, at: Date) => Promise<number | undefined>;
  /** Both links to the exchange are up, and no other process conducts it. */
  mayAct: () => boolean;
  /** What is shown of lines and counsellors may have changed. */
  onReloaded: () => void;
  clock: Clock;
  log: Logger;
  everyMs?: number;
}

/** Keeps the exchange's own memory as the database has it: lines, counsellors, their phones, whose call goes first. */
export class HotlineService {
  readonly #options: HotlineServiceOptions;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #phonesAsked = false;

  constructor(options: HotlineServiceOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#timer = setInterval(() => void this.keepUp(), this.#options.everyMs ?? everyMs);
    await this.keepUp();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#again = false;
    await this.#running;
  }

  /** The exchange may have been restarted, or be another one: what was known of it counts no more. */
  linkIsUp = (): void => {
    this.#options.accounts.forget();
    this.#phonesAsked = false;
    void this.keepUp();
  };

  /** Brings the exchange up to date now. Two wishes during one run are one more run. */
  keepUp = (): Promise<void> => {
    if (this.#running) {
      this.#again = true;
      return this.#running;
    }
    this.#running = this.#run().finally(() => {
      this.#running = undefined;
      if (this.#again) {
        this.#again = false;
        void this.keepUp();
      }
    });
    return this.#running;
  };

  /** One part's fault must not keep the others from their turn. */
  async #run(): Promise<void> {
    const { book, mayAct, onReloaded, membership } = this.#options;
    await this.#guard('reload', async () => {
      await book.reload();
      onReloaded();
    });
    // What was never read must not be taken for nothing, and everything be removed.
    if (!book.isLoaded || !mayAct()) return;
    await this.#guard('lines', () => this.#keepLines());
    await this.#guard('accounts', () => this.#keepAccounts());
    await this.#guard('counsellors', () => this.#keepCounsellors());
    await this.#guard('members', async () => {
      const salt = await this.#salt();
      const settled = await membership.settle({ exchangeIsNew: salt === undefined });
      if (settled || salt !== undefined) await this.#keepUrgent(salt);
    });
    await this.#guard('waits', () => this.#tellWaits());
  }

  async #keepLines(): Promise<void> {
    const { book, entries, clock } = this.#options;
    const lines = book.lines.map(({ line }) => line);
    const there = new Map([...(await entries.read('hotline-line')), ...(await entries.read('hotline-did'))]);
    const wanted = entriesOfLines(lines, book.holidays, clock());
    await entries.apply(changesOfEntries(there, wanted, ownedLinePaths));
  }

  async #keepAccounts(): Promise<void> {
    const { accounts, phones, counsellors } = this.#options;
    const wanted = await counsellors.accounts();
    await accounts.keep(wanted);
    if (this.#phonesAsked) return;
    await phones.find(wanted.map(({ extension }) => extension));
    this.#phonesAsked = true;
  }

  async #keepCounsellors(): Promise<void> {
    const { book, entries } = this.#options;
    const wanted = entriesOfCounsellors(
      book.counsellors,
      book.lines.map(({ line }) => line),
    );
    const there = await entries.read('hotline-counsellor');
    await entries.apply(changesOfEntries(there, wanted, ownedCounsellorPaths));
  }

  async #salt(): Promise<string | undefined> {
    return (await this.#options.entries.read('hotline-salt')).get(saltPath);
  }

  /** The salt is written last of all in a new exchange: where it stands, the members are in their place, too. */
  async #keepUrgent(salt: string | undefined): Promise<void> {
    const { entries, urgent } = this.#options;
    const own = salt ?? randomBytes(16).toString('hex');
    const wanted = entriesOfUrgent(await urgent.numbers(), own);
    const there = await entries.read('hotline-urgent');
    await entries.apply(changesOfEntries(there, wanted, ownedUrgentPaths));
    if (salt === undefined) await entries.apply({ put: [[saltPath, own]], remove: [] });
  }

  async #tellWaits(): Promise<void> {
    const { book, entries, estimateWait, clock } = this.#options;
    const now = clock();
    const told: [string, string][] = [];
    for (const { line, hours } of book.lines) {
      const minutes = hours.isOpen(now) ? await estimateWait(line, now) : undefined;
      if (minutes === undefined) continue;
      told.push([`hotline-line/${line.slot}/wait`, `${minutes}|${Math.floor(now.getTime() / 1000)}`]);
    }
    // One that nobody can tell any more grows old in the exchange, and is not spoken then.
    const put: Entries = new Map(told);
    await entries.apply({ put: [...put], remove: [] });
  }

  async #guard(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#options.log.warn({ event: `hotline.${what}_failed`, err: error }, 'it is tried again');
    }
  }
}
