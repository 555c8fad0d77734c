import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseCsv } from '../../../src/subscribers/import/csv-text.js';
import { compareImport, type ImportDifference } from '../../../src/subscribers/import/import-difference.js';
import { readSubscribers, type SubscriberReading } from '../../../src/subscribers/import/read-subscribers.js';
import type { ImportedSubscriber } from '../../../src/subscribers/import/subscriber-row.js';

const FULL =
  '会員番号,氏名,カナ,生年月日,電話番号1,トーン1,電話番号2,トーン2,電話番号3,トーン3,加入日,解約日,曜日,時刻,方式,話す速さ,呼び出し秒数,備考';
const HANA =
  '1,髙﨑 ハナ,はな,S10.2.3,047-391-2345,黒電話,090-1234-5678,,050-1234-5678,,2020/4/1,,火,9:00,当日再発信,とてもゆっくり,60,耳が遠い';

const hana: ImportedSubscriber = {
  memberNumber: '1',
  name: '髙﨑 ハナ',
  kana: 'はな',
  birthDate: '1935-02-03',
  enrolledOn: '2020-04-01',
  notes: '耳が遠い',
  promptLanguage: 'ja',
  speechRate: 'slower',
  ringSeconds: 60,
  phones: [
    { number: '0473912345', toneProfile: 'noTone' },
    { number: '09012345678', toneProfile: 'tone' },
    { number: '05012345678', toneProfile: 'tone' },
  ],
  plan: { kind: 'weekly', days: [2], time: '09:00' },
  policyPreset: 'sameDay',
};

function read(lines: string[], today: string): SubscriberReading {
  const reading = parseCsv(lines.join('\n'));
  assert.ok(reading.ok);
  const subscribers = readSubscribers(reading.table, { today });
  assert.deepEqual(subscribers.errors, []);
  return subscribers;
}

function compare(lines: string[], existing: ImportedSubscriber[], today = '2026-11-23'): ImportDifference {
  const { rows, present } = read(lines, today);
  return compareImport(rows, new Map(existing.map((one) => [one.memberNumber, one])), present);
}

/** What is stored after the import, for those who were changed or added. */
function stored({ added, changed }: ImportDifference): ImportedSubscriber[] {
  return [...added, ...changed.map(({ merged }) => merged)];
}

