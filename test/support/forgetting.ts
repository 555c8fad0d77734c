import { createLog } from '../../src/log.js';
import type { Marked } from '../../src/retention/person-erasure.js';
import { createRetention, type RetentionModule } from '../../src/retention/retention-module.js';
import type { Database } from '../../src/storage/database.js';
import { AccessLogStore } from '../../src/users/access-log-store.js';
import { seedStation, seedSubscriber } from './builders.js';
import { marks } from './marked-town.js';
import { testCodec } from './test-codec.js';

/** Wednesday 2026-11-25, noon in Japan: when people ask. */
export const askedAt = new Date('2026-11-25T03:00:00Z');
/** Two in the night after the week that is left to take it back. */
export const nightAfter = new Date('2026-12-02T17:30:00Z');
const codec = testCodec();

/** Keeping and forgetting over a database, with a clock to be set. */
export class Forgetting {
  now = askedAt;
  /** Messages that were removed from the exchange's spool. */
  readonly removed: string[] = [];
  /** Whatever touches a message there fails. */
  spoolIsBroken = false;
  readonly module: RetentionModule;
  readonly by = { userId: undefined, address: '', at: askedAt };
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
    this.module = createRetention({
      ...{ database, codec, clock: this.clock, log: createLog('silent') },
      accessLog: new AccessLogStore({ database, codec }),
      removeSpooled: (file) =>
        this.spoolIsBroken
          ? Promise.reject(new Error('the disk cannot be written'))
          : Promise.resolve(void this.removed.push(file)),
    });
  }

  readonly clock = (): Date => this.now;

  /** Asks for somebody to be forgotten. */
  async mark(subscriberId: number, memberNumber: string = marks.member): Promise<Marked> {
    const row = await this.#database('subscribers')
      .where({ id: subscriberId })
      .first<{ organization_id: number }>('organization_id');
    const whom = { subscriberId, organizationId: row.organization_id, timeZone: 'Asia/Tokyo' };
    return this.module.personErasure.mark(whom, { memberNumber, reason: 'byPerson' }, this.by);
  }

  /** What a run erases: kinds and how many. */
  async run(): Promise<[string, number][]> {
    return (await this.module.retention.run()).map(({ kind, count }) => [kind, count]);
  }

  /** Writes somebody who has nothing but a record, a number and a plan. */
  async somebody(): Promise<{ id: number; organizationId: number; stationId: number }> {
    const station = await seedStation(this.#database, codec);
    const person = { memberNumber: marks.member, name: marks.word, kana: 'ひみつ はなこ' };
    const { subscriberId: id } = await seedSubscriber(this.#database, codec, station, person);
    return { id, ...station };
  }
}
