import assert from 'node:assert/strict';
import { onBothDatabases } from '../support/both-databases.js';
import {
  callOf,
  consultationParts,
  later,
  seedCounsellor,
  seedDesk,
} from '../support/consultation-builders.js';
import { testCodec } from '../support/test-codec.js';

const codec = testCodec();

describe('a draft of a card', () => {
  onBothDatabases((open) => {
    async function openedCard() {
      const database = await open();
      const desk = await seedDesk(database, codec, { counsellorName: '相談 一子' });
      const parts = consultationParts(database, codec);
      const { card } = await parts.opener.open(callOf(desk, 'now.1', '0473912345'));
      const colleague = await seedCounsellor(database, codec, desk.organizationId, '900', '相談 二子');
      return { ...parts, database, desk, organizationId: desk.organizationId, cardId: card.id, colleague };
    }

    it('is saved with the version it started from, and tells a later one who was first', async () => {
      const { cards, organizationId, cardId, desk, colleague } = await openedCard();
      const first = await cards.saveDraft(
        organizationId,
        cardId,
        { freeText: '先' },
        { version: 1, by: colleague, now: later(3) },
      );
      assert.deepEqual(first, { kind: 'saved', version: 2, savedAt: later(3) });
      const second = await cards.saveDraft(
        organizationId,
        cardId,
        { freeText: '後' },
        { version: 1, by: desk.counsellorId, now: later(4) },
      );
      assert.ok(second.kind === 'conflict');
      assert.deepEqual([second.card.savedBy?.name, second.card.content.freeText], ['相談 二子', '先']);
    });

    it('loses one of two saves at the same moment, and never both', async () => {
      const { cards, organizationId, cardId, desk, colleague } = await openedCard();
      const saves = await Promise.all(
        [desk.counsellorId, colleague].map((by) =>
          cards.saveDraft(organizationId, cardId, { freeText: `${by}` }, { version: 1, by, now: later(3) }),
        ),
      );
      assert.deepEqual(saves.map(({ kind }) => kind).sort(), ['conflict', 'saved']);
    });

    it('is saved, and no conflict, when it is sent again because the answer was lost', async () => {
      const { cards, organizationId, cardId, desk } = await openedCard();
      const draft = { freeText: '話', triage: 'urgent' as const, receivedAt: later(1) };
      const save = { version: 1, by: desk.counsellorId, now: later(3) };
      await cards.saveDraft(organizationId, cardId, draft, save);
      const again = await cards.saveDraft(organizationId, cardId, draft, { ...save, now: later(6) });
      assert.deepEqual(again, { kind: 'saved', version: 2, savedAt: later(3) });
    });

    it('deletes nothing that it does not name', async () => {
      const { cards, organizationId, cardId, desk } = await openedCard();
      const by = desk.counsellorId;
      await cards.saveDraft(
        organizationId,
        cardId,
        { freeText: '話', principal: { name: '甲' } },
        { version: 1, by, now: later(3) },
      );
      await cards.saveDraft(
        organizationId,
        cardId,
        { principal: { kana: 'こう' } },
        { version: 2, by, now: later(6) },
      );
      const card = await cards.find(organizationId, cardId);
      assert.deepEqual(card?.content, {
        callerNumber: '0473912345',
        freeText: '話',
        principal: { name: '甲', kana: 'こう' },
      });
    });

    it('is finished when nothing is missing, written on only after reopening, and each end is kept', async () => {
      const { cards, organizationId, cardId, desk } = await openedCard();
      const save = (version: number) => ({ version, by: desk.counsellorId, now: later(version) });
      const early = await cards.finish(organizationId, cardId, save(1));
      assert.ok(early.kind === 'incomplete');
      assert.deepEqual(
        early.problems.map(({ field }) => field),
        ['triage', 'mainTrouble', 'freeText'],
      );
      const draft = { triage: 'standard', mainTrouble: 'eviction', freeText: '初め' } as const;
      await cards.saveDraft(organizationId, cardId, draft, save(1));
      assert.equal((await cards.finish(organizationId, cardId, save(2))).kind, 'saved');
      assert.equal(
        (await cards.saveDraft(organizationId, cardId, { freeText: '' }, save(3))).kind,
        'wrongState',
      );
      assert.equal((await cards.finish(organizationId, cardId, save(3))).kind, 'wrongState');
      assert.equal((await cards.reopen(organizationId, cardId, save(3))).kind, 'saved');
      await cards.saveDraft(organizationId, cardId, { freeText: '後' }, save(4));
      const revisions = await cards.revisions(organizationId, cardId);
      assert.deepEqual(
        revisions.map(({ version, what, content }) => [version, what, content.freeText]),
        [
          [4, 'reopened', '初め'],
          [3, 'finished', '初め'],
        ],
      );
    });

    it('takes the longest text that is allowed, and markup as it was typed', async () => {
      const { cards, organizationId, cardId, desk } = await openedCard();
      const freeText = `<img src=x onerror=alert(1)>'; DROP TABLE x; --${'𠮷'.repeat(9900)}`;
      const answerGiven = '漢'.repeat(5000);
      await cards.saveDraft(
        organizationId,
        cardId,
        { freeText, answerGiven },
        { version: 1, by: desk.counsellorId, now: later(3) },
      );
      const card = await cards.find(organizationId, cardId);
      assert.deepEqual([card?.content.freeText, card?.content.answerGiven], [freeText, answerGiven]);
    });

    it('is not there for another organization, nor are their counsellors here', async () => {
      const { database, cards, organizationId, cardId } = await openedCard();
      const other = await seedDesk(database, codec);
      const save = { version: 1, by: other.counsellorId, now: later(3) };
      assert.deepEqual(await cards.saveDraft(other.organizationId, cardId, { freeText: 'x' }, save), {
        kind: 'notFound',
      });
      assert.deepEqual(await cards.finish(other.organizationId, cardId, save), { kind: 'notFound' });
      assert.deepEqual(await cards.revisions(other.organizationId, cardId), []);
      assert.equal(
        await cards.addCall(other.organizationId, cardId, { pbxId: 'pbx1', callId: 'x.1' }),
        false,
      );
      assert.deepEqual(await cards.saveDraft(organizationId, cardId, { freeText: 'x' }, save), {
        kind: 'badReference',
        field: 'savedBy',
      });
      assert.equal((await cards.find(organizationId, cardId))?.version, 1);
    });

    it('takes further calls, but none that has a card of its own', async () => {
      const { cards, opener, organizationId, cardId, desk } = await openedCard();
      const own = { pbxId: 'pbx1', callId: 'own.1' };
      await opener.open(callOf(desk, own.callId, ''));
      assert.equal(await cards.addCall(organizationId, cardId, own), false);
      assert.equal(await cards.addCall(organizationId, cardId, { pbxId: 'pbx1', callId: 'more.1' }), true);
      assert.equal(await cards.addCall(organizationId, cardId, { pbxId: 'pbx1', callId: 'more.1' }), true);
      assert.equal((await cards.find(organizationId, cardId))?.calls.length, 2);
    });
  });
});
