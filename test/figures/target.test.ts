import assert from 'node:assert/strict';
import { scopeInWords } from '../../src/figures/figures-csv.js';
import { isWithin, readScopeKey, scopeKey, standingOf, type FigureScope } from '../../src/figures/target.js';

const kansai = { id: 3, kind: 'municipality', region: '関西' };

describe('a scope', () => {
  for (const [key, scope, words, holds] of [
    ['all', {}, '全体', true],
    ['kind:municipality', { kind: 'municipality' }, '自治体', true],
    ['kind:privateBusiness', { kind: 'privateBusiness' }, '民間事業者', false],
    ['region:関西', { region: '関西' }, '関西', true],
    ['region:東葛', { region: '東葛' }, '東葛', false],
    [
      'region:関西/kind:communityAssociation',
      { region: '関西', kind: 'communityAssociation' },
      '関西の地縁団体',
      false,
    ],
    ['organization:3', { organizationId: 3 }, '枚方市', true],
    ['organization:4', { organizationId: 4 }, '団体4', false],
  ] as const satisfies readonly (readonly [string, FigureScope, string, boolean])[]) {
    it(`called ${key} is ${words}`, () => {
      assert.equal(scopeKey(scope), key);
      assert.deepEqual(readScopeKey(key), scope);
      assert.equal(scopeInWords(scope, new Map([[3, '枚方市']])), words);
      assert.equal(isWithin(scope, kansai), holds);
    });
  }
});

describe('a target', () => {
  for (const [actual, value, percent] of [
    [412, 1500, 27],
    [1499, 1500, 99],
    [1500, 1500, 100],
    [1600, 1500, 106],
    [0, 5, 0],
    [3, 0, null],
  ] as const) {
    it(`of ${value} with ${actual} is reached to ${percent ?? 'no'} per cent`, () => {
      const target = { fiscalYear: 2026, measure: 'subscribers', scope: {}, value, version: 1 } as const;
      assert.deepEqual(standingOf(target, actual), { ...target, scope: 'all', actual, percent });
    });
  }
});
