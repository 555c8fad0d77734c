import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { createApp, type App } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import type { Card } from '../../src/consultations/card-view.js';
import { CounsellorStore } from '../../src/hotline/counsellor-store.js';
import { LineStore } from '../../src/hotline/line-store.js';
import type { Week } from '../../src/hotline/opening-hours.js';
import type { PictureView } from '../../src/hotline/picture-view.js';
import type { LiveCall, ServerToClient } from '../../src/live/live-events.js';
import { createLog } from '../../src/log.js';
import { OrganizationStore } from '../../src/organizations/organization-store.js';
import { migrate, openDatabase, type Database } from '../../src/storage/database.js';
import { until } from '../../src/testbed/until.js';
import type { AmiEvent } from '../../src/asterisk/ami/ami-link.js';
import { channelsOf } from './exchange.js';
import { openHotlineStage, type HotlineStage } from './hotline-stage.js';
import { codecOf } from './test-codec.js';

const allDay: Week = Array.from({ length: 7 }, () => [{ from: '00:00', until: '24:00' }]);
const token = 'a-token-for-the-hotline-tests';

/** A hotline that is always open: one line, two counsellors of whom the second supervises, and our service. */
export class HotlineTown {
  readonly logged: string[] = [];
  readonly pictures: PictureView[] = [];
  readonly calls: LiveCall[] = [];
  #app: App | undefined;
  #screen: Socket<ServerToClient> | undefined;
  #port = 0;

  private constructor(
    readonly hotline: HotlineStage,
    readonly database: Database,
    readonly environment: Record<string, string>,
    readonly organizationId: number,
    readonly lineId: number,
    readonly number: string,
  ) {}

  static async open(): Promise<HotlineTown> {
    const hotline = await openHotlineStage();
    const environment: Record<string, string> = {
      ...hotline.stage.environment,
      API_TOKEN: token,
      PBX_ID: `pbx-${randomUUID().slice(0, 8)}`,
      HTTP_PORT: '0',
      FINISH_SECONDS: '1',
    };
    const file = join(environment.GENKIDESU_DATA ?? '', 'genkidesu.db');
    const database = openDatabase({ engine: 'sqlite', file });
    await migrate(database);
    const now = new Date();
    const organizationId = await new OrganizationStore(database).add(
      { kind: 'municipality', name: '相談市' },
      now,
    );
    const number = '0120386118';
    const line = await new LineStore(database).add(
      { organizationId, name: '相談', shownNumber: '0473900001', week: allDay, slot: 2, numbers: [number] },
      now,
    );
    await database('hotline_lines').update({ closed_on_holidays: false, closed_at_year_end: false });
    const town = new HotlineTown(hotline, database, environment, organizationId, line.id, number);
    for (const [extension, supervises] of [
      ['101', false],
      ['102', true],
    ] as const) {
      await town.counsellors.add(
        { organizationId, name: `相談員${extension}`, extension, lineIds: [line.id], supervises },
        now,
      );
    }
    return town;
  }

  get counsellors(): CounsellorStore {
    const codec = codecOf(this.environment);
    return new CounsellorStore({ database: this.database, codec });
  }

  async startService(): Promise<void> {
    this.pictures.length = 0;
    this.#app = createApp({
      config: readConfig(this.environment),
      log: createLog('debug', { write: (line) => this.logged.push(line) }),
      onFatal: (why) => this.logged.push(why),
    });
    this.#port = await this.#app.start();
    this.#screen = io(`http://127.0.0.1:${this.#port}`, {
      path: '/live',
      auth: { token, organizationId: this.organizationId },
    });
    this.#screen.on('picture', (picture) => this.pictures.push(picture));
    this.#screen.on('call', (call) => this.calls.push(call));
    await this.sees('the queues are heard', ({ heard }) => heard);
  }

  /** Where the service listens. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async stopService(): Promise<void> {
    this.#screen?.disconnect();
    await this.#app?.stop();
    this.#app = undefined;
  }

  async order(path: string, body: unknown = {}): Promise<number> {
    const response = await fetch(`http://127.0.0.1:${this.#port}/api/hotline${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return response.status;
  }

  /** Waits until the newest picture on the screen is like this. */
  async sees(what: string, isSo: (picture: PictureView) => boolean): Promise<PictureView> {
    const newest = (): PictureView | undefined => this.pictures.at(-1);
    await until(
      () => {
        const picture = newest();
        return picture !== undefined && isSo(picture);
      },
      { what, timeoutMs: 40_000 },
    );
    return newest() as unknown as PictureView;
  }

  async seesCounsellor(extension: string, state: string): Promise<void> {
    await this.sees(`${extension} is ${state}`, ({ counsellors }) =>
      counsellors.some((one) => one.extension === extension && one.state === state),
    );
  }

  /** Why a counsellor pauses, in the newest picture. */
  reasonOf(extension: string): string | undefined {
    return this.pictures.at(-1)?.counsellors.find((one) => one.extension === extension)?.reason;
  }

  /** The card that a screen was given with a call. */
  cardOf(call: LiveCall | undefined): Card | undefined {
    return call?.card?.card;
  }

  /** The channels that live in the exchange now. */
  channels(): Promise<AmiEvent[]> {
    return channelsOf(this.hotline.pbx);
  }

  /** Waits for an open task; gives its id. */
  async nextTask(): Promise<number> {
    const open = async (): Promise<number | undefined> =>
      (await this.database('hotline_tasks').where({ state: 'open' }).first<{ id: number } | undefined>('id'))
        ?.id;
    await until(async () => (await open()) !== undefined, { what: 'there is a task', timeoutMs: 20_000 });
    return (await open()) ?? 0;
  }

  async close(): Promise<void> {
    await this.stopService();
    await this.database.destroy();
    await this.hotline.close();
  }
}
