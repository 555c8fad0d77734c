import assert from 'node:assert/strict';
import { CardSearchStore, type CardSearch } from '../../src/consultations/card-search-store.js';
import type { Triage } from '../../src/consultations/triage.js';
import { onBothDatabases } from '../support/both-databases.js';
import {
  answeredAt,
  consultationParts,
  seedDesk,
  type SeededDesk,
} from '../support/consultation-builders.js';
import { testCodec } from '../support/test-codec.js';

const codec = testCodec();

describe('a search among cards', () =>
  onBothDatabases((open) => {
    let search: CardSearchStore;
    let desk: SeededDesk;
    let parts: ReturnType<typeof consultationParts>;

    beforeEach(async () => {
      const database = await open();
      search = new CardSearchStore({ database, codec });
      parts = consultationParts(database, codec);
      const { cards } = parts;
      const other = await seedDesk(database, codec);
      desk = await seedDesk(database, codec);
      const add = async (of: SeededDesk, name: string, triage?: Triage): Promise<void> => {
        // All at one moment: the id decides.
        const card = {
          channel: 'visit',
          receivedAt: answeredAt,
          receivedBy: of.counsellorId,
          now: answeredAt,
        } as const;
        const added = await cards.add(of.organizationId, { ...card, content: { principal: { name } } });
        if (added.kind !== 'added') throw new Error(added.kind);
        if (triage) await database('consultation_cards').where({ id: added.id }).update({ triage });
      };
      await add(other, '鈴木 よそ');
      for (let count = 0; count < 5; count++)
        await add(desk, `鈴木 ${count}`, count === 2 ? 'urgent' : undefined);
      await add(desk, '佐藤');
    });

    const find = (wanted: Partial<CardSearch>) =>
      search.find(desk.organizationId, { text: '', pressing: false, limit: 30, ...wanted });
    const found = async (wanted: Partial<CardSearch>) => (await find(wanted)).cards.map(({ name }) => name);

    it('finds what a tenant’s own cards say, the newest first', async () => {
      assert.deepEqual(await found({ text: '鈴木' }), ['鈴木 4', '鈴木 3', '鈴木 2', '鈴木 1', '鈴木 0']);
    });

    it('goes on page by page, with nobody twice and nobody left out', async () => {
      const names: string[] = [];
      let after: CardSearch['after'];
      do {
        const page = await find({ text: '鈴木', limit: 2, after });
        names.push(...page.cards.map(({ name }) => name));
        after = page.next;
      } while (after);
      assert.deepEqual(names, ['鈴木 4', '鈴木 3', '鈴木 2', '鈴木 1', '鈴木 0']);
    });

    it('knows the card of a call, to its own tenant only', async () => {
      const call = { pbxId: 'pbx1', callId: '1764000000.7' };
      const card = {
        channel: 'phone',
        receivedAt: answeredAt,
        receivedBy: undefined,
        now: answeredAt,
      } as const;
      const id = await parts.cards.openForCall(desk.organizationId, call, { ...card, content: {} });
      assert.equal(await search.ofCall(desk.organizationId, call.callId), id);
      assert.equal(await search.ofCall(desk.organizationId - 1, call.callId), undefined);
      assert.equal(await search.ofCall(desk.organizationId, '1764000000.8'), undefined);
    });

    it('gives only what must not wait, or what one has received, or what is in a state', async () => {
      assert.deepEqual(await found({ pressing: true }), ['鈴木 2']);
      assert.equal((await found({ receivedBy: desk.counsellorId })).length, 6);
      assert.deepEqual(await found({ receivedBy: desk.counsellorId + 1000 }), []);
      assert.deepEqual(await found({ state: 'finished' }), []);
    });
  }));
