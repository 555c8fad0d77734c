import assert from 'node:assert/strict';
import { timelineOf } from '../../src/consultations/case-timeline.js';

describe('the story of a case', () => {
  it('has the newest first, and an answer by its own day, above what it answers', () => {
    const story = timelineOf({
      cards: [{ id: 1, receivedAt: '2026-11-24T01:05:00.000Z', state: 'draft' }],
      actions: [
        {
          ...{ id: 2, startedAt: '2026-11-25T02:00:00.000Z', minutes: 30, kind: 'visit' },
          ...{ category: 'preMoveIn', workerId: 1, note: '' },
        },
      ],
      referrals: [
        {
          ...{ id: 3, destinationName: '窓口', told: '', askedOn: '2026-11-24', answer: '' },
          ...{ answeredOn: '2026-11-30', result: 'accepted' },
        },
      ],
      leases: [{ id: 4, signedOn: '2026-12-10', address: '松戸' }],
    });
    assert.deepEqual(
      story.map(({ kind }) => kind),
      ['lease', 'answer', 'action', 'referral', 'card'],
    );
  });
});
