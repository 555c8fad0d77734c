import assert from 'node:assert/strict';
import { CardOpenerError } from '../../src/consultations/card-opener.js';
import type { Database } from '../../src/storage/database.js';
import { onBothDatabases } from '../support/both-databases.js';
import { seedCheckin, seedSubscriber } from '../support/builders.js';
import { answeredAt, callOf, consultationParts, later, seedDesk } from '../support/consultation-builders.js';
import { testCodec } from '../support/test-codec.js';

const codec = testCodec();

describe('the card of a call', () => {
  onBothDatabases((open) => {
    it('says who has the number, with the open alert, the tasks and what was before', async () => {
      const database = await open();
      const desk = await seedDesk(database, codec);
      const parts = consultationParts(database, codec);
      const person = await seedSubscriber(database, codec, desk, { name: '見守 太郎', number: '0473912345' });
      const checkinId = await seedCheckin(database, person, '2026-11-24', { state: 'alerted' });
      const alert = {
        organization_id: desk.organizationId,
        station_id: desk.stationId,
        opened_at: answeredAt.getTime(),
      };
      await database('alerts').insert([
        {
          ...alert,
          subscriber_id: person.subscriberId,
          check_in_id: checkinId,
          reason: 'unwell',
          state: 'open',
        },
        { ...alert, subscriber_id: person.subscriberId, reason: 'noAnswer', state: 'closed' },
      ]);
      await database('hotline_tasks').insert({
        organization_id: desk.organizationId,
        line_id: desk.lineId,
        kind: 'callBack',
        pbx_id: 'pbx1',
        call_id: 'before.1',
        number: codec.encode('0473912345'),
        number_lookup: codec.lookup('number', '0473912345'),
        place_at: 1,
        due_at: answeredAt.getTime(),
        note: codec.encode(''),
        created_at: answeredAt.getTime(),
      });
      const before = await parts.opener.open(callOf(desk, 'before.1', '0473912345'));
      const caseId = await parts.cases.takeCard(
        desk.organizationId,
        before.card.id,
        { title: '立退き' },
        answeredAt,
      );

      const { card, known } = await parts.opener.open(callOf(desk, 'now.1', '0473912345'));
      assert.equal(card.content.principal?.name, '見守 太郎');
      assert.deepEqual([card.content.callerNumber, card.subscriberId], ['0473912345', person.subscriberId]);
      assert.deepEqual([card.state, card.version, card.receivedBy?.id], ['draft', 1, desk.counsellorId]);
      assert.deepEqual(card.calls, [{ pbxId: 'pbx1', callId: 'now.1' }]);
      assert.deepEqual(
        known.subscribers.map(({ name, openAlerts }) => [name, openAlerts.map(({ reason }) => reason)]),
        [['見守 太郎', ['unwell']]],
      );
      assert.deepEqual(
        known.earlierCards.map(({ id }) => id),
        [before.card.id],
      );
      assert.deepEqual(
        known.cases.map(({ id, title }) => [id, title]),
        [[caseId, '立退き']],
      );
      assert.deepEqual(
        known.openTasks.map(({ kind }) => kind),
        ['callBack'],
      );
    });

    it('is opened once, however often and at once it is asked for, and keeps what was written', async () => {
      const database = await open();
      const desk = await seedDesk(database, codec);
      const { opener, cards } = consultationParts(database, codec);
      const call = callOf(desk, 'now.1', '0473912345');
      const views = await Promise.all([1, 2, 3, 4].map(() => opener.open(call)));
      const card = views[0]?.card;
      assert.ok(card);
      assert.deepEqual(new Set(views.map((view) => view.card.id)), new Set([card.id]));
      const save = { version: 1, by: desk.counsellorId, now: later(3) };
      await cards.saveDraft(desk.organizationId, card.id, { freeText: '家賃のこと' }, save);
      const again = await opener.open({ ...call, extension: '999' });
      assert.deepEqual([again.card.content.freeText, again.card.version], ['家賃のこと', 2]);
      assert.equal(await countOf(database, 'consultation_cards'), 1);
    });

    it('is opened for each of many calls that are answered at one moment', async () => {
      const database = await open();
      const desk = await seedDesk(database, codec);
      const { opener } = consultationParts(database, codec);
      const calls = Array.from({ length: 40 }, (_, n) => callOf(desk, `many.${n % 20}`, '0473912345'));
      const views = await Promise.all(calls.map((call) => opener.open(call)));
      assert.equal(new Set(views.map(({ card }) => card.id)).size, 20);
      assert.equal(await countOf(database, 'consultation_cards'), 20);
    });

    it('is empty when the number is hidden, and names nobody when two share it', async () => {
      const database = await open();
      const desk = await seedDesk(database, codec);
      const { opener } = consultationParts(database, codec);
      for (const name of ['見守 太郎', '見守 花子'])
        await seedSubscriber(database, codec, desk, { name, number: '0473912345' });
      const hidden = await opener.open(callOf(desk, 'a.1', ''));
      assert.deepEqual([hidden.card.content, hidden.known.subscribers], [{}, []]);
      const shared = await opener.open(callOf(desk, 'b.1', '0473912345'));
      assert.deepEqual(shared.card.content, { callerNumber: '0473912345' });
      assert.equal(shared.known.subscribers.length, 2);
      const hiddenToo = await opener.open(callOf(desk, 'c.1', ''));
      assert.deepEqual(hiddenToo.known.earlierCards, []);
    });

    it('tells nothing of another organization', async () => {
      const database = await open();
      const [desk, other] = [await seedDesk(database, codec), await seedDesk(database, codec)];
      const { opener, cards, cases } = consultationParts(database, codec);
      await seedSubscriber(database, codec, other, { number: '0473912345' });
      const theirs = await opener.open(callOf(other, 'a.1', '0473912345'));
      await cases.takeCard(other.organizationId, theirs.card.id, { title: '他団体' }, answeredAt);
      const { known, card } = await opener.open(callOf(desk, 'b.1', '0473912345'));
      assert.deepEqual(known, { subscribers: [], earlierCards: [], cases: [], openTasks: [] });
      assert.deepEqual(card.content, { callerNumber: '0473912345' });
      assert.equal(await cards.find(desk.organizationId, theirs.card.id), undefined);
      await assert.rejects(opener.open({ ...callOf(desk, 'c.1', ''), lineId: 4711 }), CardOpenerError);
    });

    it('is there quickly, two calls a second over thousands of cards', async () => {
      const database = await open();
      const desk = await seedDesk(database, codec);
      const { opener } = consultationParts(database, codec);
      const row = (n: number) => ({
        organization_id: desk.organizationId,
        number_lookup: codec.lookup('number', `04739${String(n % 900).padStart(5, '0')}`),
        channel: 'phone',
        received_at: answeredAt.getTime() - n,
        content: codec.encode(JSON.stringify({ freeText: 'あ'.repeat(500) })),
        saved_at: answeredAt.getTime(),
      });
      for (let from = 0; from < 4000; from += 400) {
        await database('consultation_cards').insert(Array.from({ length: 400 }, (_, n) => row(from + n)));
      }
      const tookMs: number[] = [];
      for (let n = 0; n < 20; n++) {
        const startedAt = performance.now();
        const { known } = await opener.open(callOf(desk, `q.${n}`, `04739${String(n).padStart(5, '0')}`));
        tookMs.push(performance.now() - startedAt);
        assert.ok(known.earlierCards.length > 0);
      }
      // The half of them: a single one may have waited for the disk, and says nothing of how cards are found.
      const half = tookMs.toSorted((one, other) => one - other)[10] ?? Infinity;
      assert.ok(half < 500, `half of them took ${half} ms or longer`);
    });
  });
});

async function countOf(database: Database, table: string): Promise<number> {
  const [row] = await database(table).count<{ count: number }[]>('* as count');
  return Number(row?.count);
}
