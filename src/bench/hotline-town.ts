import { join } from 'node:path';
import { CounsellorStore } from '../hotline/counsellor-store.js';
import { LineStore } from '../hotline/line-store.js';
import type { PhoneAccount } from '../hotline/phone-accounts.js';
import type { Week } from '../hotline/opening-hours.js';
import { OrganizationStore } from '../organizations/organization-store.js';
import { migrate, openDatabase, type Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { stageHotlineNumbers, type Stage } from '../testbed/stage.js';
import type { StoredCall } from './hotline-result.js';
import { codecOfStage } from './bench-codec.js';

const always: Week = Array.from({ length: 7 }, () => [{ from: '00:00', until: '24:00' }]);
export const benchSlot = 1;

/** A hotline that never closes, with its counsellors, in a database of its own. */
export class HotlineTown {
  private constructor(
    readonly database: Database,
    readonly codec: PersonalDataCodec,
    readonly organizationId: number,
    readonly accounts: readonly PhoneAccount[],
  ) {}

  static async open(stage: Stage, phones: number): Promise<HotlineTown> {
    const { GENKIDESU_DATA: data = '' } = stage.environment;
    const database = openDatabase({ engine: 'sqlite', file: join(data, 'genkidesu.db') });
    const codec = codecOfStage(stage.environment);
    await migrate(database);
    const now = new Date();
    const organizations = new OrganizationStore(database);
    const organizationId = await organizations.add({ kind: 'municipality', name: '計測市' }, now);
    const [free, ordinary] = stageHotlineNumbers;
    const line = await new LineStore(database).add(
      {
        organizationId,
        name: '計測',
        shownNumber: ordinary,
        slot: benchSlot,
        week: always,
        closedOnHolidays: false,
        closedAtYearEnd: false,
        numbers: [free],
      },
      now,
    );
    const counsellors = new CounsellorStore({ database, codec });
    for (let n = 1; n <= phones; n++) {
      const extension = String(100 + n);
      await counsellors.add(
        { organizationId, name: `計測 ${extension}`, extension, lineIds: [line.id] },
        now,
      );
    }
    return new HotlineTown(database, codec, organizationId, await counsellors.accounts());
  }

  async incomingCalls(): Promise<StoredCall[]> {
    const rows = await this.database('hotline_calls').where({ direction: 'incoming' }).select<
      {
        call_id: string;
        number: string;
        result: string | null;
        arrived_at: number;
        answered_at: number | null;
        answered_by: string | null;
      }[]
    >('call_id', 'number', 'result', 'arrived_at', 'answered_at', 'answered_by');
    return rows.map((row) => ({
      callId: row.call_id,
      number: this.codec.decode(row.number),
      result: row.result,
      arrivedAt: row.arrived_at,
      answeredAt: row.answered_at,
      answeredBy: row.answered_by,
    }));
  }

  /** Calls whose end has not been taken in. */
  async callsOpen(): Promise<number> {
    const rows = await this.database('hotline_calls').whereNull('ended_at').select<{ id: number }[]>('id');
    return rows.length;
  }
}
