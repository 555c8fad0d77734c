import assert from 'node:assert/strict';
import { CountStore } from '../../src/consultations/count-store.js';
import { createFigures } from '../../src/figures/figures-module.js';
import { MonthKeeper } from '../../src/figures/month-keeper.js';
import { createLog } from '../../src/log.js';
import { tenantRuleKinds } from '../../src/retention/rules.js';
import type { Database } from '../../src/storage/database.js';
import { onBothDatabases } from '../support/both-databases.js';
import { seedCheckin, seedStation, seedSubscriber } from '../support/builders.js';
import { askedAt, Forgetting, nightAfter } from '../support/forgetting.js';
import { fillMarkedTown, marks } from '../support/marked-town.js';
import { columnsWith, everyRow } from '../support/stored-values.js';
import { testCodec } from '../support/test-codec.js';

const codec = testCodec();
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

describe('what is known of the people of a town', () => {
  onBothDatabases((open) => {
    let database: Database;
    let forgetting: Forgetting;
    beforeEach(async function () {
      // A whole town is written.
      this.timeout(60_000);
      database = await open();
      forgetting = new Forgetting(database);
      await fillMarkedTown(database, codec);
      // Who asked for help is the same as who is called.
      const { id } = await database('subscribers').orderBy('id').first<{ id: number }>('id');
      await database('consultation_persons').update({ subscriber_id: id });
    });

    async function places(): Promise<string[]> {
      return columnsWith(await everyRow(database, open.engine, codec), words);
    }

    async function figures(): Promise<unknown> {
      const { facts, sums, reader } = createFigures({ database, clock: () => askedAt });
      await new MonthKeeper({ facts, sums, clock: () => askedAt, log: createLog('silent') }).run();
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

    const people = async () =>
      database('subscribers').orderBy('id').select<{ id: number; member_number: string }[]>('*');

    it('is gone from every table a week after somebody asked for it, and nothing else is', async () => {
      const other = await seedSubscriber(database, codec, await seedStation(database, codec), {
        name: '残る 人',
      });
      await seedCheckin(database, other, '2026-11-24');
      const marked = (await people()).filter(({ id }) => id !== other.subscriberId);
      assert.equal(marked.length, 2);
      const before = await figures();
      for (const { id, member_number: number } of marked)
        assert.equal((await forgetting.mark(id, codec.decode(number))).kind, 'marked');
      await forgetting.run();
      const subscribers = 'subscribers.name';
      assert.ok((await places()).includes(subscribers), 'they are kept for a week');
      const ofOther = async () =>
        [...(await everyRow(database, open.engine, codec))].map(([table, rows]) =>
          rows.filter((row) => row[table === 'subscribers' ? 'id' : 'subscriber_id'] === other.subscriberId),
        );
      const othersBefore = await ofOther();

      forgetting.now = nightAfter;
      // One of them left a message: broken off in between, it is gone on with the next time.
      forgetting.spoolIsBroken = true;
      assert.deepEqual(await forgetting.run(), [['person', 1]]);
      forgetting.spoolIsBroken = false;
      assert.deepEqual(await forgetting.run(), [['person', 1]]);
      assert.deepEqual(await places(), notOfPeople);
      const told = database('mails').whereIn('id', database('alert_mails').select('mail_id'));
      assert.deepEqual(await told.distinct('body').pluck('body'), ['']);
      assert.deepEqual(forgetting.removed, ['/spool/messages/back.1.wav']);
      const voices = await database('voice_files').select<{ delete_at: number }[]>('delete_at');
      assert.ok(voices.length > 0 && voices.every(({ delete_at: at }) => at <= forgetting.now.getTime()));
      assert.deepEqual(await ofOther(), othersBefore);
      assert.deepEqual(await withWithdrawals(before), await withWithdrawals(await figures()));
      assert.deepEqual(await forgetting.run(), [], 'twice is once');
      const log = await database('erasures').select<{ kind: string; count: number; cause: string }[]>(
        ...['kind', 'count', 'cause'],
      );
      assert.deepEqual(
        log.map((row) => ({ ...row })),
        [1, 1].map((count) => ({ kind: 'person', count, cause: 'request' })),
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

    it('goes by the rules when its time is over, in any number of tries, and the figures stay', async () => {
      await database('subscribers').update({ withdrawn_on: '2026-11-25' });
      await database('check_in_plans').update({ ended_on: '2026-11-25' });
      await database('attempts').update({ state: 'ended', busy_number: null });
      await database('consultation_cases').update({ state: 'closed', closed_at: askedAt.getTime() });
      await database('hotline_calls').update({ ended_at: askedAt.getTime() });
      await database('hotline_tasks').update({ state: 'done', settled_at: askedAt.getTime() });
      await database('mails').update({ state: 'sent', settled_at: askedAt.getTime() });
      const before = await figures();
      assert.deepEqual(
        (await forgetting.run()).map(([kind]) => kind),
        [],
        'nothing is old enough',
      );
      forgetting.now = new Date('2040-04-02T17:30:00Z');
      const preview = await forgetting.module.retention.preview({ id: 1, timeZone: zone });
      for (const kind of tenantRuleKinds)
        assert.ok(
          preview.some((one) => one.kind === kind && one.count > 0),
          kind,
        );
      const erased = await forgetting.module.retention.runFor({ id: 1, timeZone: zone });
      assert.deepEqual(
        erased.map(({ kind, count }) => [kind, count]),
        preview.filter(({ count }) => count > 0).map(({ kind, count }) => [kind, count]),
      );
      await forgetting.run();
      const left = await places();
      const gone = ['alert_mails.name', 'mails.body', 'mails.recipient'];
      assert.deepEqual(
        left,
        notOfPeople.filter((one) => !gone.includes(one)),
      );
      assert.equal((await database('keys_pressed')).length, 0);
      assert.equal((await database('attempts')).length, 0);
      assert.deepEqual(await figures(), before);
      assert.deepEqual(await forgetting.run(), [], 'twice is once');
    });
  });
});
