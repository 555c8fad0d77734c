import assert from 'node:assert/strict';
import { AddressLimit } from '../../src/users/address-limit.js';
import { BoundedWork, TooBusyError } from '../../src/users/bounded-work.js';
import { createRecordLook } from '../../src/users/looks.js';

const at = (seconds: number) => new Date(1_800_000_000_000 + seconds * 1000);

describe('the limit of an address', () => {
  it('lets so many try at once, and then one after another', () => {
    const limit = new AddressLimit(6);
    for (let count = 0; count < 6; count++) assert.equal(limit.take('192.0.2.1', at(0)), 0);
    assert.equal(limit.take('192.0.2.1', at(0)), 10);
    assert.equal(limit.take('192.0.2.1', at(4)), 6);
    assert.equal(limit.take('192.0.2.1', at(10)), 0);
    assert.equal(limit.take('192.0.2.1', at(10)), 10);
    assert.equal(limit.take('192.0.2.2', at(10)), 0);
  });

  it('is one for a whole network of IPv6, and for both ways of writing IPv4', () => {
    const limit = new AddressLimit(1);
    assert.equal(limit.take('2001:db8:1:2:3:4:5:6', at(0)), 0);
    assert.ok(limit.take('2001:db8:1:2::9', at(0)) > 0);
    assert.equal(limit.take('2001:db8:1:3::9', at(0)), 0);
    assert.equal(limit.take('192.0.2.1', at(0)), 0);
    assert.ok(limit.take('::ffff:192.0.2.1', at(0)) > 0);
  });

  it('remembers no more addresses than it has room for', () => {
    const limit = new AddressLimit(1);
    for (let count = 0; count < 10_001; count++)
      limit.take(`10.${count >> 16}.${(count >> 8) & 255}.${count & 255}`, at(0));
    // The first one is forgotten, the last one is not.
    assert.equal(limit.take('10.0.0.0', at(0)), 0);
    assert.ok(limit.take('10.0.39.16', at(0)) > 0);
  });
});

describe('bounded work', () => {
  it('does so many at one time, keeps a few waiting and turns the rest away', async () => {
    const work = new BoundedWork({ atOnce: 2, mostWaiting: 3 });
    let running = 0;
    let most = 0;
    const ends: (() => void)[] = [];
    const one = () =>
      work.run(async () => {
        most = Math.max(most, ++running);
        await new Promise<void>((resolve) => ends.push(resolve));
        running--;
      });
    const all = Array.from({ length: 5 }, one);
    await assert.rejects(one(), TooBusyError);
    for (let done = 0; done < 5; done++) {
      ends[done]?.();
      await new Promise(setImmediate);
    }
    await Promise.all(all);
    assert.equal(most, 2);
  });

  it('goes on after a work that fails', async () => {
    const work = new BoundedWork({ atOnce: 1, mostWaiting: 1 });
    const failing = work.run(() => Promise.reject(new Error('no')));
    const next = work.run(() => Promise.resolve('yes'));
    await assert.rejects(failing, /no/);
    assert.equal(await next, 'yes');
  });
});

describe('looks at a record', () => {
  it('are written once in ten minutes for one person and one record', async () => {
    let now = at(0);
    const written: string[] = [];
    const look = createRecordLook(
      {
        add: ({ userId, detail, subjectId, reason }) => {
          written.push(`${userId} ${detail} ${subjectId} ${reason}`);
          return Promise.resolve();
        },
      },
      () => now,
    );
    const whom = { subject: 'subscriber', subjectId: 5, organizationId: 1 } as const;
    await look(1, 'subscriber.see', whom);
    await look(1, 'subscriber.see', whom);
    await look(2, 'subscriber.see', whom);
    await look(1, 'subscriber.see', whom, '照会');
    now = at(600);
    await look(1, 'subscriber.see', whom);
    assert.deepEqual(written, [
      '1 subscriber.see 5 ',
      '2 subscriber.see 5 ',
      '1 subscriber.see 5 照会',
      '1 subscriber.see 5 ',
    ]);
  });
});
