import assert from 'node:assert/strict';
import { mapColumns } from '../../../src/subscribers/import/columns.js';
import { nearestName } from '../../../src/subscribers/import/nearest-name.js';

const REQUIRED = ['会員番号', '氏名', '電話番号', '曜日', '時刻'];

function errorsOf(cells: string[], blankColumns: number[] = []): string[] {
  return mapColumns({ line: 2, cells }, (index) => blankColumns.includes(index)).errors.map(
    ({ line, field, message }) => `${line} ${field} ${message}`,
  );
}

describe('import columns', () => {
  for (const [heading, field] of [
    ['ふりがな', 'kana'],
    ['フリガナ', 'kana'],
    ['ﾌﾘｶﾞﾅ', 'kana'],
    ['カナ', 'kana'],
    ['kana', 'kana'],
    ['生年月日', 'birthDate'],
    ['birthDate', 'birthDate'],
    ['Birth Date', 'birthDate'],
    ['birth_date', 'birthDate'],
    ['電話番号２', 'phone2'],
    ['電話番号3', 'phone3'],
    ['phone3', 'phone3'],
    ['発信方法', 'toneProfile1'],
    ['トーン', 'toneProfile1'],
    ['発信方法2', 'toneProfile2'],
    ['加入日', 'enrolledOn'],
    ['enrolledOn', 'enrolledOn'],
    ['解約日', 'withdrawnOn'],
    ['withdrawnOn', 'withdrawnOn'],
    ['方式', 'policyPreset'],
    ['話す速さ', 'speechRate'],
    ['呼び出し秒数', 'ringSeconds'],
    ['ringSeconds', 'ringSeconds'],
    ['備考', 'notes'],
    ['notes', 'notes'],
    ['備　考', 'notes'],
  ] as const) {
    it(`takes ${heading} for ${field}`, () => {
      const { columns, errors } = mapColumns({ line: 1, cells: [...REQUIRED, heading] }, () => false);
      assert.deepEqual(columns.get(field), { index: 5, heading });
      assert.deepEqual(errors, []);
    });
  }

  it('knows the required columns by English names, and 電話番号1 as 電話番号', () => {
    const english = ['memberNumber', 'name', 'phone', 'days', 'time'];
    assert.deepEqual(errorsOf(english), []);
    assert.deepEqual(errorsOf(['会員番号', '氏名', '電話番号1', '曜日', '時刻']), []);
  });

  for (const [heading, hint] of [
    ['電話番号一', '電話番号'],
    ['電話番号４', '電話番号'],
    ['発信方式', '発信方法'],
    ['生年月', '生年月日'],
    ['加入年月日', '生年月日'],
    ['ring_second', 'ringSeconds'],
  ] as const) {
    it(`does not know ${heading} and asks whether ${hint} is meant`, () => {
      const [error, ...others] = errorsOf([...REQUIRED, heading]);
      assert.ok(error?.startsWith(`2 見出し 「${heading}」という列は分かりません。「${hint}`), error);
      assert.deepEqual(others, []);
    });
  }

  it('lists the columns it knows when no name is near', () => {
    const [error] = errorsOf([...REQUIRED, '合言葉']);
    assert.match(error ?? '', /「合言葉」という列は分かりません。.*会員番号・氏名・ふりがな/);
  });

  it('refuses a column twice, also under two of its names', () => {
    assert.match(errorsOf([...REQUIRED, '氏名'])[0] ?? '', /「氏名」の列は2つあります（2列目と6列目）/);
    assert.match(
      errorsOf([...REQUIRED, '電話番号1'])[0] ?? '',
      /「電話番号1」の列は2つあります（3列目と6列目）/,
    );
  });

  it('names every required column that is missing', () => {
    assert.deepEqual(
      errorsOf(['備考']).map((error) => /「(.*)」の列がありません/.exec(error)?.[1]),
      REQUIRED,
    );
  });

  it('needs no heading over a column that is blank in every row', () => {
    assert.deepEqual(errorsOf([...REQUIRED, '', ''], [5, 6]), []);
    assert.match(errorsOf([...REQUIRED, '', ''], [5])[0] ?? '', /7列目に見出しがありません/);
  });

  it('does not let a heading write control characters to the terminal', () => {
    const message = errorsOf([...REQUIRED, '\u001b[2J\u202e備考欄のようなもの'])[0] ?? '';
    assert.doesNotMatch(message, /[\p{Cc}\p{Cf}]/u);
  });
});

describe('nearest name', () => {
  for (const [text, nearest] of [
    ['氏名', '氏名'],
    ['ご氏名', '氏名'],
    ['ringSecond', 'ringSeconds'],
    ['血液型', undefined],
    ['', undefined],
  ] as const) {
    it(`finds ${nearest ?? 'nothing'} near ${JSON.stringify(text)}`, () => {
      assert.equal(nearestName(text, ['氏名', 'ringSeconds', '電話番号']), nearest);
    });
  }
});
