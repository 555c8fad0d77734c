import { CounsellorStore } from '../hotline/counsellor-store.js';
import { LineStore } from '../hotline/line-store.js';
import type { PhoneAccount } from '../hotline/phone-accounts.js';
import type { Week } from '../hotline/opening-hours.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { stageHotlineNumbers } from '../testbed/stage.js';

/** At any hour of any day: the demo is not only for office hours. */
const always: Week = Array.from({ length: 7 }, () => [{ from: '00:00', until: '24:00' }]);

export const hotlineSlot = 1;
/** Three who end a talk by themselves, and one who talks for as long as the caller wants. */
export const quickExtensions = ['101', '102', '103'] as const;
export const patientExtension = '104';
export const supervisingExtension = patientExtension;
const names = ['相談 一郎', '相談 二葉', '相談 三重', '相談 四季'];

/** Adds the hotline with its counsellors to the demo's organization. */
export async function fillHotline(
  database: Database,
  codec: PersonalDataCodec,
  organizationId: number,
  now: Date,
): Promise<void> {
  const [free, ordinary] = stageHotlineNumbers;
  const lines = new LineStore(database);
  const line = await lines.add(
    {
      organizationId,
      name: '見守り相談',
      shownNumber: ordinary,
      slot: hotlineSlot,
      week: always,
      closedOnHolidays: false,
      closedAtYearEnd: false,
      maxWaitSeconds: 15,
      numbers: [free, ordinary],
    },
    now,
  );
  const counsellors = new CounsellorStore({ database, codec });
  for (const [index, extension] of [...quickExtensions, patientExtension].entries()) {
    const supervises = extension === supervisingExtension;
    await counsellors.add(
      { organizationId, name: names[index] ?? '', extension, lineIds: [line.id], supervises },
      now,
    );
  }
}

/** What their phones register with. */
export function phoneAccounts(database: Database, codec: PersonalDataCodec): Promise<PhoneAccount[]> {
  return new CounsellorStore({ database, codec }).accounts();
}
