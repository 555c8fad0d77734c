import { alignedLines } from '../cli/wide-text.js';
import type { CallResult } from '../hotline/hotline-call.js';
import type { HotlineTask } from '../hotline/hotline-task.js';
import type { DemoCall, DemoTask } from './demo-hotline-store.js';
import { simulatedCallers } from './simulated-callers.js';

const resultWords: Readonly<Record<CallResult, string>> = {
  answered: '応答',
  abandoned: '途中で切った',
  callBack: '折り返し希望',
  message: '伝言',
  overflow: '待ち時間切れ・伝言',
  noCounsellor: '不在・伝言',
  closed: '時間外',
  exchangeFailed: '交換機の障害',
  refused: '発信不可',
};
const stateWords: Readonly<Record<HotlineTask['state'], string>> = {
  open: '未対応',
  taken: '担当あり',
  done: '済み',
  otherChannel: '電話では届かず',
};
const kindWords = { callBack: '折り返し', message: '伝言を聞く' } as const;

/** Calls and tasks of the hotline as tables for a terminal. */
export function hotlineTables(calls: readonly DemoCall[], tasks: readonly DemoTask[]): string {
  const callRows = calls.map((call) => [
    timeOf(call.arrivedAt),
    call.direction === 'incoming' ? '着信' : '発信',
    wordsOf(call.number),
    call.result ? resultWords[call.result] : call.answeredAt ? 'つながった' : 'つながらず',
    waitOf(call),
    call.answeredBy ?? '',
  ]);
  const taskRows = tasks.map(({ kind, number, state }) => [
    kindWords[kind],
    wordsOf(number),
    stateWords[state],
  ]);
  return [
    `■ 相談電話（${calls.length}件）`,
    ...alignedLines([['時刻', '向き', '相手', '結果', '待ち', '内線'], ...callRows]),
    '',
    `■ 折り返しと伝言（${tasks.length}件）`,
    ...alignedLines([['用件', '相手', '状態'], ...taskRows]),
  ].join('\n');
}

function wordsOf(number: string): string {
  return simulatedCallers.find((caller) => caller.number === number)?.words ?? 'ほかの電話';
}

function waitOf({ joinedAt, leftQueueAt }: DemoCall): string {
  if (!joinedAt || !leftQueueAt) return '';
  return `${Math.round((leftQueueAt.getTime() - joinedAt.getTime()) / 1000)}秒`;
}

function timeOf(at: Date): string {
  return at.toLocaleTimeString('ja-JP', { timeZone: 'Asia/Tokyo', hour12: false });
}
