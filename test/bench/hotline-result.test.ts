import assert from 'node:assert/strict';
import { hotlineResult, type HotlineFigures, type StoredCall } from '../../src/bench/hotline-result.js';
import { counsellorsWanted } from '../../src/bench/hotline-steering.js';
import type { SippCall } from '../../src/testbed/sipp-log.js';

const caller: SippCall = {
  callId: '1-1@127.0.0.2',
  who: '0473800001',
  invitedAt: 1000,
  answeredAt: 1010,
  endedAt: 9000,
  endedBy: 'exchange',
};
const phone: SippCall = {
  callId: 'a@127.0.0.1',
  who: '101',
  invitedAt: 6000,
  answeredAt: 6010,
  endedAt: 8010,
  endedBy: 'phone',
};
const row: StoredCall = {
  callId: '1795448503.0',
  number: '0473800001',
  result: 'answered',
  arrivedAt: 1005,
  answeredAt: 6015,
  answeredBy: '101',
};
const figures: HotlineFigures = {
  callers: [caller],
  steady: [caller],
  phones: [phone],
  rows: [row],
  cards: new Map([[row.callId, 6030]]),
  waiting: [30],
  usage: { cpuSeconds: 1, rssMB: 90, peakRssMB: 100 },
  ordersRefused: 0,
};

describe('the account of the hotline benchmark', () => {
  it('takes the times from what caller, telephone, screen and database saw', () => {
    const { lost, answered, errors, answerToCardP50Ms, waitErrorP95Ms } = hotlineResult(figures);
    assert.deepEqual([answered, lost, errors], [1, 0, 0]);
    assert.deepEqual([answerToCardP50Ms, waitErrorP95Ms], [20, 10]);
  });

  const lost: [string, Partial<HotlineFigures>][] = [
    ['has no row', { rows: [] }],
    ['has two rows', { rows: [row, { ...row, callId: 'other' }] }],
    ['is stored as one who gave up', { rows: [{ ...row, result: 'abandoned', answeredAt: null }] }],
    ['was not answered', { callers: [{ ...caller, answeredAt: undefined } as unknown as SippCall] }],
    ['had to hang up', { callers: [{ ...caller, endedBy: 'phone' }] }],
  ];
  for (const [what, changed] of lost) {
    it(`counts a caller as lost who ${what}`, () => {
      assert.equal(hotlineResult({ ...figures, ...changed }).lost, 1);
    });
  }

  it('counts as errors what only one side saw', () => {
    const { errorKinds } = hotlineResult({ ...figures, phones: [phone, { ...phone, answeredAt: 20_000 }] });
    assert.equal(errorKinds.answersUnseen, 1);
    assert.equal(hotlineResult({ ...figures, cards: new Map() }).errorKinds.cardsMissing, 1);
  });
});

describe('how many counsellors a queue needs to keep its length', () => {
  const town = { target: 30, callsPerSecond: 2, phones: 10 };
  const table: [waiting: number, wanted: number][] = [
    [30, 6],
    [35, 7],
    [60, 10],
    [20, 4],
    [0, 1],
  ];
  for (const [waiting, wanted] of table) {
    it(`is ${wanted} with ${waiting} waiting`, () => {
      assert.equal(counsellorsWanted(waiting, town), wanted);
    });
  }
});
