import assert from 'node:assert/strict';
import { buildImportReport, formatImportReport } from '../../../src/subscribers/import/import-report.js';
import type { ImportDifference } from '../../../src/subscribers/import/import-difference.js';
import type { ImportedSubscriber, SubscriberRow } from '../../../src/subscribers/import/subscriber-row.js';

const merged: ImportedSubscriber = {
  memberNumber: '12',
  name: '田中',
  enrolledOn: '2026-11-23',
  notes: '',
  promptLanguage: 'ja',
  speechRate: 'slow',
  ringSeconds: 45,
  phones: [{ number: '0473912345', toneProfile: 'tone' }],
  plan: { kind: 'daily', time: '09:00' },
  policyPreset: 'matsudo',
};
const row: SubscriberRow = { ...merged, memberNumber: '13', line: 4, blank: [] };
const difference: ImportDifference = {
  added: [row],
  changed: [{ memberNumber: '12', fields: ['phones', 'plan', 'notes'], merged }],
  unchanged: ['14', '15'],
};
const restored = [{ line: 4, field: '電話番号', from: '473912345', to: '0473912345' }];
const errors = [
  { line: 0, field: 'ファイル', message: 'ファイルが空です。' },
  { line: 3, field: '電話番号', message: '0から書いてください。' },
];

describe('import report', () => {
  it('tells what a dry run would change, and which numbers to check', () => {
    const report = buildImportReport({ rows: [row], restored, errors: [], difference, dryRun: true });
    assert.equal(
      formatImportReport(report),
      [
        '確認だけです。まだ取り込んでいません。',
        '',
        '新しい方 1人、変わる方 1人、変わらない方 2人、エラー 0件',
        '',
        '変わるところ',
        '  会員番号 12: 電話番号・発信方法、曜日・時刻、備考',
        '',
        '先頭の0を補った電話番号（正しいか、確かめてください）',
        '  4行目 電話番号: 473912345 → 0473912345',
        '',
      ].join('\n'),
    );
  });

  it('says how many were imported', () => {
    const report = buildImportReport({ rows: [row], errors: [], difference, dryRun: false });
    assert.equal(report.stored, true);
    assert.match(formatImportReport(report), /^2人を取り込みました。\n/);
  });

  it('says so when there is nothing to import', () => {
    const same = { added: [], changed: [], unchanged: ['12'] };
    for (const dryRun of [true, false]) {
      const report = buildImportReport({ rows: [row], errors: [], difference: same, dryRun });
      assert.match(formatImportReport(report), /^すべて登録のとおり/);
    }
  });

  it('stores nobody while there is one error, and lists all of them', () => {
    const report = buildImportReport({ rows: [row], errors, difference, dryRun: false });
    assert.equal(report.stored, false);
    const text = formatImportReport(report);
    assert.match(text, /^エラーがあるため、1人も取り込みません。/);
    assert.ok(
      text.endsWith('\nエラー\n  ファイル: ファイルが空です。\n  3行目 電話番号: 0から書いてください。\n'),
    );
  });

  it('reports a file that could not be read at all', () => {
    const report = buildImportReport({ errors: errors.slice(0, 1), dryRun: false });
    assert.deepEqual(report.counts, { rows: 0, added: 0, changed: 0, unchanged: 0, errors: 1 });
  });

  it('survives JSON, with member numbers in place of names', () => {
    const report = buildImportReport({ rows: [row], restored, errors, difference, dryRun: true });
    assert.deepEqual(JSON.parse(JSON.stringify(report)), report);
    assert.doesNotMatch(JSON.stringify(report), /田中/);
    assert.deepEqual(report.changed, [{ memberNumber: '12', fields: ['phones', 'plan', 'notes'] }]);
  });
});
