import assert from 'node:assert/strict';
import fc from 'fast-check';
import { estimateWaitMinutes, type WaitFacts } from '../../src/hotline/wait-estimate.js';

const talks = [300, 300, 300];
const facts = (some: Partial<WaitFacts>): WaitFacts => ({
  waiting: 0,
  callBacksDue: 0,
  counsellorsPresent: 2,
  counsellorsFree: 0,
  recentTalkSeconds: talks,
  ...some,
});
const anyFacts: fc.Arbitrary<WaitFacts> = fc.record({
  waiting: fc.nat({ max: 200 }),
  callBacksDue: fc.nat({ max: 200 }),
  counsellorsPresent: fc.nat({ max: 20 }),
  counsellorsFree: fc.nat({ max: 20 }),
  recentTalkSeconds: fc.array(fc.oneof(fc.double(), fc.integer({ min: -10, max: 5000 }))),
});
/** Not knowing is between nothing and anything. */
const orNothing = (minutes: number | undefined): number => minutes ?? 0;

describe('the estimated wait of who joins now', () => {
  for (const [what, some, minutes] of [
    ['nobody waits and one is free', { counsellorsFree: 1 }, 0],
    [
      'nobody waits and one is free, of whose talks nothing is known',
      { counsellorsFree: 1, recentTalkSeconds: [] },
      0,
    ],
    ['one waits for whom one is free', { waiting: 1, counsellorsFree: 1 }, 3],
    ['all talk', {}, 3],
    ['three wait', { waiting: 3 }, 10],
    ['two wait and one is to be phoned', { waiting: 2, callBacksDue: 1 }, 10],
    ['one counsellor is there alone', { waiting: 1, counsellorsPresent: 1 }, 10],
    ['nobody is there', { counsellorsPresent: 0 }, undefined],
    ['all talk for the first time', { recentTalkSeconds: [300, 300] }, undefined],
    ['talks are hardly talks', { waiting: 3, recentTalkSeconds: [0, 1, 2] }, 1],
  ] as const) {
    it(`is ${minutes ?? 'unknown'} when ${what}`, () => {
      assert.equal(estimateWaitMinutes(facts(some)), minutes);
    });
  }

  it('is a whole number of minutes, and never negative', () => {
    fc.assert(
      fc.property(anyFacts, (some) => {
        const minutes = estimateWaitMinutes(some);
        assert.ok(minutes === undefined || (Number.isInteger(minutes) && minutes >= 0));
      }),
    );
  });

  it('never shrinks when more people wait', () => {
    fc.assert(
      fc.property(anyFacts, fc.nat({ max: 20 }), fc.nat({ max: 20 }), (some, more, moreToPhone) => {
        const [fewer, many] = [
          estimateWaitMinutes(some),
          estimateWaitMinutes({
            ...some,
            waiting: some.waiting + more,
            callBacksDue: some.callBacksDue + moreToPhone,
          }),
        ];
        assert.ok(many === undefined || orNothing(fewer) <= many);
      }),
    );
  });

  it('never grows when another counsellor comes who is free', () => {
    fc.assert(
      fc.property(anyFacts, (some) => {
        const { counsellorsPresent: present, counsellorsFree: free } = some;
        fc.pre(free <= present);
        const before = estimateWaitMinutes(some);
        const after = estimateWaitMinutes({
          ...some,
          counsellorsPresent: present + 1,
          counsellorsFree: free + 1,
        });
        assert.ok(before === undefined || (after ?? Infinity) <= before);
      }),
    );
  });
});
