import type { CardDraft } from '../../src/consultations/card-fields.js';
import { CounsellorStore } from '../../src/hotline/counsellor-store.js';
import type { HotlineTask } from '../../src/hotline/hotline-task.js';
import { LineStore } from '../../src/hotline/line-store.js';
import type { Database } from '../../src/storage/database.js';
import type { PersonalDataCodec } from '../../src/storage/personal-data.js';
import { consultationParts } from './consultation-builders.js';
import { leaveMessage } from './left-message.js';
import {
  counsellorNames,
  destinations,
  mainCard,
  monthCards,
  pastResults,
  supportNotes,
} from './month-hotline-data.js';

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

interface Place {
  database: Database;
  environment: Record<string, string>;
  codec: PersonalDataCodec;
  organizationId: number;
  now: Date;
}

export interface MonthHotline {
  lineId: number;
  /** In the order of their extensions, from 101 on. */
  counsellorIds: number[];
  /** The card that is being written on, and the case that it belongs to. */
  cardId: number;
  caseId: number;
}

/** A line that is open each day from nine to five, unless other hours are given, and who answers it. */
export async function addHotline(
  { database, codec, organizationId, now }: Place,
  hours = { from: '09:00', until: '17:00' },
): Promise<{ lineId: number; counsellorIds: number[] }> {
  const line = {
    ...{ organizationId, name: '居住支援ほっとライン', shownNumber: '0473900117', slot: 1 },
    ...{ week: Array.from({ length: 7 }, () => [hours]), closedOnHolidays: false, closedAtYearEnd: false },
  };
  const { id: lineId } = await new LineStore(database).add({ ...line, numbers: ['0120386117'] }, now);
  const counsellors = new CounsellorStore({ database, codec });
  const counsellorIds: number[] = [];
  for (const [index, name] of counsellorNames.entries()) {
    const own = { organizationId, name, extension: String(101 + index), lineIds: [lineId] };
    counsellorIds.push(await counsellors.add({ ...own, supervises: index === 3 }, now));
  }
  return { lineId, counsellorIds };
}

/** A month of calls, cards and tasks at that line. */
export async function fillHotline(
  place: Place & { lineId: number; counsellorIds: number[] },
): Promise<MonthHotline> {
  await writeCalls(place);
  await writeTasks(place);
  const { lineId, counsellorIds } = place;
  return { lineId, counsellorIds, ...(await writeCards(place)) };
}

async function writeCalls({ database, codec, now, lineId }: Place & { lineId: number }): Promise<void> {
  const calls: object[] = [];
  for (let daysAgo = 30; daysAgo >= 0; daysAgo--) {
    const counted = daysAgo === 0 ? 5 : 6 + ((daysAgo * 5) % 7);
    for (let n = 0; n < counted; n++) {
      const seed = daysAgo * 31 + n * 17;
      const arrived = now.getTime() - daysAgo * day - 8 * minute - ((seed * 7) % 50) * minute;
      const result = pastResults[seed % pastResults.length] ?? 'answered';
      const joined = arrived + 21_000;
      const left = joined + (6 + (seed % 5) * 9) * 1000;
      const answered = result === 'answered' ? left : null;
      const number = `04739${String(30_000 + ((seed * 13) % 900))}`;
      calls.push({
        ...{ pbx_id: 'pbx1', call_id: `month.${daysAgo}.${n}`, line_id: lineId, direction: 'incoming' },
        ...{ number: codec.encode(number), number_lookup: codec.lookup('number', number) },
        ...{ stage: answered ? 'talk' : result === 'message' ? 'message' : 'queue', result },
        ...{ arrived_at: arrived, joined_at: joined, left_queue_at: left, answered_at: answered },
        ended_at: left + (answered ? (4 + (seed % 9)) * minute : 20_000),
        answered_by: answered ? String(101 + (seed % 3)) : null,
      });
    }
  }
  await database.batchInsert('hotline_calls', calls, 100);
}

