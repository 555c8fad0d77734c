import { deepEqual, equal, ok } from 'node:assert/strict';
import { pastDayOf } from '../../src/demo/past-days.js';

describe("the demo's past", () => {
  const all = Array.from({ length: 40 }, (_none, person) =>
    Array.from({ length: 56 }, (_day, ago) => pastDayOf(person, ago + 1)),
  ).flat();

  it('is the same each time', () => {
    deepEqual(pastDayOf(3, 17), pastDayOf(3, 17));
  });

  it('is mostly well, and has something of everything that a station meets', () => {
    const share = all.filter(({ result }) => result === 'ok').length / all.length;
    ok(share > 0.9 && share < 0.98, `${share}`);
    const reasons = new Set(all.map(({ alert }) => alert?.reason));
    deepEqual([...reasons].filter(Boolean).sort(), [
      'contactRequested',
      'hungUpEarly',
      'noResponse',
      'unwell',
    ]);
    ok(all.some(({ state }) => state === 'cancelled'));
  });

  it('leaves no alert without the moment when somebody had seen to it', () => {
    for (const { alert, state } of all) {
      equal(alert !== undefined, state === 'alerted' || state === 'confirmed');
      if (alert) ok(alert.closedAfterMinutes > 0);
    }
  });
});
