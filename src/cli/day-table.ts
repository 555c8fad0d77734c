import { DateTime } from 'luxon';
import type { Answer } from '../checkins/attempt-outcome.js';
import type { LedgerLine, StationLedger } from '../checkins/ledger.js';
import { ledgerStates, type LedgerState } from '../checkins/ledger-state.js';
import { alignedLines } from './wide-text.js';

/** The states in the stations' own words. */
export const stateWords: Readonly<Record<LedgerState, string>> = {
  stillUnknown: 'まだ不明',
  unwell: '体調不良',
  contactRequested: '要連絡',
  noResponse: '応答なし',
  hungUpEarly: '途中切断',
  numberInvalid: '番号不通',
  weCouldNotCall: '発信できず',
  calling: '発信中',
  callingAgain: '再発信待ち',
  callingAgainTomorrow: '翌日再発信',
  ok: '元気',
  confirmedByOther: '確認済み',
  moved: '日を変更',
  paused: 'お休み',
  withdrawn: '解約',
  closedDay: '休業日',
  cancelled: '取消',
};

const answerWords: Readonly<Record<Answer, string>> = {
  ok: '元気',
  unwell: '体調不良',
  contactRequested: '要連絡',
};

const headings = ['状態', '番号', '氏名', 'ふりがな', '予定', '変化', '次の発信', '回数', '備考'];

/** The day's ledgers as text for a terminal, station by station. */
export function dayTable(ledgers: readonly StationLedger[]): string {
  return ledgers.map(stationTable).join('\n\n');
}

function stationTable({ station, date, asOf, headline, counts, lines }: StationLedger): string {
  const zone = station.timeZone;
  const title = `■ ${station.organizationName} ${station.name}　${date}　（${timeOf(asOf, zone)} 現在）`;
  const summary = ledgerStates
    .filter((state) => state !== 'stillUnknown' && counts[state] > 0)
    .map((state) => `${stateWords[state]} ${counts[state]}`);
  const head = [title, [`まだ不明 ${headline}人 ／ 全 ${lines.length}件`, ...summary].join('　')];
  if (lines.length === 0) return [...head, 'この日の予定はありません。'].join('\n');
  return [...head, '', ...alignedLines([headings, ...lines.map((line) => cells(line, date, zone))])].join(
    '\n',
  );
}

function cells(line: LedgerLine, date: string, zone: string): string[] {
  return [
    stateWords[line.state],
    line.memberNumber,
    line.name,
    line.kana,
    timeOf(line.dueAt, zone, date),
    timeOf(line.since, zone, date),
    line.nextCallAt ? timeOf(line.nextCallAt, zone, date) : '',
    String(line.attempts),
    remarks(line, zone).join('、'),
  ];
}

function remarks(line: LedgerLine, zone: string): string[] {
  const told: string[] = [];
  if (line.earlierKey) told.push(`先に「${answerWords[line.earlierKey]}」を押した`);
  if (line.lastOutcome === 'ok' && line.state !== 'ok') told.push('あとで「元気」を押した');
  if (line.phonedBackAt) told.push(`${timeOf(line.phonedBackAt, zone)} 折り返しあり`);
  if (line.openAlert) told.push(`未対応 #${line.openAlert.id}`);
  if (line.movedTo) told.push(`${line.movedTo} へ`);
  if (line.movedFrom) told.push(`${line.movedFrom} から`);
  return told;
}

/** The time of day; with month and day in front when it is not on the date. */
function timeOf(at: Date, zone: string, date?: string): string {
  const local = DateTime.fromJSDate(at, { zone });
  return local.toFormat(date === undefined || local.toISODate() === date ? 'HH:mm' : 'M/d HH:mm');
}
