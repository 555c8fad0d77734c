import assert from 'node:assert/strict';
import fc from 'fast-check';
import { missReasons, type AttemptOutcome } from '../../src/checkins/attempt-outcome.js';
import { policyPresets, presetPolicies, type PolicyPreset } from '../../src/checkins/call-policy.js';
import { giveUpMoment, isWithinCallingHours } from '../../src/checkins/calling-hours.js';
import { decideNextStep } from '../../src/checkins/retry-policy.js';

const zone = 'Asia/Tokyo';
const at = (time: string, day = 23): Date => new Date(`2026-11-${day}T${time}:00+09:00`);

/** A check-in due at 09:00. */
function nextStep(
  preset: PolicyPreset,
  outcome: AttemptOutcome,
  { missed = 1, rung = 1, now = at('09:01') }: { missed?: number; rung?: number; now?: Date } = {},
) {
  const dueAt = at('09:00');
  const policy = presetPolicies[preset];
  const facts = { dueAt, giveUpAt: giveUpMoment(dueAt, policy, zone), missed, rung };
  return decideNextStep(outcome, facts, policy, zone, now);
}

const miss = (reason: (typeof missReasons)[number]): AttemptOutcome => ({ kind: 'missed', reason });
const again = (time: string, day = 23) => ({ kind: 'callAgain', at: at(time, day) });
const alert = (reason: string) => ({ kind: 'alert', reason });

describe('retry policy', () => {
  for (const preset of policyPresets) {
    it(`of ${preset} is done after ok, and tells the station at once what cannot wait`, () => {
      assert.deepEqual(nextStep(preset, { kind: 'ok' }), { kind: 'done' });
      for (const kind of ['unwell', 'contactRequested', 'hungUpEarly', 'numberInvalid'] as const) {
        assert.deepEqual(nextStep(preset, { kind }), alert(kind));
      }
    });

    it(`of ${preset} does not count a dead trunk as a miss`, () => {
      assert.deepEqual(nextStep(preset, { kind: 'trunkError' }, { missed: 9, rung: 0 }), again('09:03'));
    });
  }

  for (const [preset, reason, expected] of [
    ['matsudo', 'noAnswer', again('09:00', 24)],
    ['matsudo', 'busy', again('09:00', 24)],
    ['matsudo', 'screened', again('09:06')],
    ['matsudo', 'answeredNoKey', again('09:11')],
    ['sameDay', 'noAnswer', again('09:31')],
    ['sameDay', 'busy', again('09:11')],
    ['sameDay', 'machine', again('09:31')],
    ['sameDay', 'invalidKey', again('09:11')],
  ] as const) {
    it(`of ${preset} after a first ${reason} calls again at ${expected.at.toISOString()}`, () => {
      assert.deepEqual(nextStep(preset, miss(reason)), expected);
    });
  }

  it('waits longer after the second miss, and tells the station after the last', () => {
    assert.deepEqual(nextStep('sameDay', miss('noAnswer'), { missed: 2, now: at('09:32') }), again('10:32'));
    assert.deepEqual(nextStep('sameDay', miss('noAnswer'), { missed: 3 }), alert('noResponse'));
    assert.deepEqual(nextStep('matsudo', miss('noAnswer'), { missed: 2 }), alert('noResponse'));
  });

  it('plans no call for the very minute it must give up, and says whose fault it was', () => {
    assert.deepEqual(nextStep('sameDay', miss('noAnswer'), { now: at('11:30') }), alert('noResponse'));
    assert.deepEqual(nextStep('sameDay', miss('noAnswer'), { now: at('11:29') }), again('11:59'));
    assert.deepEqual(
      nextStep('sameDay', { kind: 'trunkError' }, { now: at('11:58') }),
      alert('weCouldNotCall'),
    );
  });

  it('never calls outside the hours or too late, and always comes to an end', () => {
    const outcome = fc.oneof(
      fc.constantFrom(...missReasons).map(miss),
      fc.constant<AttemptOutcome>({ kind: 'trunkError' }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...policyPresets),
        fc.constantFrom('Asia/Tokyo', 'America/New_York'),
        fc.integer({ min: 0, max: 365 * 24 * 60 }),
        fc.array(outcome, { minLength: 20, maxLength: 40 }),
        (preset, place, minutes, outcomes) => {
          const policy = presetPolicies[preset];
          const dueAt = new Date(Date.UTC(2026, 0, 1) + minutes * 60_000);
          const giveUpAt = giveUpMoment(dueAt, policy, place);
          let [misses, rung, now] = [0, 0, dueAt];
          for (const one of outcomes) {
            rung++;
            if (one.kind === 'missed') misses++;
            const next = decideNextStep(one, { dueAt, giveUpAt, missed: misses, rung }, policy, place, now);
            if (next.kind !== 'callAgain') return;
            assert.ok(next.at < giveUpAt && next.at > now);
            assert.ok(isWithinCallingHours(next.at, policy.callingHours, place));
            assert.ok(misses < policy.maxMissed && rung < policy.maxRung);
            now = next.at;
          }
          assert.fail('twenty calls and no end');
        },
      ),
    );
  });
});
