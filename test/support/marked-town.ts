import assert from 'node:assert/strict';
import { CallInStore } from '../../src/checkins/call-in-store.js';
import { AttemptStore } from '../../src/checkins/attempt-store.js';
import { ClaimStore } from '../../src/checkins/claim-store.js';
import type { CardDraft } from '../../src/consultations/card-fields.js';
import { enrolmentFields } from '../../src/consultations/enrolment-fields.js';
import { CounsellorStore } from '../../src/hotline/counsellor-store.js';
import { HotlineCallStore } from '../../src/hotline/hotline-call-store.js';
import { LineStore } from '../../src/hotline/line-store.js';
import { MemberStore } from '../../src/hotline/member-store.js';
import { OrderStore } from '../../src/hotline/order-store.js';
import { TaskStore } from '../../src/hotline/task-store.js';
import { OrganizationStore } from '../../src/organizations/organization-store.js';
import type { Database } from '../../src/storage/database.js';
import type { PersonalDataCodec } from '../../src/storage/personal-data.js';
import { WriteGroup } from '../../src/storage/write-group.js';
import { compareImport } from '../../src/subscribers/import/import-difference.js';
import { parseCsv } from '../../src/subscribers/import/csv-text.js';
import { readSubscribers } from '../../src/subscribers/import/read-subscribers.js';
import { PauseStore } from '../../src/subscribers/pause-store.js';
import { SubscriberStore } from '../../src/subscribers/subscriber-store.js';
import { TestCallStore } from '../../src/test-calls/test-call-store.js';
import { createNoteChange } from '../../src/users/change-log.js';
import { ScreenStore } from '../../src/wallboard/screen-store.js';
import { passedOnStories } from '../hotline/passed-on-stories.js';
import { number as storyNumber } from '../hotline/story-lines.js';
import { waitingStories } from '../hotline/waiting-stories.js';
import { fillRecords } from './marked-people.js';
import { seedCheckin } from './builders.js';
import { consultationParts } from './consultation-builders.js';
import { openForAll } from './hotline-builders.js';
import { openLogins } from './logins.js';
import { fillDesk } from './marked-desk.js';
import { jst, readLines } from './queue-log-text.js';

/** In every text about people that the town is filled with. */
export const marks = {
  word: '秘密',
  kana: 'ひみつ',
  number: '0473991199',
  birthDate: '1939-09-09',
  member: '99119911',
  mail: 'himitsu@example.jp',
  address: '192.0.2.119',
};

const now = jst('12:00:00');
const { word, kana, number } = marks;

interface Town {
  database: Database;
  codec: PersonalDataCodec;
  organizationId: number;
  stationId: number;
  lineId: number;
  counsellorId: number;
}

/** Fills every table that holds anything about people, as the service and its commands do. */
export async function fillMarkedTown(database: Database, codec: PersonalDataCodec): Promise<void> {
  const organizations = new OrganizationStore(database);
  const organizationId = await organizations.add({ kind: 'municipality', name: `${word}市` }, now);
  const stationId = await organizations.addStation({ organizationId, name: `${word}ステーション` }, now);
  const line = { organizationId, name: `${word}ライン`, shownNumber: '0473661111', slot: 1 };
  const { id: lineId } = await new LineStore(database).add(line, now);
  await new LineStore(database).close(lineId, {
    ...{ fromOn: '2026-12-29', untilOn: '2026-12-30' },
    reason: `${word}の停電`,
  });
  const counsellors = new CounsellorStore({ database, codec });
  const person = { organizationId, name: `${word} 相談員`, extension: '201', lineIds: [lineId] };
  const counsellorId = await counsellors.add(person, now);
  const town = { database, codec, organizationId, stationId, lineId, counsellorId };
  await fillCheckIns(town);
  await fillHotline(town);
  await fillConsultations(town);
  await fillUsers(town);
  await fillDesk(town, marks, now);
}

