import assert from 'node:assert/strict';
import { serveHttp, Visitor } from '../support/http-visitor.js';
import { goodPassword, openLogins } from '../support/logins.js';

const wrongPerSecond = 100;
const seconds = 3;

describe('a hundred wrong passwords a second', () => {
  it('keep nobody waiting who is in, and fill no memory with waiting ones', async function () {
    this.timeout(30_000);
    // From as many addresses: the limit of each is no help.
    const logins = await openLogins({ triesPerMinute: 1_000_000 });
    const served = await serveHttp(logins);
    try {
      await logins
        .database('organizations')
        .insert({ id: 1, kind: 'municipality', name: 'A', key_map: '{}', created_at: 0 });
      await logins.join({ organizationId: 1, role: 'auditor', mail: 'a@b.jp' });
      const who = new Visitor(served.url);
      await who.post('/api/login', { mail: 'a@b.jp', password: goodPassword });

      const answers = new Map<number, number>();
      const attack: Promise<void>[] = [];
      const attacker = new Visitor(served.url);
      let sent = 0;
      const timer = setInterval(() => {
        for (let n = 0; n < wrongPerSecond / 20; n++) {
          const body = { mail: `guess${sent++}@b.jp`, password: 'wrong' };
          attack.push(
            attacker
              .post('/api/login', body)
              .then(({ status }) => void answers.set(status, (answers.get(status) ?? 0) + 1)),
          );
        }
      }, 50);
      const waited: number[] = [];
      while (sent < wrongPerSecond * seconds) {
        const startedAt = performance.now();
        assert.equal((await who.get('/api/me')).status, 200);
        waited.push(performance.now() - startedAt);
      }
      clearInterval(timer);
      await Promise.all(attack);
      waited.sort((one, other) => one - other);
      const median = waited[Math.floor(waited.length / 2)] ?? Infinity;
      const most = waited.at(-1) ?? Infinity;
      // Far below what a person notices; generous for a machine that runs other tests beside.
      assert.ok(median < 200, `half of the requests waited ${median} ms or longer`);
      assert.ok(most < 2000, `one request waited ${most} ms`);
      // Refused as wrong, or, where hashing falls behind, asked to come again.
      assert.deepEqual(
        [...answers.keys()].filter((status) => ![401, 503].includes(status)),
        [],
      );
      assert.ok((answers.get(401) ?? 0) > 0);
      assert.equal((await who.get('/api/me')).status, 200);
    } finally {
      await served.close();
      await logins.close();
    }
  });
});
