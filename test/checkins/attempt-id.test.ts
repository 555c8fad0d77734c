import { deepEqual, equal, match } from 'node:assert/strict';
import { newAttemptId } from '../../src/checkins/attempt-id.js';

describe("an attempt's id", () => {
  const now = new Date('2026-11-23T00:00:00.123Z');

  it('is a UUID of version 7, for databases and channels alike', () => {
    match(newAttemptId(now), /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('sorts by the moment of the call', () => {
    const moments = [0, 1, 256, 65_536, 86_400_000, 31_536_000_000];
    const ids = moments.map((later) => newAttemptId(new Date(now.getTime() + later)));
    deepEqual(ids.toSorted(), ids);
  });

  it('is never the same twice', () => {
    const ids = Array.from({ length: 10_000 }, () => newAttemptId(now));
    equal(new Set(ids).size, ids.length);
  });
});