describe('import difference', () => {
  it('adds those who are new and leaves alone those who are not in the file', () => {
    const difference = compare([FULL, HANA.replace('1,', '2,')], [hana]);
    assert.deepEqual(
      difference.added.map(({ memberNumber }) => memberNumber),
      ['2'],
    );
    assert.deepEqual([difference.changed, difference.unchanged], [[], []]);
  });

  it('finds nothing changed when the same file comes again', () => {
    assert.deepEqual(compare([FULL, HANA], [hana]), { added: [], changed: [], unchanged: ['1'] });
  });

  it('finds nothing changed on another day, though 加入日 is left empty', () => {
    const lines = ['会員番号,氏名,電話番号,曜日,時刻,加入日', '1,田中,047-391-2345,火,9:00,'];
    const first = stored(compare(lines, [], '2026-11-23'));
    assert.equal(first[0]?.enrolledOn, '2026-11-23');
    assert.deepEqual(compare(lines, first, '2026-11-24').unchanged, ['1']);
  });

  it('overwrites nothing from columns that the file does not have', () => {
    const lines = ['会員番号,氏名,電話番号,曜日,時刻', '1,髙﨑 ハナ,047-391-2345,火,9:00'];
    assert.deepEqual(compare(lines, [hana]).unchanged, ['1']);
  });

  it('changes only what the file says when most columns are missing', () => {
    const lines = ['会員番号,氏名,電話番号,曜日,時刻', '1,髙﨑 花,047-391-2346,毎日,9:00'];
    assert.deepEqual(compare(lines, [hana]).changed, [
      {
        memberNumber: '1',
        fields: ['name', 'phones', 'plan'],
        merged: {
          ...hana,
          name: '髙﨑 花',
          plan: { kind: 'daily', time: '09:00' },
          phones: [{ number: '0473912346', toneProfile: 'tone' }, ...hana.phones.slice(1)],
        },
      },
    ]);
  });

  for (const [what, from, to, field] of [
    ['name', '髙﨑 ハナ', '高崎 ハナ', 'name'],
    ['kana', ',はな,', ',はなこ,', 'kana'],
    ['date of birth', 'S10.2.3', 'S10.2.4', 'birthDate'],
    ['first number', '047-391-2345', '047-391-2346', 'phones'],
    ['third number, now empty,', '050-1234-5678', '', 'phones'],
    ['tone of the first number', '黒電話', 'プッシュ', 'phones'],
    ['enrolment', '2020/4/1', '2020/4/2', 'enrolledOn'],
    ['withdrawal', '2020/4/1,,', '2020/4/1,2026/3/31,', 'withdrawnOn'],
    ['weekday', ',火,', ',水,', 'plan'],
    ['time', '9:00', '9:30', 'plan'],
    ['policy', '当日再発信', '松戸方式', 'policyPreset'],
    ['speech rate', 'とてもゆっくり', 'ゆっくり', 'speechRate'],
    ['ringing time', ',60,', ',50,', 'ringSeconds'],
    ['notes', '耳が遠い', '', 'notes'],
  ] as const) {
    it(`names a changed ${what} as ${field}`, () => {
      const { changed, added, unchanged } = compare([FULL, HANA.replace(from, to)], [hana]);
      assert.deepEqual(
        changed.map(({ fields }) => fields),
        [[field]],
      );
      assert.deepEqual([added, unchanged], [[], []]);
    });
  }

  it('clears what an empty cell can clear, but no existing value for a default', () => {
    const lines = [FULL, '1,髙﨑 ハナ,,,047-391-2345,,,,,,,,火,9:00,,,,'];
    const [change] = compare(lines, [{ ...hana, withdrawnOn: '2026-03-31' }]).changed;
    assert.deepEqual(change?.fields, ['kana', 'birthDate', 'phones', 'withdrawnOn', 'notes']);
    assert.deepEqual(change.merged, {
      memberNumber: '1',
      name: '髙﨑 ハナ',
      enrolledOn: '2020-04-01',
      notes: '',
      promptLanguage: 'ja',
      speechRate: 'slower',
      ringSeconds: 60,
      phones: [{ number: '0473912345', toneProfile: 'noTone' }],
      plan: { kind: 'weekly', days: [2], time: '09:00' },
      policyPreset: 'sameDay',
    });
  });

  it('does not list a number twice that moves into a column of the file', () => {
    const lines = ['会員番号,氏名,電話番号,曜日,時刻', '1,髙﨑 ハナ,090-1234-5678,火,9:00'];
    assert.deepEqual(
      compare(lines, [hana]).changed[0]?.merged.phones.map(({ number }) => number),
      ['09012345678', '05012345678'],
    );
  });

  it('finds nothing to change right after it was imported, whichever columns and cells are there', () => {
    const optional = Array.from(
      FULL.split(','),
      (name, index) => [name, HANA.split(',')[index] ?? ''] as const,
    );
    const isRequired = (name: string): boolean => /^(?:会員番号|氏名|電話番号1|曜日|時刻)$/.test(name);
    const choice = fc.constantFrom('absent', 'blank', 'filled');
    const choices = fc.array(choice, { minLength: optional.length, maxLength: optional.length });
    const existingPhones = fc.uniqueArray(
      fc.constantFrom('0473912345', '09012345678', '05012345678', '0312345678', '0473912346'),
      { minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(choices, existingPhones, (kept, numbers) => {
        const columns = optional.filter(([name], index) => isRequired(name) || kept[index] !== 'absent');
        const isBlank = (name: string): boolean =>
          !isRequired(name) && kept[optional.findIndex(([other]) => other === name)] === 'blank';
        const lines = [
          columns.map(([name]) => name).join(','),
          columns.map(([name, cell]) => (isBlank(name) ? '' : cell)).join(','),
        ];
        const before = {
          ...hana,
          enrolledOn: '2019-01-01',
          phones: numbers.map((number) => ({ number, toneProfile: 'pulse' as const })),
        };
        const { changed, unchanged } = compare(lines, [before]);
        const after = changed[0]?.merged ?? before;
        assert.equal(changed.length + unchanged.length, 1);
        assert.deepEqual(compare(lines, [after], '2027-01-01').unchanged, ['1']);
        assert.equal(new Set(after.phones.map(({ number }) => number)).size, after.phones.length);
        assert.ok(after.phones.length <= 3);
      }),
      { numRuns: 500 },
    );
  });
});