async function fillCheckIns({ database, codec, organizationId, stationId }: Town): Promise<void> {
  const reading = parseCsv(
    [
      '会員番号,氏名,ふりがな,生年月日,電話番号1,電話番号2,曜日,時刻,備考',
      `${marks.member},${word} 花子,${kana} はなこ,${marks.birthDate},${number},090-9119-9119,毎日,9:00,${word}の持病`,
    ].join('\n'),
  );
  assert.ok(reading.ok);
  const { rows, present, errors } = readSubscribers(reading.table, { today: '2026-11-24' });
  assert.deepEqual(errors, []);
  const store = new SubscriberStore({ database, codec });
  await store.applyImport(stationId, compareImport(rows, new Map(), present), now);
  const pause = { fromOn: '2026-12-01', untilOn: '2026-12-08', reason: `${word}病院に入院` };
  assert.ok(await new PauseStore({ database, codec }).add(stationId, marks.member, pause, now));

  const { id: planId, subscriber_id: subscriberId } = await database('check_in_plans').first<{
    id: number;
    subscriber_id: number;
  }>('id', 'subscriber_id');
  await seedCheckin(database, { organizationId, stationId, subscriberId, planId }, '2026-11-24');
  const writes = new WriteGroup(database);
  const claims = new ClaimStore({ database, codec, writes });
  const at = jst('09:00:10');
  const [due] = await claims.findDue(organizationId, at, '2026-11-24', 1);
  assert.ok(due);
  const claimed = await claims.claim(
    due,
    { attemptId: 'marked-1', pbxId: 'pbx1', notCalledSince: new Date(0) },
    at,
  );
  assert.ok(typeof claimed !== 'string');
  assert.equal(claimed.number, number);
  const attempts = new AttemptStore({ database, codec, writes });
  assert.equal((await attempts.findOpen('pbx1'))[0]?.number, number);
  const callIn = { callId: 'back.1', number, calledAt: now, messageFile: '/spool/messages/back.1.wav' };
  await new CallInStore({ database, codec }).keep('pbx1', callIn);
}

async function fillHotline({ database, codec, organizationId, counsellorId }: Town): Promise<void> {
  const stores = { database, codec, hoursOf: openForAll };
  const calls = new HotlineCallStore(stores);
  const stories = [
    waitingStories['waits too long and leaves a message'],
    passedOnStories['is passed on to a number outside'],
  ];
  let from: { fileId: string; position: number } | undefined;
  for (const [index, story] of stories.entries()) {
    const lines = (story?.lines ?? []).map((text) =>
      // Each call has an id of its own.
      text
        .replaceAll(storyNumber, number)
        .replaceAll('0312345678', number)
        .replaceAll('1795482000.11', `1795482000.${index + 1}1`),
    );
    const to = { fileId: 'a', position: (index + 1) * 1000 };
    await calls.apply({ pbxId: 'pbx1', lines: readLines(lines), from, to }, now);
    from = to;
  }
  const tasks = new TaskStore(stores);
  const [task] = await tasks.unsettled();
  assert.equal(task?.number, number);
  await tasks.take(task.id, counsellorId);
  await tasks.done(task.id, counsellorId, `${word}の用件`, now);
  const order = { organizationId, orderedBy: '201', what: 'pause', extension: '201' } as const;
  await new OrderStore(database).begin({ ...order, reason: `${word}の休憩` }, now);
  const member = { extension: '201', slot: 1, paused: true, reason: `${word}の休憩` };
  await new MemberStore({ database, pbxId: 'pbx1' }).remember([member]);
  const screens = new ScreenStore(database);
  const screen = {
    codeHash: 'c',
    tokenHash: 't',
    codeUntil: new Date(now.getTime() + 60_000),
    mostWaiting: 9,
  };
  await screens.begin(screen, now);
  assert.ok(await screens.pair('c', organizationId, `${word}の間のテレビ`, now));
}

