import assert from 'node:assert/strict';
import { dayTable, stateWords } from '../../src/cli/day-table.js';
import { alignedLines, columnsOf } from '../../src/cli/wide-text.js';
import { stationLedger, type LedgerFacts } from '../../src/checkins/ledger.js';
import { jstOf, ledgerDate, ledgerFacts } from '../support/ledger-facts.js';

const date = ledgerDate;
const at = jstOf;
const station = {
  id: 1,
  name: '常盤平',
  organizationId: 1,
  organizationName: '松戸市',
  timeZone: 'Asia/Tokyo',
};

const person = (facts: Partial<LedgerFacts>): LedgerFacts =>
  ledgerFacts({ subscriberId: 1, memberNumber: '12', ...facts });

function linesFor(...facts: Partial<LedgerFacts>[]): string[] {
  return dayTable([stationLedger(station, date, facts.map(person), at('09:40'))]).split('\n');
}

/** The column on the screen at which a word begins. */
function columnOf(line = '', word: string): number {
  assert.ok(line.includes(word), `${word} in ${line}`);
  return columnsOf(line.slice(0, line.indexOf(word)));
}

describe('the day on a terminal', () => {
  it('says first of how many people nothing is known yet', () => {
    const [title, summary] = linesFor({}, { state: 'answered', result: 'ok' });
    assert.equal(title, '■ 松戸市 常盤平　2026-11-24　（09:40 現在）');
    assert.equal(summary, 'まだ不明 1人 ／ 全 2件　元気 1');
  });

  it('keeps its columns below each other, however wide the names are', () => {
    const lines = linesFor({ name: '一', kana: 'ﾊﾅｺ' }, { name: '勅使河原 長太郎', memberNumber: '100234' });
    const [head, ...rows] = lines.slice(3);
    assert.equal(rows.length, 2);
    for (const row of rows) assert.equal(columnOf(row, '09:00'), columnOf(head, '予定'));
  });

  it('tells what a volunteer has to know before phoning', () => {
    const key = (answer: 'unwell' | 'ok', time: string) => ({ answer, at: at(time) });
    const calls = [
      { claimedAt: at('09:00'), endedAt: at('09:03'), keys: [key('unwell', '09:01'), key('ok', '09:02')] },
    ];
    const row = linesFor({
      state: 'alerted',
      alertReason: 'noResponse',
      settledAt: at('09:31'),
      openAlert: { id: 5, reason: 'noResponse', openedAt: at('09:31') },
      phonedBackAt: at('09:35'),
      result: 'ok',
      calls,
    }).at(-1);
    assert.match(
      row ?? '',
      /^応答なし .* 先に「体調不良」を押した、あとで「元気」を押した、09:35 折り返しあり、未対応 #5$/,
    );
  });

  it('names the day of a call that is on another one', () => {
    const next = { attempts: 1, missed: 1, nextCallAt: at('09:00', '2026-11-25') };
    assert.match(linesFor(next).at(-1) ?? '', /^翌日再発信 .* 11\/25 09:00 +1$/);
    const moved = linesFor({ dueOn: '2026-11-25', dueAt: at('09:00', '2026-11-25') }).at(-1);
    assert.match(moved ?? '', /^日を変更 .* 11\/25 09:00 .* 2026-11-25 へ$/);
  });

  it('says so when nobody is due', () => {
    assert.equal(linesFor().at(-1), 'この日の予定はありません。');
  });

  it('has one short word for each state', () => {
    const words = Object.values(stateWords);
    assert.equal(new Set(words).size, words.length);
    assert.ok(words.every((word) => columnsOf(word) <= 10));
  });
});

describe('text for a terminal', () => {
  for (const [text, columns] of [
    ['abc', 3],
    ['見守', 4],
    ['ﾊﾅｺ', 3],
    ['が', 2], // か and a combining mark
    ['葛\u{e0100}城', 4], // a variant of the kanji, as in family registers
    ['𠮟る', 4],
    ['ー〜、（）', 10],
  ] as const) {
    it(`gives ${columns} columns to ${text}`, () => assert.equal(columnsOf(text), columns));
  }

  it('lets no control character of a name through', () => {
    assert.deepEqual(alignedLines([['a\u001b[2Jb\nc', 'd']]), ['a [2Jb c  d']);
  });
});
