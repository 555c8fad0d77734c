import assert from 'node:assert/strict';
import { OwnChoiceStore } from '../../src/consultations/own-choice-store.js';
import { onBothDatabases } from '../support/both-databases.js';
import { seedStation } from '../support/builders.js';
import { testCodec } from '../support/test-codec.js';

const codec = testCodec();
const by = { userId: undefined, address: '', at: new Date('2026-11-24T03:00:00Z') };

describe('the choices of a tenant’s cards', () => {
  onBothDatabases((open) => {
    it('are changed by one of two at a time, from the first change on, and noted with it', async () => {
      const database = await open();
      const { organizationId } = await seedStation(database, codec);
      const store = new OwnChoiceStore(database);
      const noted: string[] = [];
      const note = (_trx: unknown, { detail }: { detail: string }) =>
        Promise.resolve(void noted.push(detail));
      for (const version of [0, 1]) {
        const { homes } = await store.byList(organizationId);
        const renamed = (label: string) =>
          homes.map((one) => (one.key === 'other' ? { ...one, label } : one));
        const change = (label: string) =>
          store.change(organizationId, { list: 'homes', version, choices: renamed(label) }, by, note);
        assert.deepEqual((await Promise.all([change('甲'), change('乙')])).sort(), [false, true]);
      }
      assert.ok(noted.length >= 2);
      const [homes] = (await store.lists(organizationId)).filter(({ list }) => list === 'homes');
      assert.equal(homes?.version, 2);
      assert.match(homes.choices.find(({ key }) => key === 'other')?.label ?? '', /^[甲乙]$/);
      const { organizationId: other } = await seedStation(database, codec);
      assert.ok((await store.lists(other)).every(({ version }) => version === 0));
    });
  });
});