async function writeTasks(place: Place & { lineId: number; counsellorIds: number[] }): Promise<void> {
  const { database, codec, now, organizationId, lineId, counsellorIds } = place;
  const open: { kind: HotlineTask['kind']; number: string; minutesAgo: number; owner?: number }[] = [
    { kind: 'callBack', number: '0473901105', minutesAgo: 75 },
    { kind: 'callBack', number: '09055550142', minutesAgo: 34 },
    { kind: 'callBack', number: '0473905177', minutesAgo: 12, owner: counsellorIds[1] ?? 0 },
  ];
  for (const [index, { kind, number, minutesAgo, owner }] of open.entries()) {
    const at = now.getTime() - minutesAgo * minute;
    await database('hotline_tasks').insert({
      ...{ organization_id: organizationId, line_id: lineId, kind, pbx_id: 'pbx1' },
      ...{ call_id: `asked.${index}`, number: codec.encode(number), note: codec.encode('') },
      ...{ number_lookup: codec.lookup('number', number), place_at: at, due_at: at + hour, created_at: at },
      ...(owner !== undefined && { state: 'taken', owner_id: owner }),
    });
  }
  for (const [index, number] of ['0473906188', '08055550163'].entries())
    await leaveMessage(place, {
      ...{ organizationId, lineId, number, callId: `left.${index}` },
      at: new Date(now.getTime() - (50 - index * 30) * minute),
    });
}

async function writeCards(
  place: Place & { counsellorIds: number[] },
): Promise<{ cardId: number; caseId: number }> {
  const { database, codec, organizationId, now, counsellorIds } = place;
  const parts = consultationParts(database, codec);
  const counsellorOf = (index: number): number => counsellorIds[index % 3] ?? 0;
  const write = async (draft: CardDraft, by: number, at: Date): Promise<number> => {
    const start = { channel: 'phone', receivedAt: at, receivedBy: by, content: {}, now: at } as const;
    const added = await parts.cards.add(organizationId, start);
    if (added.kind !== 'added') throw new Error(added.kind);
    const saved = await parts.cards.saveDraft(organizationId, added.id, draft, { version: 1, by, now: at });
    if (saved.kind !== 'saved') throw new Error(JSON.stringify(saved));
    return added.id;
  };
  for (const [index, { daysAgo, draft }] of monthCards.entries()) {
    const [by, at] = [counsellorOf(index), new Date(now.getTime() - daysAgo * day - index * 7 * minute)];
    const id = await write(draft, by, at);
    const done = await parts.cards.finish(organizationId, id, { version: 2, by, now: at });
    if (done.kind !== 'saved') throw new Error(JSON.stringify(done));
  }
  const by = counsellorOf(0);
  const cardId = await write(mainCard, by, new Date(now.getTime() - 6 * minute));
  const places: number[] = [];
  for (const one of destinations) places.push(await parts.referrals.addDestination(organizationId, one, now));
  const longAgo = new Date(now.getTime() - 12 * day);
  const title = '立退きと転居先さがし';
  const caseId = await parts.cases.takeCard(organizationId, cardId, { title }, longAgo);
  if (typeof caseId !== 'number') throw new Error(JSON.stringify(caseId));
  for (const { daysAgo, kind, minutes, note } of supportNotes) {
    const startedAt = new Date(now.getTime() - daysAgo * day);
    const action = { kind, category: 'preMoveIn', informationOnly: false, workerId: by } as const;
    await parts.support.addAction(organizationId, caseId, { ...action, startedAt, minutes, note }, startedAt);
  }
  const dayOf = (days: number): string => new Date(now.getTime() + days * day).toISOString().slice(0, 10);
  const referral = { told: '高齢の方の転居先さがし。家賃4万円台、1階を希望。', consent: 'spoken' } as const;
  await parts.referrals.add(
    organizationId,
    caseId,
    {
      ...{ ...referral, destinationId: places[2] ?? 0, askedBy: by },
      ...{ askedOn: dayOf(-5), answerDueOn: dayOf(2) },
    },
    now,
  );
  return { cardId, caseId };
}
