import type { Knex } from 'knex';
import { againAfterDeadlock } from './again-after-deadlock.js';
import { engineOf, type Database } from './database.js';

type Work<T> = (trx: Knex.Transaction) => Promise<T>;

interface Waiting {
  work: Work<unknown>;
  settle: (result: Result) => void;
}

/** What somebody waits for on the telephone goes first; what only has to be kept can wait its turn. */
export type Urgency = 'now' | 'soon';

type Result = { kind: 'done'; value: unknown } | { kind: 'failed'; error: unknown };

/** More in one commit would keep events of calls waiting: each takes part of a millisecond. */
const mostInOneCommit = 25;

/**
 * Small writes that share their commits. SQLite reaches the disk once for each commit, and holds up everything
 * while it does; so what wants to be written at the same moment is written together, as servers do by themselves.
 * Each work stands or falls alone, and none is told to be done before it is on the disk.
 *
 * When a work of a group fails, the group is rolled back and each of it runs again by itself. That is rare and
 * costs less than a savepoint around every work.
 */
export class WriteGroup {
  readonly #database: Database;
  readonly #waiting: Record<Urgency, Waiting[]> = { now: [], soon: [] };
  #running = false;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Runs one work in a transaction. Its first statement writes; it uses nothing but the transaction,
   * and may be run a second time after its first run was rolled back.
   *
   * @throws what the work throws, and then nothing of it is written; or why the commit failed
   */
  async run<T>(work: Work<T>, urgency: Urgency = 'now'): Promise<T> {
    if (engineOf(this.#database) !== 'sqlite') return againAfterDeadlock(this.#database, work);
    const result = await new Promise<Result>((settle) => {
      this.#waiting[urgency].push({ work, settle });
      if (this.#running) return;
      this.#running = true;
      // Whatever else this turn of the event loop brings goes into the same commit.
      setImmediate(() => void this.#runAll());
    });
    if (result.kind === 'failed') throw result.error;
    return result.value as T;
  }

  async #runAll(): Promise<void> {
    const { now, soon } = this.#waiting;
    while (now.length + soon.length > 0) {
      await this.#commitTogether((now.length > 0 ? now : soon).splice(0, mostInOneCommit));
      // Keys and answers of calls come in between.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#running = false;
  }

  /** Never throws: every work is told its own end. */
  async #commitTogether(group: readonly Waiting[]): Promise<void> {
    let values: unknown[];
    try {
      values = await this.#database.transaction(async (trx) => {
        const all: unknown[] = [];
        for (const { work } of group) all.push(await work(trx));
        return all;
      });
    } catch (error) {
      if (group.length > 1) for (const one of group) await this.#commitTogether([one]);
      else group[0]?.settle({ kind: 'failed', error });
      return;
    }
    group.forEach(({ settle }, index) => settle({ kind: 'done', value: values[index] }));
  }
}
