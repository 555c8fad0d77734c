import assert from 'node:assert/strict';
import type { DemoCall } from '../../src/demo/demo-hotline-store.js';
import { findHotlineMismatches, type HotlineFacts } from '../../src/demo/hotline-judge.js';
import { callerNamed, carrierIdOf, simulatedCallers } from '../../src/demo/simulated-callers.js';

const first = callerNamed('first');
const at = (seconds: number): Date => new Date(1_000_000 + seconds * 1000);
const row: DemoCall = {
  id: 1,
  callId: '1.0',
  direction: 'incoming',
  number: first.number,
  stage: 'talk',
  result: 'answered',
  arrivedAt: at(0),
  joinedAt: at(18),
  leftQueueAt: at(25),
  answeredAt: at(25),
  endedAt: at(31),
  answeredBy: '101',
  refusedRecording: false,
  taskId: undefined,
};
const facts: HotlineFacts = {
  calls: [row],
  tasks: [],
  carrier: [
    {
      id: carrierIdOf(first),
      number: 's',
      from: '',
      startedAt: at(0),
      ringingAt: undefined,
      answeredAt: at(0.1),
      keys: [],
      endedAt: at(31),
    },
  ],
  phones: [{ callId: 'a', who: '101', invitedAt: at(24).getTime(), answeredAt: at(25).getTime() }],
};

describe('the judge of the hotline in the demo', () => {
  it('finds nothing when all records tell the same', () => {
    assert.deepEqual(findHotlineMismatches(facts, [first]), []);
  });

  const wrong: [string, Partial<HotlineFacts>][] = [
    ['a call without a row', { calls: [] }],
    ['a call with two rows', { calls: [row, { ...row, id: 2 }] }],
    ['another end of the waiting', { calls: [{ ...row, result: 'abandoned' }] }],
    ['an answer at another time', { calls: [{ ...row, answeredAt: at(27) }] }],
    ['an end at another time', { calls: [{ ...row, endedAt: at(33) }] }],
    ['a call that the carrier never saw', { carrier: [] }],
    ['an answer that no telephone gave', { phones: [] }],
    [
      'a task that nobody asked for',
      { tasks: [{ id: 1, kind: 'callBack', number: first.number, state: 'open' }] },
    ],
    ['a call-back that the carrier never saw', { calls: [row, { ...row, id: 2, direction: 'callBack' }] }],
  ];
  for (const [what, changed] of wrong) {
    it(`finds ${what}`, () => {
      assert.notEqual(findHotlineMismatches({ ...facts, ...changed }, [first]).length, 0);
    });
  }
});

describe('the simulated callers', () => {
  it('have a number and a name each', () => {
    for (const pick of ['name', 'number'] as const)
      assert.equal(new Set(simulatedCallers.map((caller) => caller[pick])).size, simulatedCallers.length);
  });
});
