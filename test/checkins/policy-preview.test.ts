import assert from 'node:assert/strict';
import { presetPolicies } from '../../src/checkins/call-policy.js';
import { previewPolicy } from '../../src/checkins/policy-preview.js';

const zone = 'Asia/Tokyo';
const { matsudo, sameDay } = presetPolicies;
const at = (text: string): Date => new Date(`${text}:00+09:00`);

/** As a clock in Japan shows it, to the minute. */
function told(when: Date): string {
  return new Date(when.getTime() + 9 * 3_600_000).toISOString().slice(0, 16);
}

describe('the preview of a way of calling', () => {
  for (const [what, policy, due, reason, calls, alert] of [
    [
      'calls again within the day',
      sameDay,
      '2026-11-24T09:00',
      'noAnswer',
      ['2026-11-24T09:00', '2026-11-24T09:30', '2026-11-24T10:31'],
      '2026-11-24T10:32',
    ],
    [
      'calls a busy person sooner',
      sameDay,
      '2026-11-24T09:00',
      'busy',
      ['2026-11-24T09:00', '2026-11-24T09:10', '2026-11-24T09:21'],
      '2026-11-24T09:22',
    ],
    [
      'waits for the next day in Matsudo',
      matsudo,
      '2026-11-24T09:00',
      'noAnswer',
      ['2026-11-24T09:00', '2026-11-25T09:00'],
      '2026-11-25T09:00',
    ],
    [
      'calls nobody past the calling hours, and tells the station then',
      sameDay,
      '2026-11-24T19:40',
      'noAnswer',
      ['2026-11-24T19:40'],
      '2026-11-24T19:40',
    ],
    [
      'keeps the least time between two calls',
      { ...sameDay, minimumGapSeconds: 3600 },
      '2026-11-24T09:00',
      'noAnswer',
      ['2026-11-24T09:00', '2026-11-24T10:00', '2026-11-24T11:00'],
      '2026-11-24T11:01',
    ],
    [
      'calls once when one miss is enough',
      { ...sameDay, maxMissed: 1 },
      '2026-11-24T09:00',
      'noAnswer',
      ['2026-11-24T09:00'],
      '2026-11-24T09:00',
    ],
  ] as const) {
    it(what, () => {
      const preview = previewPolicy(policy, zone, at(due), reason);
      assert.deepEqual(preview.calls.map(told), calls);
      assert.equal(told(preview.alertAt), alert);
    });
  }

  it('says that a call too late for its own end is never made', () => {
    const policy = { ...sameDay, giveUp: { days: 0, minutes: 30 } };
    const preview = previewPolicy(policy, zone, at('2026-11-24T06:00'), 'noAnswer');
    assert.deepEqual([preview.calls, preview.reason], [[], 'weCouldNotCall']);
    assert.equal(told(preview.alertAt), '2026-11-24T06:30');
  });
});
