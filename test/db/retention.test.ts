import assert from 'node:assert/strict';
import { CountStore } from '../../src/consultations/count-store.js';
import { createFigures } from '../../src/figures/figures-module.js';
import { MonthKeeper } from '../../src/figures/month-keeper.js';
import { createLog } from '../../src/log.js';
import { createRetention, type RetentionModule } from '../../src/retention/retention-module.js';
import { tenantRuleKinds } from '../../src/retention/rules.js';
import type { Database } from '../../src/storage/database.js';
import { SubscriberIndex } from '../../src/subscribers/subscriber-index.js';
import { SubscriberIndexStore } from '../../src/subscribers/subscriber-index-store.js';
import { AccessLogStore } from '../../src/users/access-log-store.js';
import { onBothDatabases } from '../support/both-databases.js';
import { seedCheckin, seedStation, seedSubscriber } from '../support/builders.js';
import { columnsWith, everyRow } from '../support/stored-values.js';
import { fillMarkedTown, marks } from '../support/marked-town.js';
import { testCodec } from '../support/test-codec.js';

const codec = testCodec();
const today = new Date('2026-11-25T03:00:00Z');
const zone = 'Asia/Tokyo';
const words = Object.values(marks);

/** What still holds words of the marked town when its people are forgotten: its staff, its offices, and who looked. */
const notOfPeople = [
  'access_log.address',
  'alert_mails.name',
  'counsellors.name',
  // Begun for somebody who is not enrolled yet.
  'form_drafts.body',
  'hotline_closures.reason',
  'hotline_lines.name',
  'hotline_members.reason',
  'hotline_orders.reason',
  // To staff, who are invited.
  'mails.body',
  'mails.recipient',
  'organizations.name',
  'referral_destinations.name',
  'referral_destinations.note',
  'referral_destinations.phone',
  'station_contacts.mail',
  'station_contacts.name',
  'stations.desk_number',
  'stations.name',
  'user_sessions.device',
  'users.mail',
  'users.name',
  'wallboard_screens.name',
];

