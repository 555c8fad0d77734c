import assert from 'node:assert/strict';
import { Haystack } from '../../src/subscribers/search-haystack.js';
import { digitsTyped, foldLoosely, foldText } from '../../src/subscribers/search-text.js';
import { matchOf, readQuery, toEntry, type IndexEntry } from '../../src/subscribers/subscriber-match.js';

function entryOf(id: number, given: Partial<IndexEntry>): IndexEntry {
  const nobody = { memberNumber: `M${id}`, name: '', kana: '', numbers: [] };
  return toEntry({ ...nobody, stationId: 1, withdrawnOn: undefined, updatedAt: 1, ...given, id });
}

const people = [
  entryOf(1, { memberNumber: '1024', name: '髙橋 花子', kana: 'たかはし はなこ', numbers: ['0473912345'] }),
  entryOf(2, { memberNumber: '77', name: '大野 京子', kana: 'おおの きょうこ', numbers: ['0473921024'] }),
  entryOf(3, {
    memberNumber: 'A-3',
    name: 'ジョン・スミス',
    kana: 'じょん すみす',
    numbers: ['09012345678'],
  }),
];

/** Who is found, by what, and how well. */
function found(text: string): string[] {
  const query = readQuery(text);
  if (!query) return [];
  const haystack = new Haystack(people);
  return [...haystack.mayMatch(query)].flatMap((entry) => {
    const match = matchOf(query, entry);
    return match ? [`${entry.id} ${match.field} ${match.rank}`] : [];
  });
}

describe('what is typed into a search', () => {
  const cases: Record<string, [text: string, found: string[]][]> = {
    'means a member number before all else': [
      ['1024', ['1 memberNumber 0', '2 number 4']],
      ['１０２４', ['1 memberNumber 0', '2 number 4']],
      ['a-3', ['3 memberNumber 0']],
    ],
    'means a telephone number, whole or in part, however it is written': [
      ['0473912345', ['1 number 1']],
      ['０４７ー３９１−２３４５', ['1 number 1']],
      ['(047) 391 2345', ['1 number 1']],
      ['+81 47 391 2345', ['1 number 1']],
      ['2345', ['1 number 4', '3 number 4']],
      ['391-23', ['1 number 4']],
    ],
    'means kana, whatever their form': [
      ['たか', ['1 kana 2']],
      ['タカハシ', ['1 kana 2']],
      ['ﾀｶﾊｼ ﾊﾅｺ', ['1 kana 2']],
      ['はなこ', ['1 kana 4']],
      ['きょう', ['2 kana 4']],
      ['キヨウ', ['2 kana 4']],
      ['ｼﾞｮﾝ', ['3 kana 2']],
      ['スミース', ['3 kana 4']],
    ],
    'means a long vowel, whoever spells it': [
      ['おおの', ['2 kana 2']],
      ['オーノ', ['2 kana 3']],
      ['おうの', ['2 kana 3']],
      ['おの', ['2 kana 3']],
    ],
    'means a name in kanji, in whatever form': [
      ['高橋', ['1 name 2']],
      ['髙橋花', ['1 name 2']],
      ['京子', ['2 name 4']],
      ['じょんすみす', ['3 kana 2']],
    ],
    'means several things at once, in any order': [
      ['花子 髙橋', ['1 name 5']],
      ['大野 1024', ['2 name 5']],
      ['大野 2345', []],
    ],
    'means nobody': [
      ['', []],
      ['　', []],
      ['しらない', []],
      ['12', []],
      ['\n', []],
    ],
  };
  for (const [title, examples] of Object.entries(cases)) {
    it(title, () => {
      for (const [text, expected] of examples) assert.deepEqual(found(text), expected, text);
    });
  }

  it('is found among thousands exactly where it is found one by one', () => {
    const many = Array.from({ length: 3000 }, (_, n) => ({
      ...(people[n % 3] ?? entryOf(0, {})),
      id: n,
      numbers: [`04739${n + 10_000}`],
    })).map((one) => toEntry(one));
    for (const text of ['こ', '47391', '473912', 'はし はな', '1024', 'おの', '0473912999']) {
      const query = readQuery(text);
      assert.ok(query);
      const all = many.filter((entry) => matchOf(query, entry)).map(({ id }) => id);
      const quick = [...new Haystack(many).mayMatch(query)].filter((entry) => matchOf(query, entry));
      assert.deepEqual(
        quick.map(({ id }) => id),
        all,
      );
    }
  });

  it('is folded the same each time it is folded', () => {
    for (const text of ['キャッシュ', 'ﾊﾞｰﾊﾞｰ', 'づぢゐゑを', '山田　花子', 'Ｓmith']) {
      assert.equal(foldText(foldText(text)), foldText(text));
      assert.equal(foldLoosely(foldLoosely(text)), foldLoosely(text));
    }
    assert.deepEqual(
      [digitsTyped('12'), digitsTyped('123'), digitsTyped('12a')],
      [undefined, '123', undefined],
    );
  });
});