async function fillConsultations({ database, codec, ...town }: Town): Promise<void> {
  const { organizationId, stationId, lineId, counsellorId: by } = town;
  const parts = consultationParts(database, codec);
  const call = { pbxId: 'pbx1', callId: '1795482000.21', lineId, number, extension: '201', at: now };
  const { card } = await parts.opener.open(call);
  const draft: CardDraft = {
    principal: {
      ...{ name: `${word} 太郎`, kana: `${kana} たろう`, birthDate: marks.birthDate, mail: marks.mail },
      ...{ address: `${word}町1-2`, phones: [number, '09091199119'], note: `${word}のメモ` },
    },
    visitor: { name: `${word} 次郎`, relationship: `${word}の長男` },
    ...{ triage: 'standard', mainTrouble: 'eviction', freeText: `${word}の相談` },
  };
  const save = { by, now };
  const saved = await parts.cards.saveDraft(organizationId, card.id, draft, {
    ...save,
    version: card.version,
  });
  assert.equal(saved.kind, 'saved');
  const finished = await parts.cards.finish(organizationId, card.id, { ...save, version: card.version + 1 });
  assert.equal(finished.kind, 'saved');
  const caseId = await parts.cases.takeCard(organizationId, card.id, { title: `${word}の立退き` }, now);
  assert.ok(typeof caseId === 'number');
  const action = {
    ...({ kind: 'visit', category: 'preMoveIn', informationOnly: false, workerId: by } as const),
    ...{ startedAt: now, minutes: 30, note: `${word}の訪問` },
  };
  assert.equal((await parts.support.addAction(organizationId, caseId, action, now)).kind, 'added');
  const destination = { name: `${word}センター`, kind: 'selfReliance', phone: number } as const;
  const destinationId = await parts.referrals.addDestination(
    organizationId,
    { ...destination, note: `担当は${word}さん` },
    now,
  );
  const referral = await parts.referrals.add(
    organizationId,
    caseId,
    { destinationId, told: `${word}の事情`, consent: 'spoken', askedOn: '2026-11-24', askedBy: by },
    now,
  );
  assert.ok(referral.kind === 'added');
  const answer = { result: 'accepted', answeredOn: '2026-11-30', answer: `${word}の面談` } as const;
  assert.ok(await parts.referrals.answer(organizationId, referral.id, answer));
  const lease = { signedOn: '2026-11-30', address: `${word}町3-4`, landlord: word, note: word };
  assert.equal((await parts.support.addLease(organizationId, caseId, lease, now)).kind, 'added');
  const enrolment = enrolmentFields.parse({
    ...{ by, stationId, memberNumber: '99119912', plan: { kind: 'daily', time: '10:00' } },
    ...{ name: `${word} 太郎`, kana: `${kana} たろう`, phones: [{ number }], notes: word },
  });
  const { card: other } = await parts.opener.open({ ...call, callId: 'other.1', number: '' });
  assert.equal((await parts.enrolments.enrol(organizationId, other.id, enrolment, now)).kind, 'enrolled');
  const { id: voiceId } = await database('voice_files').first<{ id: number }>('id');
  await parts.voices.addListening(voiceId, by, `${word}の確認`, now);
}

async function fillUsers({ database, codec, organizationId, counsellorId }: Town): Promise<void> {
  const logins = await openLogins({ given: database, codec });
  const { users } = logins;
  const userId = await logins.join({
    ...{ name: `${word} 職員`, mail: marks.mail, role: 'supervisor' },
    ...{ organizationId, counsellorId },
  });
  await logins.giveTotp(userId);
  const user = await users.users.find(userId);
  assert.ok(user);
  await users.account.proposeTotp(user);
  await users.sessions.begin(userId, 'full', `${word}ブラウザー`);
  const from = { address: marks.address, device: `${word}ブラウザー` };
  await users.signIn.withPassword(marks.mail, 'ちがう合言葉', from);
  const looked = { subject: 'card', subjectId: 1, organizationId } as const;
  await users.recordLook(userId, 'card.see', looked, `${word}の確認`);
  const testCalls = new TestCallStore({ database, codec, note: createNoteChange(users.accessLog) });
  const by = { userId, address: marks.address, at: now };
  assert.equal((await testCalls.begin({ key: 'one press', number }, by)).kind, 'begun');
  await fillRecords({ database, codec }, { word, number, userId });
}
