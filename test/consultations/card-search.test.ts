import assert from 'node:assert/strict';
import { readSearch, saysAll } from '../../src/consultations/card-search.js';

const content = {
  principal: { name: '鈴木 タマ', kana: 'すずき たま', phones: ['0473999001'] },
  freeText: 'ＵＲの家賃が払えません。',
};

describe('a search among cards', () => {
  for (const [text, isFound] of [
    ['', true],
    ['鈴木', true],
    ['鈴木タマ', true],
    ['スズキ', true],
    ['ｽｽﾞｷ　家賃', true],
    ['ur', true],
    ['047-399-9001', true],
    ['9001', true],
    ['鈴木 立退き', false],
    ['佐藤', false],
  ] as const) {
    it(`${isFound ? 'finds' : 'does not find'} “${text}”`, () => {
      assert.equal(saysAll(content, readSearch(text)), isFound);
    });
  }
});
