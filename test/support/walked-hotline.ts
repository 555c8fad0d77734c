import { CardSearchStore } from '../../src/consultations/card-search-store.js';
import { CallListStore } from '../../src/hotline/call-list-store.js';
import { DeskStore } from '../../src/hotline/desk-store.js';
import { KpiStore } from '../../src/hotline/kpi-store.js';
import { TaskStore } from '../../src/hotline/task-store.js';
import type { HotdeskSource } from '../../src/http/hotdesk-router.js';
import type { HttpServerOptions } from '../../src/http/server.js';
import type { Database } from '../../src/storage/database.js';
import { answeredAt, consultationParts } from './consultation-builders.js';
import { openForAll } from './hotline-builders.js';
import { codec, type Logins } from './logins.js';

const done = () => Promise.resolve('done' as const);
export const hotlineNumber = '0473999999';

/** A hotline whose exchange does everything, and which one organization has. */
export function hotlineOver(database: Database, organizationId: number): HttpServerOptions['hotline'] {
  const counsellor = {
    ...{ extension: '101', name: '秘密 相談', state: 'free' as const, since: null, reason: '' },
    ...{ lineIds: [], callId: null },
  };
  return {
    orders: {
      ...{ logIn: done, logOut: done, pause: done, resume: done },
      ...{ pullForward: done, listenIn: done, callBack: done },
    },
    picture: (id) => ({
      ...{ asOf: '', heard: true, lines: [] },
      counsellors: id === organizationId ? [counsellor] : [],
    }),
    organizationIds: () => [organizationId],
    tasks: new TaskStore({ database, codec, hoursOf: openForAll }),
    calls: new CallListStore({ database, codec }),
    kpis: new KpiStore({ database, wrapUpSeconds: 0 }),
  };
}

/** What the hotline's pages ask for besides. */
export function hotdeskOver({ database, users }: Pick<Logins, 'database' | 'users'>): HotdeskSource {
  const stored = { database, codec };
  const { places, recordLook } = users;
  return { desks: new DeskStore(stored), search: new CardSearchStore(stored), places, recordLook };
}

/** One of everything that a hotline and its consultations have; gives their ids by the parameters of addresses. */
export async function seedHotline(
  database: Database,
  { organizationId, counsellorId }: { organizationId: number; counsellorId: number },
): Promise<Record<string, number>> {
  const at = answeredAt.getTime();
  const insert = async (table: string, row: object): Promise<number> => {
    const [id = 0]: number[] = await database(table).insert(row);
    return id;
  };
  const lineId = await insert('hotline_lines', {
    organization_id: organizationId,
    ...{ slot: 32, name: '秘密の相談', shown_number: '0471234567', created_at: at },
    week: JSON.stringify([[], [], [], [], [], [], []]),
  });
  const call = { pbx_id: 'pbx1', call_id: 'a.1' };
  const stored = { ...call, line_id: lineId, number: codec.encode(hotlineNumber), number_lookup: 'x' };
  await insert('hotline_calls', { ...stored, direction: 'incoming', stage: 'left', arrived_at: at });
  const taskId = await insert('hotline_tasks', {
    ...{ ...stored, organization_id: organizationId, kind: 'callBack', note: '' },
    ...{ place_at: at, due_at: at, created_at: at },
  });
  const recording = { ...call, line_id: lineId, spool_file: '', created_at: at, delete_at: at };
  const voiceId = await insert('voice_files', { ...recording, kind: 'recording' });
  const messageId = await insert('voice_files', { ...recording, kind: 'message' });

  const { cards, cases, support, referrals } = consultationParts(database, codec);
  const cardId = await cards.openForCall(
    organizationId,
    { pbxId: 'pbx1', callId: 'a.1' },
    {
      ...{ channel: 'phone', receivedAt: answeredAt, receivedBy: counsellorId, now: answeredAt },
      content: { freeText: '秘密', principal: { name: '秘密 三郎', phones: [hotlineNumber] } },
    },
  );
  const caseId = await cases.add(organizationId, '秘密の件', answeredAt);
  const personId = await cases.putPerson(
    organizationId,
    caseId,
    { role: 'principal', relationship: '', person: { name: '秘密 三郎' } },
    answeredAt,
  );
  const lease = { signedOn: '2026-12-10', address: '秘密町', landlord: '', note: '' };
  const leased = await support.addLease(organizationId, caseId, lease, answeredAt);
  const destinationId = await referrals.addDestination(
    organizationId,
    { name: '秘密センター', kind: 'other', phone: '', note: '' },
    answeredAt,
  );
  const referral = {
    ...{
      destinationId,
      told: '秘密',
      consent: 'spoken' as const,
      askedOn: '2026-11-25',
      askedBy: counsellorId,
    },
  };
  const referred = await referrals.add(organizationId, caseId, referral, answeredAt);
  if (leased.kind !== 'added' || referred.kind !== 'added' || typeof personId !== 'number')
    throw new Error('not all could be written');
  return {
    'lines/:id': lineId,
    'tasks/:id': taskId,
    'cards/:cardId': cardId,
    'cases/:caseId': caseId,
    'persons/:personId': personId,
    'leases/:leaseId': leased.id,
    'referral-destinations/:destinationId': destinationId,
    'referrals/:referralId': referred.id,
    'voice/:voiceId': voiceId,
    'messages/:voiceId': messageId,
  };
}
