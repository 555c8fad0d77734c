import assert from 'node:assert/strict';
import { glanceDays, glanceOf, letterOf } from '../../src/desk/glance.js';

describe('eight weeks at a glance', () => {
  it('have one letter for each day, the day before last', () => {
    const weeks = glanceOf(
      [
        { dueOn: '2026-11-23', letter: 'o' },
        { dueOn: '2026-11-16', letter: 'x' },
        { dueOn: '2026-09-29', letter: 'u' },
      ],
      '2026-11-24',
    );
    assert.equal(weeks.length, glanceDays);
    assert.equal(weeks, `u${'.'.repeat(47)}x${'.'.repeat(6)}o`);
  });

  it('show the worse of two check-ins of a day, and nothing of other days', () => {
    const day = '2026-11-23';
    for (const letters of [
      ['o', 'u'],
      ['u', 'o'],
    ] as const) {
      const weeks = glanceOf(
        [...letters.map((letter) => ({ dueOn: day, letter })), { dueOn: '2026-11-24', letter: 'x' as const }],
        '2026-11-24',
      );
      assert.equal(weeks, `${'.'.repeat(55)}u`);
    }
  });

  for (const [state, result, letter] of [
    ['answered', 'ok', 'o'],
    ['confirmed', 'noAnswer', 'k'],
    ['alerted', 'unwell', 'u'],
    ['alerted', 'contactRequested', 'c'],
    ['alerted', 'hungUpEarly', 'h'],
    ['alerted', 'noAnswer', 'x'],
    ['alerted', 'machine', 'x'],
    ['alerted', null, 'f'],
    ['alerted', 'numberInvalid', 'f'],
    ['cancelled', 'paused', '-'],
    ['due', 'noAnswer', '?'],
    ['calling', null, '?'],
  ] as const) {
    it(`write ${letter} for ${state} with ${result}`, () => {
      assert.equal(letterOf(state, result), letter);
    });
  }
});
