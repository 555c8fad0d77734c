import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fillDemo } from '../../src/demo/demo-data.js';
import { CounsellorStore } from '../../src/hotline/counsellor-store.js';
import { LineStore } from '../../src/hotline/line-store.js';
import { OrganizationStore } from '../../src/organizations/organization-store.js';
import { migrate, openDatabase, type Database } from '../../src/storage/database.js';
import { findSipp } from '../../src/testbed/find-sipp.js';
import { runCounsellors, type Counsellors } from '../../src/testbed/sipp-counsellors.js';
import { until } from '../../src/testbed/until.js';
import { addConsoleUser, type ConsoleUser } from './console-users.js';
import { openHotlineStage, phoneHotline, type HotlineStage } from './hotline-stage.js';
import { ServiceProcess } from './service-process.js';
import { codecOf } from './test-codec.js';

const token = 'a-token-for-the-screenshots';
const names = ['中村 直子', '小林 健一', '加藤 みどり', '吉田 洋', '山本 さち'];

/** The demo's town with a hotline beside it: everything that a wallboard can show, on real exchanges. */
export class BoardTown {
  #service: ServiceProcess | undefined;
  #phones: Counsellors | undefined;

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

  async startService(): Promise<{ port: number; user: ConsoleUser }> {
    const port = Number(this.environment.HTTP_PORT);
    this.#service = new ServiceProcess(this.environment);
    await this.#service.start();
    await this.#service.answers();
    const user = await addConsoleUser(this, {
      role: 'tenantAdmin',
      organizationId: 1,
      mail: 'kanri@genki.test',
    });
    return { port, user };
  }

  async stopService(): Promise<void> {
    await this.#service?.kill();
    this.#service = undefined;
  }

  /** Counsellors come in, one pauses; three people phone, of whom one has to wait. */
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
    await this.#order('103/pause', { reason: '昼休み' });
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
    const allDay = Array.from({ length: 7 }, () => [{ from: '00:00', until: '24:00' }]);
    const line = await new LineStore(this.database).add(
      {
        organizationId,
        name: '居住支援ほっとライン',
        shownNumber: '0473900001',
        week: allDay,
        slot: 1,
        numbers: ['0120386117'],
      },
      now,
    );
    await this.database('hotline_lines').update({ closed_on_holidays: false, closed_at_year_end: false });
    const counsellors = new CounsellorStore({ database: this.database, codec });
    for (const [index, name] of names.entries()) {
      const extension = String(101 + index);
      await counsellors.add({ organizationId, name, extension, lineIds: [line.id] }, now);
    }
  }
}
