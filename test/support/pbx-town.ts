import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import { missReasons } from '../../src/checkins/attempt-outcome.js';
import type { CallPolicy, Gap } from '../../src/checkins/call-policy.js';
import { OrganizationStore } from '../../src/organizations/organization-store.js';
import { migrate, openDatabase, type Database, type DatabaseSettings } from '../../src/storage/database.js';
import { findAsterisk } from '../../src/testbed/find-asterisk.js';
import { readCarrierRecord, type CarrierCall } from '../../src/testbed/carrier-record.js';
import { until } from '../../src/testbed/until.js';
import { openStage, type Stage } from '../../src/testbed/stage.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { morningZone } from './month-zone.js';
import { codecOf } from './test-codec.js';

/** Unpacking Asterisk, once per machine, may take a slow line minutes. */
export const townTimeoutMs = 300_000;

/** A policy for tests: hours that never close, seconds for minutes. */
export function quickPolicy(overrides: Partial<CallPolicy> = {}): CallPolicy {
  const gap: Gap[] = [{ kind: 'seconds', seconds: 2 }];
  return {
    maxMissed: 2,
    gaps: Object.fromEntries(missReasons.map((reason) => [reason, gap])) as CallPolicy['gaps'],
    faultGapSeconds: 1,
    maxRung: 20,
    minimumGapSeconds: 1,
    callingHours: { from: '00:00', until: '24:00' },
    giveUp: { days: 0, minutes: 30 },
    ...overrides,
  };
}

/** A stage with a database of subscribers who are due now. */
export class Town {
  readonly environment: Record<string, string>;

  private constructor(
    readonly stage: Stage,
    readonly database: Database,
    readonly folder: TemporaryFolder,
    environment: Record<string, string>,
  ) {
    this.environment = environment;
  }

  /** @param options `on` is a MariaDB's empty database; default an SQLite file of the town's own */
  static async open(
    options: {
      channelCap?: number;
      settings?: Record<string, string>;
      on?: Extract<DatabaseSettings, { engine: 'mariadb' }>;
    } = {},
  ): Promise<Town> {
    const folder = makeTemporaryFolder('town');
    const stage = await openStage(await findAsterisk(), folder.path, options);
    const environment: Record<string, string> = {
      ...stage.environment,
      PBX_ID: `pbx-${randomUUID().slice(0, 8)}`,
      KEY_SECONDS: '3',
      MAX_ASKS: '2',
      ...(options.on ? mariadbEnvironment(options.on) : {}),
      ...options.settings,
    };
    const file = join(environment.GENKIDESU_DATA ?? '', 'genkidesu.db');
    const database = openDatabase(options.on ?? { engine: 'sqlite', file });
    await migrate(database);
    return new Town(stage, database, folder, environment);
  }

  carrierCalls(): CarrierCall[] {
    return readCarrierRecord(this.stage.carrierRecordFile);
  }

  /** Adds people with these numbers, all due now. */
  async people(
    numbers: readonly string[],
    policy: CallPolicy = quickPolicy(),
    ringSeconds = 6,
  ): Promise<void> {
    const now = new Date();
    // Where midnight is far: a day that ends in the middle of a test would take its check-ins with it.
    const zone = morningZone(now);
    const organizations = new OrganizationStore(this.database);
    const organizationId = await organizations.add(
      {
        kind: 'municipality',
        name: `町 ${randomUUID()}`,
        spokenName: 'names/matsudo',
        timeZone: zone,
        policies: { sameDay: policy },
      },
      now,
    );
    const stationId = await organizations.addStation(
      { organizationId, name: '駅前', spokenName: 'names/tokiwadaira' },
      now,
    );
    const codec = codecOf(this.environment);
    const local = DateTime.fromJSDate(now, { zone });
    for (const number of numbers) {
      const stamp = now.getTime();
      const [subscriberId = 0]: number[] = await this.database('subscribers').insert({
        organization_id: organizationId,
        station_id: stationId,
        member_number: codec.encode(number),
        member_number_lookup: codec.lookup('memberNumber', number),
        name: codec.encode('試験'),
        kana: codec.encode('しけん'),
        enrolled_on: '2026-01-01',
        notes: '',
        speech_rate: 'normal',
        ring_seconds: ringSeconds,
        created_at: stamp,
        updated_at: stamp,
      });
      await this.database('phone_numbers').insert({
        subscriber_id: subscriberId,
        position: 1,
        number: codec.encode(number),
        number_lookup: codec.lookup('number', number),
      });
      await this.database('check_in_plans').insert({
        organization_id: organizationId,
        subscriber_id: subscriberId,
        kind: 'once',
        once_on: local.toISODate(),
        time: local.toFormat('HH:mm'),
        policy_preset: 'sameDay',
        starts_at: local.startOf('minute').toMillis(),
        planned_until: local.toISODate(),
      });
    }
  }

