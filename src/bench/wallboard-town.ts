import { join } from 'node:path';
import { createLog } from '../log.js';
import type { LiveLogin } from '../live/live-events.js';
import { migrate, openDatabase, type Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import type { Stage } from '../testbed/stage.js';
import { createUsersModule } from '../users/users-module.js';
import { ScreenStore } from '../wallboard/screen-store.js';
import { Screens } from '../wallboard/screens.js';
import { WallboardSettingsStore } from '../wallboard/wallboard-settings-store.js';
import { usualSettings } from '../wallboard/wallboard-settings.js';
import { codecOfStage } from './bench-codec.js';
import { BenchError } from './bench-error.js';
import { benchNumber, writePeople } from './bench-people.js';

/** What one board comes in with: a person's session, or a television's own token. */
export interface BoardTicket {
  organizationId: number;
  login: LiveLogin;
  /** Of a person's session. */
  sessionToken: string | undefined;
}

/** People to be called, of some tenants, and who looks at the boards meanwhile. */
export class WallboardTown {
  private constructor(
    readonly database: Database,
    readonly codec: PersonalDataCodec,
    /** By number: what stands for the person on a board without names, and whose board it is. */
    readonly persons: ReadonlyMap<string, { who: string; organizationId: number }>,
    readonly organizationIds: readonly number[],
  ) {}

  static async open({ environment }: Stage, people: number): Promise<WallboardTown> {
    const { GENKIDESU_DATA: data = '' } = environment;
    const codec = codecOfStage(environment);
    const database = openDatabase({ engine: 'sqlite', file: join(data, 'genkidesu.db') });
    await migrate(database);
    const now = new Date();
    const numbers = Array.from({ length: people }, (_none, index) => benchNumber(index));
    await writePeople(database, codec, numbers, now);
    const rows = await database('subscribers')
      .orderBy('id')
      .select<{ id: number; organization_id: number }[]>('id', 'organization_id');
    const persons = new Map(
      rows.map(({ id, organization_id: organizationId }) => [
        numbers[id - 1] ?? '',
        { who: String(id), organizationId },
      ]),
    );
    const ids = [...new Set(rows.map(({ organization_id: id }) => id))].sort((one, other) => one - other);
    const settings = new WallboardSettingsStore(database);
    // Initials are shared by many; a member's number is one person's.
    for (const id of ids) await settings.save(id, { ...usualSettings, standIn: 'memberNumbers' }, now);
    return new WallboardTown(database, codec, persons, ids);
  }

  /** So many boards, shared out among the tenants: the first `persons` logged in, then by turns televisions and people. */
  async admit(boards: number, persons: number): Promise<BoardTicket[]> {
    const clock = (): Date => new Date();
    const screens = new Screens({
      store: new ScreenStore(this.database),
      clock,
      onRevoked: () => undefined,
    });
    const users = createUsersModule({
      database: this.database,
      codec: this.codec,
      post: undefined,
      baseUrl: () => 'http://genki.test',
      limits: { idleMinutes: 600, hours: 12 },
      clock,
      log: createLog('silent'),
    });
    const userIds = new Map<number, number>();
    const userOf = async (organizationId: number): Promise<number> => {
      const known = userIds.get(organizationId);
      if (known !== undefined) return known;
      const mail = `bench-${organizationId}@genki.test`;
      const user = { name: '計測 係', mail, role: 'supervisor', organizationId } as const;
      const id = await users.users.add(this.database, user, clock());
      if (id === undefined) throw new BenchError('nobody may look at the boards');
      await this.database('users').where({ id }).update({ state: 'active' });
      userIds.set(organizationId, id);
      return id;
    };
    const tickets: BoardTicket[] = [];
    for (let index = 0; index < boards; index++) {
      const organizationId = this.organizationIds[index % this.organizationIds.length] ?? 0;
      if (index < persons || index % 2 === 0) {
        const session = await users.sessions.begin(await userOf(organizationId), 'full', 'bench');
        const login: LiveLogin = { organizationId, show: 'wallboard' };
        tickets.push({ organizationId, login, sessionToken: session.token });
        continue;
      }
      const screen = await screens.begin();
      if (!screen || !(await screens.pair(screen.code, organizationId, '計測'))) {
        throw new BenchError('a television could not be paired');
      }
      tickets.push({ organizationId, login: { screen: screen.token }, sessionToken: undefined });
    }
    await users.stop();
    return tickets;
  }

  /** Calls that were made and did not end well, by how they ended. */
  async failedAttempts(): Promise<Record<string, number>> {
    const rows = await this.database('attempts')
      .whereNotNull('outcome')
      .whereNot('outcome', 'ok')
      .groupBy('outcome')
      .select('outcome')
      .count<{ outcome: string; n: number }[]>({ n: '*' });
    return Object.fromEntries(rows.map(({ outcome, n }) => [outcome, n]));
  }
}
