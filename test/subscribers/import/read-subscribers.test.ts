import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { parseCsv, readCsv } from '../../../src/subscribers/import/csv-text.js';
import { readSubscribers, type SubscriberReading } from '../../../src/subscribers/import/read-subscribers.js';

const TODAY = '2026-11-23';
const REQUIRED = '会員番号,氏名,電話番号,曜日,時刻';

function read(header: string, ...rows: string[]): SubscriberReading {
  const reading = parseCsv([header, ...rows].join('\n'));
  assert.ok(reading.ok, JSON.stringify(reading));
  return readSubscribers(reading.table, { today: TODAY });
}

function errorsOf(header: string, ...rows: string[]): string[] {
  return read(header, ...rows).errors.map(({ line, field, message }) => `${line} ${field} ${message}`);
}

describe('reading subscribers', () => {
  it('reads a row of only the required columns and fills in the defaults', () => {
    const { rows, present, restored, errors } = read(REQUIRED, '0012,髙﨑 ハナ,047-391-2345,火,9:00');
    assert.deepEqual(rows, [
      {
        line: 2,
        memberNumber: '0012',
        name: '髙﨑 ハナ',
        enrolledOn: TODAY,
        notes: '',
        promptLanguage: 'ja',
        speechRate: 'slow',
        ringSeconds: 45,
        phones: [{ number: '0473912345', toneProfile: 'tone' }],
        plan: { kind: 'weekly', days: [2], time: '09:00' },
        policyPreset: 'matsudo',
        blank: [],
      },
    ]);
    assert.deepEqual([...present].sort(), ['days', 'memberNumber', 'name', 'phone1', 'time']);
    assert.deepEqual([restored, errors], [[], []]);
  });

  it('reads every column from the CP932 file that Excel writes', async () => {
    const bytes = await readFile(new URL('excel-cp932.csv', import.meta.url));
    const reading = readCsv(bytes);
    assert.ok(reading.ok);
    const { rows, restored, errors } = readSubscribers(reading.table, { today: TODAY });
    assert.deepEqual(errors, []);
    assert.deepEqual(rows, [
      {
        line: 2,
        memberNumber: '1',
        name: '髙﨑　ハナ',
        kana: 'たかさき はな',
        birthDate: '1935-02-03',
        enrolledOn: '2020-04-01',
        notes: '耳が遠い。\n①ゆっくり話す',
        promptLanguage: 'ja',
        speechRate: 'slower',
        ringSeconds: 60,
        phones: [
          { number: '0473912345', toneProfile: 'noTone' },
          { number: '09012345678', toneProfile: 'tone' },
        ],
        plan: { kind: 'weekly', days: [1, 4], time: '09:30' },
        policyPreset: 'sameDay',
        blank: ['withdrawnOn'],
      },
      {
        line: 4,
        memberNumber: '2',
        name: '髙﨑　一郎',
        enrolledOn: '2020-04-01',
        withdrawnOn: '2026-03-31',
        notes: '',
        promptLanguage: 'ja',
        speechRate: 'slow',
        ringSeconds: 45,
        phones: [{ number: '0473912345', toneProfile: 'tone' }],
        plan: { kind: 'daily', time: '08:00' },
        policyPreset: 'matsudo',
        blank: [
          ...(['kana', 'birthDate', 'toneProfile1', 'phone2', 'policyPreset', 'speechRate'] as const),
          ...(['ringSeconds', 'notes'] as const),
        ],
      },
    ]);
    assert.deepEqual(restored, [{ line: 4, field: '電話番号1', from: '473912345', to: '0473912345' }]);
  });

  it('lists every error of the file, by line', () => {
    assert.deepEqual(
      errorsOf(
        `${REQUIRED},生年月日,血液型`,
        '1,,119,火,25:00,12345,A',
        '2,田中,047-391-2345,火',
        ',鈴木,,,,,',
        '1,佐藤,047-391-2345,毎日,9:00,,',
      ).map((error) => error.replace(/。.*/s, '')),
      [
        '1 見出し 「血液型」という列は分かりません',
        '2 氏名 空です',
        '2 生年月日 Excelの日付の通し番号になっています',
        '2 電話番号 110・119などの3桁の番号には、かけられません',
        '2 時刻 「25:00」は読み取れません',
        '3 行 セルが足りません（4個、見出しは7個）',
        '4 会員番号 空です',
        '4 電話番号 空です',
        '4 曜日 空です',
        '4 時刻 空です',
        '5 会員番号 2行目と同じです',
      ],
    );
  });

  it('keeps the good rows beside the bad ones, for the counts of a dry run', () => {
    const { rows, errors } = read(REQUIRED, '1,田中,119,火,9:00', '2,佐藤,047-391-2345,火,9:00');
    assert.deepEqual([rows.map(({ memberNumber }) => memberNumber), errors.length], [['2'], 1]);
  });

  it('tells a missing required column once, and still checks the other cells', () => {
    assert.deepEqual(
      errorsOf('会員番号,氏名,電話番号,曜日', '1,田中,119,火', '2,佐藤,047-391-2345,水').map((error) =>
        error.slice(0, 12),
      ),
      ['1 見出し 「時刻」の列', '2 電話番号 110・1'],
    );
  });

  it('refuses a member number twice, however wide it is written', () => {
    assert.deepEqual(errorsOf(REQUIRED, '12,田中,047-391-2345,火,9:00', '１２,佐藤,047-391-2346,火,9:00'), [
      '3 会員番号 2行目と同じです。番号を直すか、どちらかの行を消してください。',
    ]);
  });

  it('lets a couple share one phone, but gives nobody the same number twice', () => {
    const couple = ['1,田中一郎,047-391-2345,火,9:00', '2,田中ハナ,0473912345,水,9:00'];
    assert.deepEqual(errorsOf(REQUIRED, ...couple), []);
    assert.deepEqual(errorsOf(`${REQUIRED},電話番号2`, '1,田中,047-391-2345,火,9:00,０４７３９１２３４５'), [
      '2 電話番号2 この方のほかの電話番号と同じです。どちらかを消してください。',
    ]);
  });

  it('orders the numbers by their columns, wherever these stand, with the tones of each', () => {
    const { rows } = read(
      `電話番号3,発信方法2,電話番号2,トーン,${REQUIRED}`,
      '050-1234-5678,ダイヤル回線,047-391-2346,黒電話,1,田中,047-391-2345,火,9:00',
      '050-1234-5678,,,,2,佐藤,047-391-2345,火,9:00',
    );
    assert.deepEqual(rows[0]?.phones, [
      { number: '0473912345', toneProfile: 'noTone' },
      { number: '0473912346', toneProfile: 'pulse' },
      { number: '05012345678', toneProfile: 'tone' },
    ]);
    assert.deepEqual(
      rows[1]?.phones.map(({ number }) => number),
      ['0473912345', '05012345678'],
    );
  });

  it('lists each number it put a 0 before, so that somebody can check', () => {
    const { rows, restored } = read(`${REQUIRED},電話番号2`, '1,田中,473912345,火,9:00,9012345678');
    assert.deepEqual(restored, [
      { line: 2, field: '電話番号', from: '473912345', to: '0473912345' },
      { line: 2, field: '電話番号2', from: '9012345678', to: '09012345678' },
    ]);
    assert.equal(rows.length, 1);
  });

  it('keeps formula-like cells as text, and still reads +81', () => {
    const { rows, errors } = read(
      `${REQUIRED},備考`,
      '=1+1,@田中,+81 47 391 2345,火,9:00,=SUM(A1)',
      '-2,+佐藤,047-391-2345,火,9:00,-',
    );
    assert.deepEqual(errors, []);
    assert.deepEqual(
      rows.map(({ memberNumber, name, phones, notes }) => [memberNumber, name, phones[0]?.number, notes]),
      [
        ['=1+1', '@田中', '0473912345', '=SUM(A1)'],
        ['-2', '+佐藤', '0473912345', '-'],
      ],
    );
  });

  it('refuses a withdrawal before the enrolment', () => {
    const header = `${REQUIRED},加入日,解約日`;
    assert.deepEqual(errorsOf(header, '1,田中,047-391-2345,火,9:00,令和2年4月1日,令和2年3月31日'), [
      '2 解約日 加入日より前です。どちらかを直してください。',
    ]);
    assert.deepEqual(errorsOf(header, '1,田中,047-391-2345,火,9:00,2020/4/1,2020/4/1'), []);
  });

  it('enrols nobody after their withdrawal when the file has no 加入日', () => {
    const { rows } = read(`${REQUIRED},解約日`, '1,田中,047-391-2345,火,9:00,2020/4/1');
    assert.equal(rows[0]?.enrolledOn, '2020-04-01');
  });

  it('repeats no name, number or date of birth in its messages', () => {
    const errors = errorsOf(`${REQUIRED},生年月日`, '1,田中\u0007ハナ,0473912,火,9:00,昭和99年9月9日');
    assert.equal(errors.length, 3);
    assert.doesNotMatch(errors.join(''), /田中|0473912|99/);
  });

  it('never throws, whatever the cells', () => {
    const cells = fc.array(fc.string({ unit: 'binary', maxLength: 12 }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(cells, fc.array(cells, { maxLength: 4 }), (header, rows) => {
        const names = [...REQUIRED.split(','), header[5] ?? ''];
        for (const first of [header, names]) {
          const table = {
            header: { line: 1, cells: first },
            rows: rows.map((row, index) => ({ line: index + 2, cells: row })),
            errors: [],
          };
          const { errors } = readSubscribers(table, { today: TODAY });
          assert.ok(errors.every(({ message }) => !/[\p{Cc}\p{Cf}]/u.test(message)));
        }
      }),
    );
  });
});
