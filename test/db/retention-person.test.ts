import assert from 'node:assert/strict';
import { CountStore } from '../../src/consultations/count-store.js';
import { createLog } from '../../src/log.js';
import type { Database } from '../../src/storage/database.js';
import { SubscriberIndex } from '../../src/subscribers/subscriber-index.js';
import { SubscriberIndexStore } from '../../src/subscribers/subscriber-index-store.js';
import { AccessLogStore } from '../../src/users/access-log-store.js';
import { onBothDatabases } from '../support/both-databases.js';
import { seedSubscriber } from '../support/builders.js';
import { askedAt, Forgetting, nightAfter } from '../support/forgetting.js';
import { marks } from '../support/marked-town.js';
import { testCodec } from '../support/test-codec.js';

const codec = testCodec();
const zone = 'Asia/Tokyo';

describe('what is known of one person', () => {
  onBothDatabases((open) => {
    let database: Database;
    let forgetting: Forgetting;
    beforeEach(async () => {
      database = await open();
      forgetting = new Forgetting(database);
    });

    it('is found by nobody who searches, once it is gone', async () => {
      const { id, organizationId } = await forgetting.somebody();
      const index = new SubscriberIndex({
        store: new SubscriberIndexStore({ database, codec }),
        clock: forgetting.clock,
        log: createLog('silent'),
      });
      const search = () =>
        index.search(organizationId, { text: 'ひみつ はなこ', limit: 5, includeWithdrawn: true });
      assert.equal((await search()).found, 1);
      await forgetting.mark(id, marks.member);
      forgetting.now = nightAfter;
      await forgetting.run();
      forgetting.now = new Date(forgetting.now.getTime() + 3000);
      assert.equal((await search()).found, 0);
      index.close();
      assert.deepEqual((await forgetting.module.personErasure.stateOf(id)).state, 'erased');
      assert.equal((await forgetting.mark(id, marks.member)).kind, 'notFound');
    });

    it('stays when the wrong member number is typed, or it is taken back in time', async () => {
      const first = await forgetting.somebody();
      assert.equal((await forgetting.mark(first.id, '0000')).kind, 'wrongMemberNumber');
      assert.equal((await forgetting.mark(first.id, marks.member)).kind, 'marked');
      assert.equal((await forgetting.mark(first.id, marks.member)).kind, 'marked');
      assert.equal((await database('erasure_requests')).length, 1, 'asked twice, it is one request');
      const withdrawn = () =>
        database('subscribers')
          .where({ id: first.id })
          .first<{ withdrawn_on: string | null }>('withdrawn_on');
      assert.equal((await withdrawn()).withdrawn_on, '2026-11-25');
      assert.equal(await forgetting.module.personErasure.takeBack(first.id, forgetting.by), true);
      assert.equal(await forgetting.module.personErasure.takeBack(first.id, forgetting.by), false);
      assert.equal((await withdrawn()).withdrawn_on, null);
      forgetting.now = new Date('2026-12-12T17:30:00Z');
      assert.deepEqual(await forgetting.run(), []);
    });

    it('stays when they came back before the week was over', async () => {
      const first = await forgetting.somebody();
      await forgetting.mark(first.id, marks.member);
      await database('subscribers').where({ id: first.id }).update({ withdrawn_on: null });
      forgetting.now = new Date('2026-12-12T17:30:00Z');
      assert.deepEqual(await forgetting.run(), []);
      assert.equal((await forgetting.module.personErasure.stateOf(first.id)).state, 'none');
    });

    it('stays as long as an alert about them is open, for without a name nobody could see to it', async () => {
      const first = await forgetting.somebody();
      await forgetting.mark(first.id, marks.member);
      const alert = { subscriber_id: first.id, organization_id: first.organizationId, reason: 'noResponse' };
      await database('alerts').insert({ ...alert, opened_at: askedAt.getTime() });
      forgetting.now = new Date('2026-12-12T17:30:00Z');
      assert.deepEqual(await forgetting.run(), []);
      await database('alerts').update({ state: 'closed', closed_at: forgetting.now.getTime() });
      assert.deepEqual(
        (await forgetting.run()).map(([kind]) => kind),
        ['person'],
      );
    });

    it('leaves the number that a household shares to the one who is kept', async () => {
      const first = await forgetting.somebody();
      const { number } = await seedSubscriber(database, codec, first, { number: marks.number });
      const lookup = codec.lookup('number', number);
      await database('phone_numbers')
        .where({ subscriber_id: first.id })
        .update({ number: codec.encode(number), number_lookup: lookup });
      const call = { pbx_id: 'pbx1', direction: 'incoming', stage: 'talk', arrived_at: askedAt.getTime() };
      await database('hotline_calls').insert({
        ...{ ...call, call_id: 'shared.1', number: codec.encode(number), number_lookup: lookup },
      });
      await forgetting.mark(first.id, marks.member);
      forgetting.now = new Date('2026-12-12T17:30:00Z');
      await forgetting.run();
      assert.deepEqual(await database('phone_numbers').pluck('number_lookup'), [lookup]);
      assert.deepEqual(await database('hotline_calls').pluck('number_lookup'), [lookup]);
    });

    it('counts cards of one number as one person, however long apart they are erased', async () => {
      const { organizationId } = await forgetting.somebody();
      const card = (on: string, finished = on) => ({
        ...{ organization_id: organizationId, state: 'finished', channel: 'phone', triage: 'standard' },
        ...{ number_lookup: 'same', content: codec.encode('{}'), saved_at: 1 },
        ...{ received_at: Date.parse(`${on}T03:00:00Z`), finished_at: Date.parse(`${finished}T03:00:00Z`) },
      });
      await database('consultation_cards').insert([card('2027-03-30'), card('2027-04-02')]);
      const count = async () =>
        (await new CountStore(database).between(organizationId, zone, '2027-03-01', '2027-04-30'))
          .personCount;
      const lookups = () =>
        database('consultation_cards').distinct('number_lookup').pluck<string[]>('number_lookup');
      assert.equal(await count(), 1);
      forgetting.now = new Date('2032-04-02T17:30:00Z');
      assert.deepEqual(
        (await forgetting.run()).map(([, count]) => count),
        [1],
      );
      assert.deepEqual([await count(), await lookups()], [1, ['same']]);
      forgetting.now = new Date('2033-04-02T17:30:00Z');
      assert.deepEqual(
        (await forgetting.run()).map(([, count]) => count),
        [1],
      );
      const [left = '', ...more] = await lookups();
      assert.deepEqual([await count(), more], [1, []]);
      assert.match(left, /^erased:/);
    });

    it('is kept as long as the tenant says, and who says so is written down', async () => {
      const rule = { kind: 'checkInDays', months: 36, version: 0 } as const;
      const { organizationId } = await forgetting.somebody();
      const change = () => forgetting.module.rules.change(organizationId, rule, forgetting.by);
      assert.deepEqual(await change(), { kind: 'changed', version: 1 });
      assert.deepEqual(await change(), { kind: 'changedMeanwhile' });
      const after = (await forgetting.module.rules.of(organizationId)).find(
        ({ kind }) => kind === 'checkInDays',
      );
      assert.deepEqual({ ...after }, { kind: 'checkInDays', months: 36, version: 1 });
      const [entry] = await new AccessLogStore({ database, codec }).list(organizationId, 1);
      assert.deepEqual(
        [entry?.subject, entry?.detail, entry?.changes],
        ['retention', 'retention.checkInDays', [{ field: 'months', from: 24, to: 36 }]],
      );
      assert.deepEqual(
        await forgetting.module.rules.change(organizationId, { ...rule, kind: 'mails' }, forgetting.by),
        {
          kind: 'noSuch',
        },
      );
    });
  });
});
