import assert from 'node:assert/strict';
import { layouts } from '../../src/consultations/choices.js';
import { choicesOf, readOwnChoices, unknownChoice } from '../../src/consultations/own-choices.js';

const usual = choicesOf('layouts');
const lists = { needsAttributes: [], troubles: choicesOf('troubles'), homes: [], layouts: usual };

describe('a tenant’s own choices', () => {
  it('are the usual ones at first', () => {
    assert.deepEqual(
      usual.map(({ key }) => key),
      Object.keys(layouts),
    );
  });

  it('take new ones, each with a key that no other ever had', () => {
    const once = readOwnChoices(usual, [...usual, { label: '戸建て', retired: false }]);
    assert.ok(once.kind === 'read');
    assert.equal(once.choices.at(-1)?.key, 'own1');
    const gone = once.choices.map((one) => ({ ...one, retired: one.key === 'own1' }));
    const twice = readOwnChoices(gone, [...gone, { label: '戸建て', retired: false }]);
    assert.equal(twice.kind === 'read' && twice.choices.at(-1)?.key, 'own2');
  });

  for (const [what, wanted, kind] of [
    ['without one that is there', usual.slice(1), 'choiceMissing'],
    ['with one that is not', [...usual, { key: 'own9', label: 'x', retired: false }], 'choiceMissing'],
    ['with one twice', [...usual.slice(1), ...usual.slice(1, 2)], 'choiceMissing'],
    ['with nothing to choose', usual.map((one) => ({ ...one, retired: true })), 'noneOffered'],
    ['with one word for two', usual.map((one) => ({ ...one, label: '部屋' })), 'labelTwice'],
  ] as const) {
    it(`are refused ${what}`, () => {
      assert.equal(readOwnChoices(usual, wanted).kind, kind);
    });
  }

  it('gain what comes with a newer version of the service', () => {
    const stored = [{ key: 'any', label: 'どこでも', retired: true }];
    const [first, ...rest] = choicesOf('layouts', stored);
    assert.deepEqual([first, rest.length], [stored[0], usual.length - 1]);
  });

  it('are the only ones that a card may name', () => {
    assert.equal(unknownChoice({ mainTrouble: 'arrears', wishes: { layouts: ['any'] } }, lists), undefined);
    assert.equal(unknownChoice({ mainTrouble: 'own1' }, lists), 'mainTrouble');
    assert.equal(unknownChoice({ wishes: { layouts: ['own3'] } }, lists), 'wishes.layouts');
  });
});
