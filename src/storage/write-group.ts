import type { Knex } from 'knex';
import { engineOf, type Database } from './database.js';

type Work<T> = (trx: Knex.Transaction) => Promise<T>;

interface Waiting {
  work: Work<unknown>;
  settle: (result: Result) => void;
}

type Result = { kind: 'done'; value: unknown } | { kind: 'failed'; error: unknown };

/** More in one commit would keep events of calls waiting: each takes part of a millisecond. */
const mostInOneCommit = 25;

/**
 * Small writes that share their commits. SQLite reaches the disk once for each commit, and holds up everything
 * while it does; so what wants to be written at the same moment is written together, as servers do by themselves.
 * Each work stands or falls alone, and none is told to be done before it is on the disk.
 */
export class WriteGroup {
  readonly #database: Database;
  readonly #waiting: Waiting[] = [];
  #running = false;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Runs one work in a transaction. Its first statement writes; it uses nothing but the transaction.
   *
   * @throws what the work throws, and then nothing of it is written; or why the commit failed
   */
  async run<T>(work: Work<T>): Promise<T> {
    if (engineOf(this.#database) !== 'sqlite') return this.#database.transaction(work);
    const result = await new Promise<Result>((settle) => {
      this.#waiting.push({ work, settle });
      if (this.#running) return;
      this.#running = true;
      // Whatever else this turn of the event loop brings goes into the same commit.
      setImmediate(() => void this.#runAll());
    });
    if (result.kind === 'failed') throw result.error;
    return result.value as T;
  }

  async #runAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#commitTogether(this.#waiting.splice(0, mostInOneCommit));
      // Keys and answers of calls come in between.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#running = false;
  }

  /** Never throws: every work is told its own end. */
  async #commitTogether(group: readonly Waiting[]): Promise<void> {
    try {
      const results = await this.#database.transaction(async (trx) => {
        const all: Result[] = [];
        for (const { work } of group) all.push(await runApart(trx, work));
        return all;
      });
      group.forEach(({ settle }, index) => settle(results[index] ?? { kind: 'failed', error: undefined }));
    } catch (error) {
      for (const { settle } of group) settle({ kind: 'failed', error });
    }
  }
}

/** A work that fails takes back its own statements only; when even that fails, the transaction is lost. */
async function runApart(trx: Knex.Transaction, work: Work<unknown>): Promise<Result> {
  await trx.raw('savepoint one_work');
  try {
    const value = await work(trx);
    await trx.raw('release one_work');
    return { kind: 'done', value };
  } catch (error) {
    await trx.raw('rollback to one_work');
    await trx.raw('release one_work');
    return { kind: 'failed', error };
  }
}
