import assert from 'node:assert/strict';
import { initialsOf } from '../../src/wallboard/initials.js';

describe('what stands for a name', () => {
  for (const [kana, shown] of [
    ['やまだ　はなこ', 'や・は'],
    ['やまだ はなこ', 'や・は'],
    ['ちょうの　じゅん', 'ちょ・じゅ'],
    ['まりあ・てれさ　すずき', 'ま・て'],
    ['すずき', 'す'],
    ['', 'A012'],
    ['　', 'A012'],
  ] as const) {
    it(`is ${shown} for ${kana || 'nothing'}`, () => assert.equal(initialsOf(kana, 'A012'), shown));
  }
});
