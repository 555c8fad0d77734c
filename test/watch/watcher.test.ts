import assert from 'node:assert/strict';
import { bad, coded, good, warning, type Finding } from '../../src/doctor/findings.js';
import type { Health } from '../../src/http/health.js';
import { createLog } from '../../src/log.js';
import { judgeHeartbeat, judgeHolds, judgeLinks } from '../../src/watch/link-findings.js';
import { Watcher } from '../../src/watch/watcher.js';

const now = new Date('2026-11-24T03:00:00Z');

describe('the watcher', () => {
  it('tells the log once at each change, with a level that fits, and never what was seen', async () => {
    const logged: { level: number; event: string; check: string; from: string; to: string }[] = [];
    let finding: Finding = coded('disk.data', good('ディスク', '/srv/secret'));
    const watcher = new Watcher({
      checks: [
        { check: { what: 'disk', mend: '', look: () => Promise.resolve([finding]) }, everyMs: 0 },
        {
          check: { what: 'x', code: 'clock', mend: '', look: () => Promise.reject(new Error('no')) },
          everyMs: 0,
        },
      ],
      clock: () => now,
      log: createLog('info', { write: (line) => logged.push(JSON.parse(line) as (typeof logged)[number]) }),
    });
    const told = async (next: Finding) => {
      finding = coded('disk.data', next);
      await watcher.lookOnce();
      return logged.splice(0).map(({ level, event, check, from, to }) => [level, event, check, from, to]);
    };
    const event = 'watch.changed';
    assert.deepEqual(await told(good('', '/srv/secret')), [[50, event, 'clock', 'unknown', 'bad']]);
    assert.deepEqual(await told(warning('', '/srv/secret', 'm')), [
      [40, event, 'disk.data', 'good', 'warning'],
    ]);
    assert.deepEqual(await told(bad('', '/srv/secret', 'm')), [[50, event, 'disk.data', 'warning', 'bad']]);
    assert.deepEqual(await told(bad('', '/srv/secret', 'm')), []);
    assert.deepEqual(await told(good('', '/srv/secret')), [[30, event, 'disk.data', 'bad', 'good']]);
    assert.equal(watcher.state('disk.data')?.state, 'good');
    assert.deepEqual(
      watcher.states.map(({ code }) => code),
      ['clock', 'disk.data'],
    );
  });

  it('leaves what changes slowly alone for a while, and keeps what it saw', async () => {
    let looks = 0;
    const look = () => {
      looks++;
      return Promise.resolve([coded('certificate.web', good('', ''))]);
    };
    const watcher = new Watcher({
      checks: [{ check: { what: 'c', mend: '', look }, everyMs: 3_600_000 }],
      clock: () => now,
      log: createLog('silent'),
    });
    await watcher.lookOnce();
    await watcher.lookOnce();
    assert.deepEqual([looks, watcher.states.length], [1, 1]);
  });
});

describe('the judgement of the links', () => {
  const up = { ok: true };
  const well: Health = {
    ready: true,
    holds: [],
    links: {
      ...{ database: up, ari: up, ami: up, queues: up, lease: up, trunk: up },
      results: { waiting: 0 },
    },
    mail: { configured: true, waiting: 0 },
  };
  const down = { ok: false };

  for (const [what, health, code, state] of [
    ['the exchange', { links: { ...well.links, ari: down } }, 'link.ari', 'bad'],
    ['the manager', { links: { ...well.links, ami: down } }, 'link.ami', 'bad'],
    ['the line', { links: { ...well.links, trunk: down } }, 'link.trunk', 'bad'],
    ['the registration', { links: { ...well.links, registration: down } }, 'link.registration', 'bad'],
    ['another owner', { links: { ...well.links, lease: down } }, 'link.lease', 'warning'],
    ['waiting results', { links: { ...well.links, results: { waiting: 2 } } }, 'results', 'warning'],
    [
      'a mail server that is down',
      { mail: { configured: true, failing: { kind: 'down', since: now } } },
      'mail',
      'bad',
    ],
    [
      'a refused mail',
      { mail: { configured: true, failing: { kind: 'refused', since: now } } },
      'mail',
      'warning',
    ],
    ['mails without a server', { mail: { configured: false, waiting: 1 } }, 'mail', 'warning'],
  ] as const) {
    it(`finds ${what} ${state}, says what to do, and finds nothing else`, () => {
      const findings = judgeLinks({ ...well, ...(health as Partial<Health>) });
      const wrong = findings.filter((one) => one.state !== 'good');
      assert.deepEqual(
        wrong.map((one) => [one.code, one.state]),
        [[code, state]],
      );
      assert.ok(wrong.every(({ mend }) => mend !== ''));
    });
  }

  it('knows nothing of the line while the exchange is away, and wants no link of who waits for its turn', () => {
    const stateOf = (links: Partial<Health['links']>, code: string) =>
      judgeLinks({ ...well, links: { ...well.links, ...links } }).find((one) => one.code === code)?.state;
    assert.equal(stateOf({ ami: down, trunk: down }, 'link.trunk'), 'warning');
    assert.equal(stateOf({ lease: down, ari: down }, 'link.ari'), 'good');
  });

  it('finds all well, also without a mail server and without registrations', () => {
    for (const mail of [well.mail, { configured: false, waiting: 0 }])
      assert.ok(judgeLinks({ ...well, mail }).every(({ state, mend }) => state === 'good' && mend === ''));
  });

  for (const [standing, state] of [
    [undefined, 'good'],
    [{ state: 'waiting', since: now }, 'good'],
    [{ state: 'sent', since: now }, 'good'],
    [{ state: 'withheld', since: now, said: 'sweepStands' }, 'warning'],
    [{ state: 'unheard', since: now, said: 'HTTP 500' }, 'warning'],
  ] as const) {
    it(`finds a heartbeat that is ${standing?.state ?? 'not set'} ${state}`, () => {
      assert.equal(judgeHeartbeat(standing).state, state);
    });
  }

  it('names the reasons of a hold', () => {
    assert.equal(judgeHolds([]).state, 'good');
    const { state, said } = judgeHolds(['restored', 'clockSkew']);
    assert.equal(state, 'warning');
    assert.match(said, /控えから戻した.*時計/);
  });
});
