import assert from 'node:assert/strict';
import fc from 'fast-check';
import { kpiNames, kpisOf, type CallFacts, type KpiName } from '../../src/hotline/kpis.js';
import { readyMs, type PresenceFact } from '../../src/hotline/presence-time.js';
import { jst } from '../support/queue-log-text.js';

const [from, until] = [jst('10:00:00'), jst('10:30:00')];

/** A call of so many seconds after 10:00 that joined after 10 s, and has these further marks. */
function call(
  second: number,
  marks: Partial<CallFacts> & { waits?: number; talks?: number } = {},
): CallFacts {
  const at = (seconds: number): Date => new Date(from.getTime() + (second + seconds) * 1000);
  const { waits, talks, ...more } = marks;
  const left = waits === undefined ? undefined : at(10 + waits);
  return {
    direction: 'incoming',
    leftMessage: false,
    result: undefined,
    arrivedAt: at(0),
    joinedAt: at(10),
    leftQueueAt: left,
    answeredAt: talks === undefined ? undefined : left,
    endedAt: talks === undefined ? left : at(10 + (waits ?? 0) + talks),
    ...more,
  };
}
const answered = (second: number, waits: number, talks = 60): CallFacts =>
  call(second, { waits, talks, result: 'answered' });
const abandoned = (second: number, waits: number): CallFacts => call(second, { waits, result: 'abandoned' });

function kpis(calls: readonly CallFacts[], presences: readonly PresenceFact[] = [], wrapUpSeconds = 0) {
  const settings = { serviceLevelSeconds: 20, shortAbandonSeconds: 5, wrapUpSeconds };
  return kpisOf({ calls, presences, from, until, ...settings });
}
function values(calls: readonly CallFacts[], ...names: KpiName[]): (number | undefined)[] {
  const all = kpis(calls);
  return names.map((name) => all[name].value);
}
const presence = (time: string, what: PresenceFact['what'], extension = '201'): PresenceFact => ({
  extension,
  what,
  at: jst(time),
});

