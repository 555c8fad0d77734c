import assert from 'node:assert/strict';
import {
  bothTexts,
  conflictsOf,
  draftOf,
  problemsIn,
  shownAt,
  withoutSame,
  type CardOnScreen,
} from '../../src/consultations/card-edits.js';
import type { CardContent } from '../../src/consultations/card-fields.js';
import { describeProblems } from '../../src/consultations/read-fields.js';

function cardThatSays(content: CardContent, rest: Partial<CardOnScreen> = {}): CardOnScreen {
  const now = '2026-11-24T01:05:00.000Z';
  return {
    ...{ id: 1, organizationId: 1, caseId: undefined, personId: undefined, subscriberId: undefined },
    ...{ state: 'draft', version: 3, channel: 'phone', triage: undefined, receivedAt: now, savedAt: now },
    ...{ receivedBy: { id: 7, name: '相談 員子' }, savedBy: undefined, calls: [], content },
    ...rest,
  };
}

describe('what is written on a card and not saved yet', () => {
  it('shows before what is stored', () => {
    const card = cardThatSays({ freeText: '古い', principal: { name: '鈴木' } }, { triage: 'urgent' });
    const edits = { 'principal.name': '鈴木 たま' };
    const shown = ['principal.name', 'freeText', 'triage', 'receivedBy', 'wishes.area'].map((path) =>
      shownAt(card, edits, path),
    );
    assert.deepEqual(shown, ['鈴木 たま', '古い', 'urgent', 7, undefined]);
  });

  it('goes to the service in the shape of a card', () => {
    assert.deepEqual(
      draftOf({ 'principal.name': 'あ', 'principal.kana': 'い', freeText: 'う', triage: null }),
      {
        principal: { name: 'あ', kana: 'い' },
        freeText: 'う',
        triage: null,
      },
    );
  });

  it('is nothing where it says what is stored; no and not asked are two things', () => {
    const card = cardThatSays({ freeText: '同じ', wishesCheckIn: null });
    const edits = { freeText: '同じ', answerGiven: '', otherTroubles: [], wishesCheckIn: false };
    assert.deepEqual(withoutSame(card, edits), { wishesCheckIn: false });
  });

  const base = cardThatSays({ freeText: '初め', nextStep: '初め' });
  for (const [what, edits, theirs, paths] of [
    ['fields that only I changed', { freeText: '私' }, { freeText: '初め', nextStep: '相手' }, []],
    ['a field that both changed', { freeText: '私' }, { freeText: '相手', nextStep: '初め' }, ['freeText']],
    ['a field that both changed alike', { freeText: '同じ' }, { freeText: '同じ', nextStep: '初め' }, []],
    ['a field that was emptied meanwhile', { freeText: '私' }, { nextStep: '初め' }, ['freeText']],
  ] as const) {
    it(`meets what another has saved: ${what}`, () => {
      const found = conflictsOf(edits, base, cardThatSays(theirs));
      assert.deepEqual(
        found.map(({ path }) => path),
        paths,
      );
    });
  }

  it('can stand below the words of the other one, without saying a thing twice', () => {
    assert.equal(bothTexts('相手', '私'), '相手\n私');
    assert.equal(bothTexts('相手と私', '私'), '相手と私');
    assert.equal(bothTexts(undefined, '私'), '私');
  });

  it('knows which fields a refusal is about', () => {
    const message = describeProblems([
      {
        field: 'draft.principal.phones.0',
        label: '本人の電話番号',
        message: '電話番号を読めません。確かめてください。',
      },
      { field: 'freeText', label: '相談内容', message: '10,000文字までです（いま33,000文字）。' },
    ]);
    assert.deepEqual(problemsIn(message), {
      'principal.phones': '本人の電話番号は、電話番号を読めません。確かめてください。',
      freeText: '相談内容は、10,000文字までです（いま33,000文字）。',
    });
  });
});
