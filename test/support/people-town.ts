import { join } from 'node:path';
import { DateTime } from 'luxon';
import { OrganizationStore } from '../../src/organizations/organization-store.js';
import { migrate, openDatabase, type Database } from '../../src/storage/database.js';
import { freeTcpPort } from '../../src/testbed/free-ports.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { until } from '../../src/testbed/until.js';
import { seedAttempt, seedCheckin, seedSubscriber } from './builders.js';
import { addConsoleUser, type ConsoleUser } from './console-users.js';
import { ServiceProcess } from './service-process.js';
import { testCodec, testKeyText } from './test-codec.js';

/** A name that does something where it is taken for more than a name. */
export const scriptName = '<script>alert("名")</script>';
const key = 'a-key-for-these-tests';
const zone = 'Asia/Tokyo';

interface TownParts {
  folder: TemporaryFolder;
  database: Database;
  service: ServiceProcess;
  port: number;
  users: Record<'station' | 'colleague' | 'newcomer' | 'admin', ConsoleUser>;
  people: { umeId: number; scriptId: number };
}

/** A service with a few people and users of a station, without an exchange. */
export class PeopleTown {
  readonly #parts: TownParts;

  private constructor(parts: TownParts) {
    this.#parts = parts;
  }

  get port(): number {
    return this.#parts.port;
  }

  get users(): TownParts['users'] {
    return this.#parts.users;
  }

  get people(): TownParts['people'] {
    return this.#parts.people;
  }

  static async open(): Promise<PeopleTown> {
    const folder = makeTemporaryFolder('people');
    const port = await freeTcpPort();
    const environment: Record<string, string> = {
      GENKIDESU_DATA: folder.path,
      LOOKUP_KEY: key,
      PERSONAL_DATA_KEY: testKeyText,
      CALLER_NUMBER: '0473900000',
      ARI_URL: `http://127.0.0.1:${await freeTcpPort()}`,
      ARI_PASSWORD: 'nobody',
      AMI_PORT: String(await freeTcpPort()),
      AMI_PASSWORD: 'nobody',
      HTTP_PORT: String(port),
    };
    const database = openDatabase({ engine: 'sqlite', file: join(folder.path, 'genkidesu.db') });
    await migrate(database);
    const organizations = new OrganizationStore(database);
    const now = new Date();
    const organizationId = await organizations.add({ kind: 'municipality', name: '松戸市' }, now);
    const stationId = await organizations.addStation({ organizationId, name: '常盤平' }, now);
    const console = { database, environment };
    const stationIds = [stationId];
    const users = {
      station: await addConsoleUser(console, {
        ...{ role: 'station', organizationId, stationIds, mail: 's@genki.test', name: '松戸 一子' },
      }),
      colleague: await addConsoleUser(console, {
        ...{ role: 'station', organizationId, stationIds, mail: 't@genki.test', name: '常盤 二子' },
      }),
      newcomer: await addConsoleUser(console, {
        ...{ role: 'station', organizationId, stationIds, mail: 'n@genki.test', name: '八柱 三子' },
      }),
      admin: await addConsoleUser(console, { role: 'tenantAdmin', organizationId, mail: 'a@genki.test' }),
    };
    const people = await seedPeople(database, { organizationId, stationId });
    const service = new ServiceProcess(environment);
    await service.start();
    await until(
      async () => (await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined))?.ok === true,
      { what: 'the service answers', timeoutMs: 30_000 },
    );
    return new PeopleTown({ folder, database, service, port, users, people });
  }

  /** Ends every session of a user, as the clock would. */
  async endSessions(who: keyof TownParts['users']): Promise<void> {
    const { database, users } = this.#parts;
    const codec = testCodec(key);
    await database('user_sessions')
      .whereIn(
        'user_id',
        database('users')
          .select('id')
          .where({ mail_lookup: codec.lookup('mail', users[who].mail) }),
      )
      .delete();
  }

  count(table: 'subscribers', memberNumber: string): Promise<{ id: number }[]> {
    const lookup = testCodec(key).lookup('memberNumber', memberNumber);
    return this.#parts.database(table).where({ member_number_lookup: lookup }).select<{ id: number }[]>('id');
  }

  /** A day of the town's calendar. */
  inDays(days: number): string {
    return DateTime.now().setZone(zone).plus({ days }).toISODate() ?? '';
  }

  async close(): Promise<void> {
    const { service, database, folder } = this.#parts;
    await service.kill();
    await database.destroy();
    await folder.remove();
  }
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