describe('the figures of a line', () => {
  it('count each call by how its waiting ended', () => {
    const calls = [
      answered(0, 12),
      answered(60, 40),
      abandoned(100, 3),
      abandoned(120, 30),
      call(200, { result: 'overflow', waits: 600, leftMessage: true }),
      call(210, { result: 'noCounsellor', waits: 1, leftMessage: true }),
      call(220, { result: 'callBack', waits: 90 }),
      call(230, { result: 'message', joinedAt: undefined, leftMessage: true }),
      call(240, { result: 'closed', joinedAt: undefined, leftMessage: true }),
      call(1700),
    ];
    const names: KpiName[] = ['offered', 'answered', 'abandoned', 'shortAbandoned', 'overflow', 'callBacks'];
    assert.deepEqual(values(calls, ...names), [9, 2, 1, 1, 2, 1]);
    assert.deepEqual(values(calls, 'messages', 'closed', 'waiting'), [4, 1, 1]);
  });

  it('tell the service level by both rules, without those who wait and those who thought better of it', () => {
    const calls = [
      answered(0, 20),
      answered(60, 21),
      abandoned(100, 4),
      abandoned(120, 5),
      abandoned(140, 60),
    ];
    assert.deepEqual(values([...calls, call(1790)], 'serviceLevel', 'serviceLevelUsual', 'abandonRate'), [
      1 / 4,
      1 / 3,
      2 / 4,
    ]);
  });

  it('count who asks to be phoned as neither answered nor given up', () => {
    const calls = [answered(0, 10), call(20, { result: 'callBack', waits: 50 })];
    assert.deepEqual(values(calls, 'serviceLevel', 'serviceLevelUsual', 'abandonRate'), [1 / 2, 1, 0]);
  });

  it('tell how long people waited and talked, also who waits now', () => {
    const calls = [answered(0, 10, 100), answered(60, 30, 200), abandoned(100, 50)];
    assert.deepEqual(values(calls, 'averageWait', 'longestWait', 'averageTalk'), [20, 50, 150]);
    assert.deepEqual(values([...calls, call(1000)], 'longestWait'), [790]);
  });

  it('know nothing of what was not there', () => {
    const all = kpis([]);
    for (const name of kpiNames) {
      assert.equal(all[name].value, all[name].unit === 'calls' ? 0 : undefined, name);
    }
  });

  it('leave out our own calls, and calls outside the window but for the talk that reaches into it', () => {
    const before = { ...answered(-600, 10, 700), direction: 'incoming' as const };
    const own = { ...answered(60, 1), direction: 'outgoing' as const };
    const all = kpis([before, own], [presence('09:00:00', 'in')]);
    assert.deepEqual([all.offered.value, all.answered.value], [0, 0]);
    assert.equal(all.occupancy.value, 120 / 1800);
  });

  it('tell occupancy of those who were there, with their write-ups', () => {
    const presences = [presence('09:00:00', 'in'), presence('10:20:00', 'paused')];
    const all = kpis([answered(0, 0, 480), answered(1740, 0, 40)], presences, 30);
    assert.equal(all.averageWrapUp.value, 30);
    // The second talk goes on to the last ten seconds of the window, and the notes beyond it.
    assert.equal(all.occupancy.value, (480 + 30 + 50) / 1200);
    assert.equal(kpis([answered(0, 0, 480)], presences).averageWrapUp.value, undefined);
  });

  it('show their rule in Japanese, with the seconds that apply', () => {
    const all = kpis([]);
    for (const name of kpiNames) assert.match(all[name].formula, /[ぁ-ん]/);
    assert.match(all.serviceLevel.formula, /^20秒以内/);
    assert.match(all.shortAbandoned.formula, /5秒未満/);
  });

  it('are never negative, and no share is above one', () => {
    const anyCall = fc
      .record({
        second: fc.integer({ min: -4000, max: 2000 }),
        waits: fc.option(fc.integer({ min: 0, max: 900 }), { nil: undefined }),
        talks: fc.option(fc.integer({ min: 0, max: 4000 }), { nil: undefined }),
        result: fc.constantFrom(undefined, 'answered', 'abandoned', 'callBack', 'overflow', 'closed'),
      })
      .map(({ second, ...marks }) => call(second, marks as Parameters<typeof call>[1]));
    const anyPresence = fc
      .record({
        second: fc.integer({ min: -4000, max: 2000 }),
        what: fc.constantFrom('in', 'out', 'paused', 'resumed'),
        extension: fc.constantFrom('201', '202'),
      })
      .map(({ second, ...rest }) => ({ ...rest, at: new Date(from.getTime() + second * 1000) }));
    fc.assert(
      fc.property(fc.array(anyCall), fc.array(anyPresence), (calls, presences) => {
        for (const { value, unit } of Object.values(kpis(calls, presences as PresenceFact[]))) {
          if (value === undefined) continue;
          assert.ok(value >= 0);
          if (unit === 'share') assert.ok(value <= 1);
        }
      }),
    );
  });
});

describe('the time that counsellors were there', () => {
  const ready = (...facts: PresenceFact[]): number => readyMs(facts, from, until) / 60_000;

  it('reaches from coming to leaving, within the window', () => {
    assert.equal(ready(), 0);
    assert.equal(ready(presence('10:05:00', 'in'), presence('10:20:00', 'out')), 15);
    assert.equal(ready(presence('09:00:00', 'in')), 30);
    assert.equal(ready(presence('09:00:00', 'in'), presence('09:30:00', 'out')), 0);
  });

  it('counts each counsellor, and each once', () => {
    const twice = [presence('10:00:00', 'in'), presence('10:10:00', 'in')];
    assert.equal(ready(...twice), 30);
    assert.equal(ready(...twice, presence('10:20:00', 'in', '202')), 40);
  });

  it('leaves out pauses', () => {
    const facts = [presence('10:00:00', 'in'), presence('10:10:00', 'paused')];
    assert.equal(ready(...facts), 10);
    assert.equal(ready(...facts, presence('10:12:00', 'paused'), presence('10:25:00', 'resumed')), 15);
  });
});
