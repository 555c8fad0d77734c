import { join } from 'node:path';
import { migrate, openDatabase, type Database } from '../../src/storage/database.js';
import { freeTcpPort } from '../../src/testbed/free-ports.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { roles, type Role } from '../../src/users/permissions.js';
import { addConsoleUser, type ConsoleUser } from './console-users.js';
import { fillCheckIns } from './month-check-ins.js';
import { fillHouse } from './month-house.js';
import { addHotline, fillHotline } from './month-hotline.js';
import { morningZone } from './month-zone.js';
import { ServiceProcess } from './service-process.js';
import { codecOf, testKeyText } from './test-codec.js';

const names: Readonly<Record<Role, string>> = {
  operator: '運営 太郎',
  tenantAdmin: '管理 花子',
  station: '見守 和子',
  counsellor: '相談 一郎',
  supervisor: '相談 四季',
  auditor: '監査 誠',
};

const mails: Readonly<Record<Role, string>> = {
  operator: 'taro.unei@example.jp',
  tenantAdmin: 'hanako.kanri@example.jp',
  station: 'kazuko.mimamori@example.jp',
  counsellor: 'ichiro.sodan@example.jp',
  supervisor: 'shiki.sodan@example.jp',
  auditor: 'makoto.kansa@example.jp',
};

/** What the pages of one thing are shown with. */
export interface MonthIds {
  alert: number;
  subscriber: number;
  card: number;
  case: number;
}

/** A service in the middle of a morning, with a station's and a hotline's month behind it and a user of each role; no exchange. */
export class MonthTown {
  private constructor(
    readonly port: number,
    readonly zone: string,
    readonly users: Readonly<Record<Role, ConsoleUser>>,
    readonly ids: MonthIds,
    readonly parts: { folder: TemporaryFolder; database: Database; service: ServiceProcess },
  ) {}

  static async open(): Promise<MonthTown> {
    const folder = makeTemporaryFolder('month');
    const port = await freeTcpPort();
    const environment: Record<string, string> = {
      GENKIDESU_DATA: folder.path,
      LOOKUP_KEY: 'a-key-for-these-tests',
      PERSONAL_DATA_KEY: testKeyText,
      VOICE_KEY: 'ab'.repeat(32),
      CALLER_NUMBER: '0473900000',
      PBX_ID: 'pbx1',
      ARI_URL: `http://127.0.0.1:${await freeTcpPort()}`,
      ARI_PASSWORD: 'nobody',
      AMI_PORT: String(await freeTcpPort()),
      AMI_PASSWORD: 'nobody',
      HTTP_PORT: String(port),
    };
    const database = openDatabase({ engine: 'sqlite', file: join(folder.path, 'genkidesu.db') });
    await migrate(database);
    const codec = codecOf(environment);
    const now = new Date();
    const zone = morningZone(now);
    const organizationId = await fillCheckIns({ database, codec, zone, now });
    const place = { database, environment, codec, organizationId, now };
    const hotline = await fillHotline({ ...place, ...(await addHotline(place)) });
    await fillHouse({ ...place, zone });
    const users = await addUsers({ database, environment }, organizationId, hotline.counsellorIds);
    const alert = await database('alerts')
      .where({ state: 'open' })
      .orderBy('id')
      .first<{ id: number; subscriber_id: number }>('id', 'subscriber_id');
    const ids = {
      ...{ alert: alert.id, subscriber: alert.subscriber_id },
      ...{ card: hotline.cardId, case: hotline.caseId },
    };
    const service = new ServiceProcess(environment);
    await service.start();
    await service.answers();
    return new MonthTown(port, zone, users, ids, { folder, database, service });
  }

  async close(): Promise<void> {
    const { service, database, folder } = this.parts;
    await service.kill();
    await database.destroy();
    await folder.remove();
  }
}

async function addUsers(
  console: { database: Database; environment: Record<string, string> },
  organizationId: number,
  counsellorIds: readonly number[],
): Promise<Record<Role, ConsoleUser>> {
  const station = await console
    .database('stations')
    .where({ organization_id: organizationId })
    .orderBy('id')
    .first<{ id: number }>('id');
  const [first = 0, , , supervising = 0] = counsellorIds;
  const counsellors: Partial<Record<Role, number>> = { counsellor: first, supervisor: supervising };
  const users: Partial<Record<Role, ConsoleUser>> = {};
  for (const role of roles) {
    const counsellorId = counsellors[role];
    users[role] = await addConsoleUser(console, {
      ...{ role, name: names[role], mail: mails[role] },
      organizationId: role === 'operator' ? undefined : organizationId,
      stationIds: role === 'station' ? [station.id] : [],
      device: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36',
      ...(counsellorId !== undefined && { counsellorId }),
    });
  }
  // An administrator has invited them, and each has come in from an ordinary computer.
  await console
    .database('access_log')
    .update({ user_id: console.database('users').where({ role: 'tenantAdmin' }).select('id') });
  return users as Record<Role, ConsoleUser>;
}
