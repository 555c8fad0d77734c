import { DateTime } from 'luxon';
import { OrganizationStore } from '../../src/organizations/organization-store.js';
import type { Database } from '../../src/storage/database.js';
import { seedAttempt, seedCheckin, seedSubscriber } from './builders.js';
import { ConsoleService, type Seeding } from './console-service.js';
import { addConsoleUser, type ConsoleUser } from './console-users.js';
import { testCodec } from './test-codec.js';

/** A name that does something where it is taken for more than a name. */
export const scriptName = '<script>alert("名")</script>';
const key = 'a-key-for-these-tests';
const zone = 'Asia/Tokyo';

interface TownParts {
  users: Record<'station' | 'colleague' | 'newcomer' | 'admin', ConsoleUser>;
  people: { umeId: number; scriptId: number };
}

/** A service with a few people and users of a station, without an exchange. */
export class PeopleTown {
  readonly #service: ConsoleService<TownParts>;

  private constructor(service: ConsoleService<TownParts>) {
    this.#service = service;
  }

  get port(): number {
    return this.#service.port;
  }

  get users(): TownParts['users'] {
    return this.#service.seeded.users;
  }

  get people(): TownParts['people'] {
    return this.#service.seeded.people;
  }

  static async open(): Promise<PeopleTown> {
    return new PeopleTown(await ConsoleService.open(seedTown));
  }

  /** Ends every session of a user, as the clock would. */
  async endSessions(who: keyof TownParts['users']): Promise<void> {
    const { database, seeded } = this.#service;
    const codec = testCodec(key);
    await database('user_sessions')
      .whereIn(
        'user_id',
        database('users')
          .select('id')
          .where({ mail_lookup: codec.lookup('mail', seeded.users[who].mail) }),
      )
      .delete();
  }

  count(table: 'subscribers', memberNumber: string): Promise<{ id: number }[]> {
    const lookup = testCodec(key).lookup('memberNumber', memberNumber);
    return this.#service
      .database(table)
      .where({ member_number_lookup: lookup })
      .select<{ id: number }[]>('id');
  }

  /** A day of the town's calendar. */
  inDays(days: number): string {
    return DateTime.now().setZone(zone).plus({ days }).toISODate() ?? '';
  }

  close(): Promise<void> {
    return this.#service.close();
  }
}

async function seedTown(seeding: Seeding): Promise<TownParts> {
  const { database } = seeding;
  const organizations = new OrganizationStore(database);
  const now = new Date();
  const organizationId = await organizations.add({ kind: 'municipality', name: '松戸市' }, now);
  const stationId = await organizations.addStation({ organizationId, name: '常盤平' }, now);
  await organizations.addStation({ organizationId, name: '八柱' }, now);
  const stationIds = [stationId];
  const users = {
    station: await addConsoleUser(seeding, {
      ...{ role: 'station', organizationId, stationIds, mail: 's@genki.test', name: '松戸 一子' },
    }),
    colleague: await addConsoleUser(seeding, {
      ...{ role: 'station', organizationId, stationIds, mail: 't@genki.test', name: '常盤 二子' },
    }),
    newcomer: await addConsoleUser(seeding, {
      ...{ role: 'station', organizationId, stationIds, mail: 'n@genki.test', name: '八柱 三子' },
    }),
    admin: await addConsoleUser(seeding, { role: 'tenantAdmin', organizationId, mail: 'a@genki.test' }),
  };
  return { users, people: await seedPeople(database, { organizationId, stationId }) };
}

async function seedPeople(
  database: Database,
  station: { organizationId: number; stationId: number },
): Promise<TownParts['people']> {
  const codec = testCodec(key);
  const ume = await seedSubscriber(database, codec, station, {
    ...{ memberNumber: '1001', name: '山田 うめ', kana: 'やまだ うめ', number: '0473910001' },
  });
  const script = await seedSubscriber(database, codec, station, {
    ...{ memberNumber: '1002', name: scriptName, kana: 'すくりぷと', number: '0473910002', time: '10:00' },
  });
  const today = DateTime.now().setZone(zone);
  const yesterday = today.minus({ days: 1 }).toISODate() ?? '';
  const at = Date.parse(`${yesterday}T09:00:00+09:00`);
  const checkinId = await seedCheckin(database, script, yesterday, {
    ...{ state: 'answered', result: 'ok', attempts: 1, rung: 1, settled_at: at + 40_000 },
  });
  await seedAttempt(
    database,
    { checkinId, subscriberId: script.subscriberId },
    at,
    { answered_at: at + 5000, ended_at: at + 40_000, outcome: 'ok', cause: 16 },
    [{ digit: '1', answer: 'ok', at: at + 20_000 }],
  );
  await database('pauses').insert({
    subscriber_id: script.subscriberId,
    from_on: yesterday,
    until_on: today.plus({ days: 2 }).toISODate() ?? '',
    reason: codec.encode('旅行'),
  });
  return { umeId: ume.subscriberId, scriptId: script.subscriberId };
}
