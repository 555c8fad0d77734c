import { DateTime } from 'luxon';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fillDemo } from '../../src/demo/demo-data.js';
import { CounsellorStore } from '../../src/hotline/counsellor-store.js';
import { OrganizationStore } from '../../src/organizations/organization-store.js';
import { migrate, openDatabase, type Database } from '../../src/storage/database.js';
import { findSipp } from '../../src/testbed/find-sipp.js';
import { runCounsellors, type Counsellors } from '../../src/testbed/sipp-counsellors.js';
import { until } from '../../src/testbed/until.js';
import { addConsoleUser, type ConsoleUser } from './console-users.js';
import { openHotlineStage, phoneHotline, type HotlineStage } from './hotline-stage.js';
import { ServiceProcess } from './service-process.js';
import { addHotline, fillHotline } from './month-hotline.js';
import { morningZone } from './month-zone.js';
import { codecOf } from './test-codec.js';

const token = 'a-token-for-the-screenshots';

/** The demo's town with a hotline beside it: everything that a wallboard can show, on real exchanges. */
export class BoardTown {
  #service: ServiceProcess | undefined;
  #phones: Counsellors | undefined;
  #counsellorIds: number[] = [];

  private constructor(
    readonly hotline: HotlineStage,
    readonly database: Database,
    readonly environment: Record<string, string>,
  ) {}

  static async open(): Promise<BoardTown> {
    const hotline = await openHotlineStage();
    const environment: Record<string, string> = {
      ...hotline.stage.environment,
      API_TOKEN: token,
      VOICE_KEY: 'ab'.repeat(32),
      PBX_ID: `pbx-${randomUUID().slice(0, 4)}`,
      KEY_SECONDS: '3',
      MAX_ASKS: '2',
      STARTS_PER_SECOND: '0.7',
      FINISH_SECONDS: '0',
    };
    const file = join(environment.GENKIDESU_DATA ?? '', 'genkidesu.db');
    const database = openDatabase({ engine: 'sqlite', file });
    await migrate(database);
    const town = new BoardTown(hotline, database, environment);
    await town.#fill();
    return town;
  }

  async startService(): Promise<{
    port: number;
    users: Record<'tenantAdmin' | 'counsellor' | 'supervisor' | 'operator', ConsoleUser>;
  }> {
    const port = Number(this.environment.HTTP_PORT);
    this.#service = new ServiceProcess(this.environment);
    await this.#service.start();
    await this.#service.answers();
    const [first = 0, , , supervising = 0] = this.#counsellorIds;
    const add = (
      role: 'tenantAdmin' | 'counsellor' | 'supervisor' | 'operator',
      name: string,
      counsellorId?: number,
    ): Promise<ConsoleUser> =>
      addConsoleUser(this, {
        ...{ role, name, mail: `${role.toLowerCase()}@genki.test` },
        organizationId: role === 'operator' ? undefined : 1,
        ...(counsellorId !== undefined && { counsellorId }),
      });
    const users = {
      tenantAdmin: await add('tenantAdmin', '管理 花子'),
      counsellor: await add('counsellor', '相談 一郎', first),
      supervisor: await add('supervisor', '相談 四季', supervising),
      operator: await add('operator', '運営 太郎'),
    };
    return { port, users };
  }

  async stopService(): Promise<void> {
    await this.#service?.kill();
    this.#service = undefined;
  }

  /** Counsellors come in, one writes down the talk before; three people phone, of whom one has to wait. */
  async makeBusy(): Promise<void> {
    const { stage } = this.hotline;
    const codec = codecOf(this.environment);
    const accounts = await new CounsellorStore({ database: this.database, codec }).accounts();
    this.#phones = await runCounsellors({
      sipp: await findSipp(),
      registrar: { host: stage.pbx.sipHost, port: stage.pbx.sipPort },
      phones: accounts.slice(0, 4).map(({ extension, secret }) => ({ user: extension, password: secret })),
      ringSeconds: 1,
      talkSeconds: [120],
    });
    for (const extension of ['101', '102', '103']) await this.#order(`${extension}/login`);
    await this.#order('101/pause', { reason: '記録' });
    for (const from of ['0473999001', '0473999002', '0473999003']) {
      await phoneHotline(this.hotline.carrier, { from, to: '0120386117' });
    }
    const waits = () => this.hotline.lines().some(({ event }) => event === 'CONNECT');
    await until(waits, { what: 'somebody talks', timeoutMs: 90_000, everyMs: 200 });
    const since = performance.now();
    await until(() => performance.now() - since > 12_000, { what: 'the town is busy', timeoutMs: 20_000 });
  }

  async close(): Promise<void> {
    await this.stopService();
    await this.#phones?.stop();
    await this.database.destroy();
    await this.hotline.close();
  }

  async #order(path: string, body: unknown = {}): Promise<void> {
    const url = `http://127.0.0.1:${this.environment.HTTP_PORT ?? ''}/api/hotline/counsellors/${path}`;
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  }

  async #fill(): Promise<void> {
    const codec = codecOf(this.environment);
    const now = new Date();
    await fillDemo(this.database, codec, now);
    const [organization] = await new OrganizationStore(this.database).all();
    const organizationId = organization?.id ?? 0;
    const zone = morningZone(now);
    await this.database('organizations').update({ time_zone: zone });
    const time = DateTime.fromJSDate(now, { zone }).toFormat('HH:mm');
    await this.database('check_in_plans').update({ time });
    const { database, environment } = this;
    const place = { database, environment, codec, organizationId, now };
    const hotline = await addHotline(place, { from: '00:00', until: '24:00' });
    this.#counsellorIds = hotline.counsellorIds;
    await fillHotline({ ...place, ...hotline });
  }
}
