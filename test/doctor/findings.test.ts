import assert from 'node:assert/strict';
import { examine } from '../../src/doctor/check.js';
import {
  good,
  judgeAsteriskVersion,
  judgeClock,
  judgeFreeDisk,
  judgeLease,
  judgePrompts,
  judgeSchema,
} from '../../src/doctor/findings.js';

const MB = 1024 ** 2;
const now = new Date('2026-11-24T03:00:00Z');
const secondsAgo = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);

describe('the judgement of the doctor', () => {
  for (const [megabytes, state] of [
    [2000, 'good'],
    [1024, 'good'],
    [1023, 'warning'],
    [200, 'warning'],
    [199, 'bad'],
    [0, 'bad'],
  ] as const) {
    it(`finds ${megabytes} MB of free disk ${state}`, () => {
      assert.equal(judgeFreeDisk(megabytes * MB).state, state);
    });
  }

  for (const [version, state] of [
    ['22.9.0', 'good'],
    ['22.10.1~dfsg+~cs6.15-1', 'good'],
    ['22.8.2', 'bad'],
    ['23.0.0', 'bad'],
    ['20.15.0', 'bad'],
    ['GIT-master-1a2b3c', 'bad'],
    ['', 'bad'],
  ] as const) {
    it(`finds Asterisk "${version}" ${state}`, () => {
      assert.equal(judgeAsteriskVersion(version).state, state);
    });
  }

  for (const [ahead, state] of [
    [0, 'good'],
    [120, 'good'],
    [-120, 'good'],
    [121, 'bad'],
    [-3600, 'bad'],
  ] as const) {
    it(`finds a clock ${ahead} seconds ahead of ours ${state}`, () => {
      assert.equal(judgeClock(secondsAgo(-ahead), now).state, state);
    });
  }

  it('finds a time that cannot be read bad', () => {
    assert.equal(judgeClock(new Date('?'), now).state, 'bad');
  });

  for (const [what, facts, state, said] of [
    ['all is done', { known: ['a', 'b'], done: ['a', 'b'], isLocked: false }, 'good', /最新/],
    ['one is to come', { known: ['a', 'b'], done: ['a'], isLocked: false }, 'bad', /1 件の更新/],
    ['an update broke off', { known: ['a', 'b'], done: ['a'], isLocked: true }, 'bad', /途中で止まって/],
    ['its lock alone is left', { known: ['a'], done: ['a'], isLocked: true }, 'bad', /途中で止まって/],
    ['the program is too old', { known: ['a'], done: ['a', 'b'], isLocked: false }, 'bad', /新しい形.*b/],
    ['it is too old, and locked', { known: ['a'], done: ['a', 'b'], isLocked: true }, 'bad', /新しい形/],
  ] as const) {
    it(`judges the schema when ${what}`, () => {
      const finding = judgeSchema(facts);
      assert.equal(finding.state, state);
      assert.match(finding.said, said);
      assert.equal(finding.mend === '', state === 'good');
    });
  }

  it('wants every recording', () => {
    assert.equal(judgePrompts(0).state, 'good');
    assert.match(judgePrompts(3).said, /3 件/);
  });

  it('tells a service that runs from one that died, or never ran', () => {
    const owner = { host: 'pbx/0f-boot', pid: 12, since: secondsAgo(3600), renewedAt: secondsAgo(3) };
    const running = judgeLease(owner, 12_000, now);
    assert.equal(running.state, 'good');
    assert.match(running.said, /^pbx（pid 12）/);
    assert.equal(judgeLease({ ...owner, renewedAt: secondsAgo(13) }, 12_000, now).state, 'warning');
    assert.equal(judgeLease(undefined, 12_000, now).state, 'warning');
  });

  it('says how to mend everything that is not well, and nothing where all is', () => {
    const findings = [
      judgeFreeDisk(1),
      judgeFreeDisk(500 * MB),
      judgePrompts(1),
      judgeSchema({ known: ['x'], done: [], isLocked: false }),
    ];
    assert.ok(findings.every(({ mend }) => mend !== ''));
    assert.equal(judgePrompts(0).mend, '');
  });
});

describe('the examination', () => {
  it('makes a finding of a look that breaks off, and goes on with the others', async () => {
    const findings = await examine(
      [
        { what: 'a', mend: 'mend a', look: () => Promise.reject(new Error('no such thing')) },
        { what: 'b', mend: '', look: () => Promise.resolve([good('b', 'fine')]) },
      ],
      1000,
    );
    assert.deepEqual(findings, [
      { what: 'a', state: 'bad', said: 'no such thing', mend: 'mend a' },
      good('b', 'fine'),
    ]);
  });

  it('waits for nobody longer than it has time, and tells the look to end', async () => {
    let ended = false;
    const look = (signal: AbortSignal) => {
      signal.addEventListener('abort', () => (ended = true));
      return new Promise<never>(() => undefined);
    };
    const [finding] = await examine([{ what: 'a', mend: 'mend a', look }], 20);
    assert.equal(finding?.state, 'bad');
    assert.equal(finding.mend, 'mend a');
    assert.ok(ended);
  });
});
