import assert from 'node:assert/strict';
import { spellForOpenJtalk } from '../../src/prompts/readings.js';

describe('spelling for Open JTalk', () => {
  for (const [text, spelling] of [
    ['はち', '8'],
    ['に', 'ニー'],
    ['お元気でしたら、いち。少し心配でしたら、に。', 'お元気でしたら、1。少し心配でしたら、ニー。'],
    ['いち、に、さん', '1、ニー、3'],
  ] as const) {
    it(`writes the digits of ${text} as they are heard best`, () => {
      assert.equal(spellForOpenJtalk(text), spelling);
    });
  }

  for (const [text, spelling] of [
    ['なながつ', 'ナナガツ'],
    ['じゅうななにち', 'ジューナナニチ'],
    ['にじゅうななにち', 'ニジューナナニチ'],
  ] as const) {
    it(`keeps the なな of ${text} together`, () => {
      assert.equal(spellForOpenJtalk(text), spelling);
    });
  }

  it('leaves the same sounds alone inside words', () => {
    for (const text of ['ステーションにお電話します。', '田中さん、こんにちは。', 'いちど、ごはんに。']) {
      assert.equal(spellForOpenJtalk(text), text);
    }
  });
});