  /** The number that a stored value stands for. */
  numberIn(stored: string): string {
    return codecOf(this.environment).decode(stored);
  }

  /** State, last result, misses and attempts of everybody, by number. */
  async results(): Promise<
    Map<string, { state: string; result: string | null; missed: number; attempts: number }>
  > {
    const rows = await this.database('check_ins as c')
      .join('phone_numbers as n', 'n.subscriber_id', 'c.subscriber_id')
      .select<{ number: string; state: string; result: string | null; missed: number; attempts: number }[]>(
        'n.number',
        'c.state',
        'c.result',
        'c.missed',
        'c.attempts',
      );
    return new Map(rows.map(({ number, ...rest }) => [this.numberIn(number), rest]));
  }

  /** The keys that our database keeps of everybody, in the order in which they came, by number. */
  async keysKept(): Promise<Map<string, string>> {
    const rows = await this.database('keys_pressed as k')
      .join('attempts as a', 'a.id', 'k.attempt_id')
      .join('phone_numbers as n', 'n.subscriber_id', 'a.subscriber_id')
      .orderBy(['a.claimed_at', 'k.position'])
      .select<{ number: string; digit: string }[]>('n.number', 'k.digit');
    const kept = new Map<string, string>();
    for (const row of rows) {
      const number = this.numberIn(row.number);
      kept.set(number, (kept.get(number) ?? '') + row.digit);
    }
    return kept;
  }

  /** Why the station is told of somebody, by number; only open alerts. */
  async alertReasons(): Promise<Map<string, string>> {
    const rows = await this.database('alerts as a')
      .join('phone_numbers as n', 'n.subscriber_id', 'a.subscriber_id')
      .where('a.state', 'open')
      .select<{ number: string; reason: string }[]>('n.number', 'a.reason');
    return new Map(rows.map(({ number, reason }) => [this.numberIn(number), reason]));
  }

  /** Waits until every check-in has its end. */
  async settled(timeoutMs: number): Promise<void> {
    const isSettled = async (): Promise<boolean> =>
      (await this.database('check_ins').first('id')) !== undefined && (await this.openCheckins()) === 0;
    await until(isSettled, { what: 'everybody is settled', timeoutMs, everyMs: 200 });
  }

  /** How many check-ins have no end yet. */
  async openCheckins(): Promise<number> {
    const rows = await this.database('check_ins')
      .whereIn('state', ['due', 'calling'])
      .select<{ id: number }[]>('id');
    return rows.length;
  }

  async close(): Promise<void> {
    await this.stage.close();
    await this.database.destroy();
    await this.folder.remove();
  }
}

function mariadbEnvironment(
  settings: Extract<DatabaseSettings, { engine: 'mariadb' }>,
): Record<string, string> {
  return {
    DATABASE_ENGINE: 'mariadb',
    DATABASE_HOST: settings.host,
    DATABASE_PORT: String(settings.port),
    DATABASE_USER: settings.user,
    DATABASE_PASSWORD: settings.password,
    DATABASE_NAME: settings.database,
  };
}
