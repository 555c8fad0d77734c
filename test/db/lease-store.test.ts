import assert from 'node:assert/strict';
import { leaseExpiryMs, LeaseStore, type ProcessIdentity } from '../../src/storage/lease-store.js';
import { onBothDatabases } from '../support/both-databases.js';

const process = (ownerId: string): ProcessIdentity => ({
  ownerId,
  host: `${ownerId}.example`,
  pid: 1,
  started: '5',
});
const [one, other] = [process('one'), process('other')];
const now = new Date('2026-11-23T09:00:00+09:00');
const later = (ms: number): Date => new Date(now.getTime() + ms);

describe('the lease of an exchange', () => {
  onBothDatabases((open) => {
    it('goes to one of two who ask at once; the other learns who has it since when', async () => {
      const stores = [new LeaseStore(await open()), new LeaseStore(open.another())] as const;
      const answers = await Promise.all([
        stores[0].take('pbx1', one, now),
        stores[1].take('pbx1', other, now),
      ]);
      assert.deepEqual(answers.map(({ kind }) => kind).sort(), ['ours', 'theirs']);
      const theirs = answers.find((answer) => answer.kind === 'theirs');
      assert.match(theirs?.host ?? '', /\.example$/);
      assert.deepEqual(theirs?.since, now);
    });

    it('is taken over when it expires, by one of two, and stays while it is renewed', async () => {
      const store = new LeaseStore(await open());
      await store.take('pbx1', one, now);
      assert.equal((await store.take('pbx1', other, later(leaseExpiryMs - 1))).kind, 'theirs');
      assert.equal(await store.renew('pbx1', one, later(leaseExpiryMs - 1)), true);
      assert.equal((await store.take('pbx1', other, later(leaseExpiryMs))).kind, 'theirs');
      const end = later(3 * leaseExpiryMs);
      const heirs = [other, process('third')];
      const answers = await Promise.all(heirs.map((heir) => store.take('pbx1', heir, end)));
      assert.deepEqual(answers.map(({ kind }) => kind).sort(), ['ours', 'theirs']);
      assert.equal(await store.renew('pbx1', one, end), false);
    });

    it('passes on at once when its owner is known to be dead, or gives it back', async () => {
      const database = await open();
      const store = new LeaseStore(database, () => false);
      await store.take('pbx1', one, now);
      assert.equal((await store.take('pbx1', other, now)).kind, 'ours');
      await store.release('pbx1', one);
      assert.equal(await store.renew('pbx1', other, now), true);
      await store.release('pbx1', other);
      assert.equal((await new LeaseStore(database).take('pbx1', one, now)).kind, 'ours');
    });
  });
});