describe('what is known of people', () => {
  onBothDatabases((open) => {
    let database: Database;
    let module: RetentionModule;
    let now: Date;
    let removed: string[];
    const clock = () => now;

    beforeEach(async () => {
      database = await open();
      now = today;
      removed = [];
      module = createRetention({
        ...{ database, codec, clock, log: createLog('silent') },
        accessLog: new AccessLogStore({ database, codec }),
        removeSpooled: (file) => Promise.resolve(void removed.push(file)),
      });
    });

    async function fillTown(): Promise<void> {
      await fillMarkedTown(database, codec);
      // Who asked for help is the same as who is called.
      const { id } = await database('subscribers').orderBy('id').first<{ id: number }>('id');
      await database('consultation_persons').update({ subscriber_id: id });
    }

    /** Somebody who has nothing but a record. */
    async function somebody(): Promise<{ id: number; organizationId: number }> {
      const station = await seedStation(database, codec);
      const person = { memberNumber: marks.member, name: marks.word, kana: 'ひみつ はなこ' };
      const { subscriberId: id } = await seedSubscriber(database, codec, station, person);
      return { id, organizationId: station.organizationId };
    }

    async function places(): Promise<string[]> {
      return columnsWith(await everyRow(database, open.engine, codec), words);
    }

    async function figures(): Promise<unknown> {
      const { facts, sums, reader } = createFigures({ database, clock: () => today });
      await new MonthKeeper({ facts, sums, clock: () => today, log: createLog('silent') }).run();
      await database('monthly_figures').update({ summed_at: 0 });
      const counts = new CountStore(database);
      const tenants = await reader.tenants();
      return {
        years: await reader.year(2026),
        counts: await Promise.all(
          tenants.map(({ id }) => counts.between(id, zone, '2026-04-01', '2027-03-31')),
        ),
        months: await database('monthly_figures').orderBy(['organization_id', 'month']),
      };
    }

    const by = { userId: undefined, address: '', at: today };
    async function mark(subscriberId: number, memberNumber: string) {
      const row = await database('subscribers')
        .where({ id: subscriberId })
        .first<{ organization_id: number }>('organization_id');
      const whom = { subscriberId, organizationId: row.organization_id, timeZone: zone };
      return module.personErasure.mark(whom, { memberNumber, reason: 'byPerson' }, by);
    }
    const people = async () =>
      database('subscribers').orderBy('id').select<{ id: number; member_number: string }[]>('*');

    it('is gone from every table a week after somebody asked for it, and nothing else is', async () => {
      await fillTown();
      const other = await seedSubscriber(database, codec, await seedStation(database, codec), {
        name: '残る 人',
      });
      await seedCheckin(database, other, '2026-11-24');
      const marked = (await people()).filter(({ id }) => id !== other.subscriberId);
      assert.equal(marked.length, 2);
      const before = await figures();
      for (const { id, member_number: number } of marked)
        assert.equal((await mark(id, codec.decode(number))).kind, 'marked');
      await module.retention.run();
      const subscribers = 'subscribers.name';
      assert.ok((await places()).includes(subscribers), 'they are kept for a week');
      const othersBefore = (await everyRow(database, open.engine, codec)).get('subscribers');

      now = new Date('2026-12-02T17:30:00Z');
      const erased = await module.retention.run();
      assert.deepEqual(
        erased.map(({ kind, count }) => [kind, count]),
        [['person', 2]],
      );
      assert.deepEqual(await places(), notOfPeople);
      const told = database('mails').whereIn('id', database('alert_mails').select('mail_id'));
      assert.deepEqual(await told.distinct('body').pluck('body'), ['']);
      assert.deepEqual(removed, ['/spool/messages/back.1.wav']);
      const voices = await database('voice_files').select<{ delete_at: number }[]>('delete_at');
      assert.ok(voices.length > 0 && voices.every(({ delete_at: at }) => at <= now.getTime()));
      const people2 = (await everyRow(database, open.engine, codec)).get('subscribers');
      const ofOther = (rows: typeof people2) => rows?.find(({ id }) => id === other.subscriberId);
      assert.deepEqual(ofOther(people2), ofOther(othersBefore));
      assert.deepEqual(await withWithdrawals(before), await withWithdrawals(await figures()));
      assert.deepEqual(await module.retention.run(), [], 'twice is once');
      const log = await database('erasures').select<{ kind: string; count: number; cause: string }[]>(
        ...['kind', 'count', 'cause'],
      );
      assert.deepEqual(
        log.map((row) => ({ ...row })),
        [{ kind: 'person', count: 2, cause: 'request' }],
      );
    });

    /** To be withdrawn is what the figures do tell of them. */
    function withWithdrawals(of: unknown): unknown {
      return JSON.parse(
        JSON.stringify(of, (key, value: unknown) =>
          ['withdrawals', 'active', 'summed_at'].includes(key) ? undefined : value,
        ),
      );
    }

    it('is found by nobody who searches, once it is gone', async () => {
      const { id, organizationId } = await somebody();
      const index = new SubscriberIndex({
        store: new SubscriberIndexStore({ database, codec }),
        clock,
        log: createLog('silent'),
      });
      const search = () =>
        index.search(organizationId, { text: 'ひみつ はなこ', limit: 5, includeWithdrawn: true });
      assert.equal((await search()).found, 1);
      await mark(id, marks.member);
      now = new Date('2026-12-02T17:30:00Z');
      await module.retention.run();
      now = new Date(now.getTime() + 3000);
      assert.equal((await search()).found, 0);
      index.close();
      assert.deepEqual((await module.personErasure.stateOf(id)).state, 'erased');
      assert.equal((await mark(id, marks.member)).kind, 'notFound');
    });

    it('stays when the wrong member number is typed, or it is taken back in time', async () => {
      const first = await somebody();
      const before = await places();
      assert.equal((await mark(first.id, '0000')).kind, 'wrongMemberNumber');
      assert.equal((await mark(first.id, marks.member)).kind, 'marked');
      assert.equal((await mark(first.id, marks.member)).kind, 'marked');
      assert.equal((await database('erasure_requests')).length, 1, 'asked twice, it is one request');
      const withdrawn = () =>
        database('subscribers')
          .where({ id: first.id })
          .first<{ withdrawn_on: string | null }>('withdrawn_on');
      assert.equal((await withdrawn()).withdrawn_on, '2026-11-25');
      assert.equal(await module.personErasure.takeBack(first.id, by), true);
      assert.equal(await module.personErasure.takeBack(first.id, by), false);
      assert.equal((await withdrawn()).withdrawn_on, null);
      now = new Date('2026-12-12T17:30:00Z');
      assert.deepEqual(await module.retention.run(), []);
      assert.deepEqual(await places(), before);
    });

    it('stays when they came back before the week was over', async () => {
      const first = await somebody();
      await mark(first.id, marks.member);
      await database('subscribers').where({ id: first.id }).update({ withdrawn_on: null });
      now = new Date('2026-12-12T17:30:00Z');
      assert.deepEqual(await module.retention.run(), []);
      assert.equal((await module.personErasure.stateOf(first.id)).state, 'none');
    });

    it('goes by the rules when its time is over, in any number of tries, and the figures stay', async () => {
      await fillTown();
      await database('subscribers').update({ withdrawn_on: '2026-11-25' });
      await database('check_in_plans').update({ ended_on: '2026-11-25' });
      await database('attempts').update({ state: 'ended', busy_number: null });
      await database('consultation_cases').update({ state: 'closed', closed_at: today.getTime() });
      await database('hotline_calls').update({ ended_at: today.getTime() });
      await database('hotline_tasks').update({ state: 'done', settled_at: today.getTime() });
      await database('mails').update({ state: 'sent', settled_at: today.getTime() });
      const before = await figures();
      assert.deepEqual(
        (await module.retention.run()).map(({ kind }) => kind),
        [],
        'nothing is old enough',
      );
      now = new Date('2040-04-02T17:30:00Z');
      const preview = await module.retention.preview({ id: 1, timeZone: zone });
      for (const kind of tenantRuleKinds)
        assert.ok(
          preview.some((one) => one.kind === kind && one.count > 0),
          kind,
        );
      const erased = await module.retention.runFor({ id: 1, timeZone: zone });
      assert.deepEqual(
        erased.map(({ kind, count }) => [kind, count]),
        preview.filter(({ count }) => count > 0).map(({ kind, count }) => [kind, count]),
      );
      await module.retention.run();
      const left = await places();
      const gone = ['alert_mails.name', 'mails.body', 'mails.recipient'];
      assert.deepEqual(
        left,
        notOfPeople.filter((one) => !gone.includes(one)),
      );
      assert.equal((await database('keys_pressed')).length, 0);
      assert.equal((await database('attempts')).length, 0);
      assert.deepEqual(await figures(), before);
      assert.deepEqual(await module.retention.run(), [], 'twice is once');
    });

    it('is kept as long as the tenant says, and who says so is written down', async () => {
      const rule = { kind: 'checkInDays', months: 36, version: 0 } as const;
      const { organizationId } = await somebody();
      const change = () => module.rules.change(organizationId, rule, by);
      assert.deepEqual(await change(), { kind: 'changed', version: 1 });
      assert.deepEqual(await change(), { kind: 'changedMeanwhile' });
      const after = (await module.rules.of(organizationId)).find(({ kind }) => kind === 'checkInDays');
      assert.deepEqual({ ...after }, { kind: 'checkInDays', months: 36, version: 1 });
      const [entry] = await new AccessLogStore({ database, codec }).list(organizationId, 1);
      assert.deepEqual(
        [entry?.subject, entry?.detail, entry?.changes],
        ['retention', 'retention.checkInDays', [{ field: 'months', from: 24, to: 36 }]],
      );
      assert.deepEqual(await module.rules.change(organizationId, { ...rule, kind: 'mails' }, by), {
        kind: 'noSuch',
      });
    });
  });
});
