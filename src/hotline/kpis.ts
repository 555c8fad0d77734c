import type { CallDirection, CallResult } from './hotline-call.js';
import { overlap, readyMs, type PresenceFact } from './presence-time.js';

/** What the figures need of a call. */
export interface CallFacts {
  direction: CallDirection;
  leftMessage: boolean;
  result: CallResult | undefined;
  arrivedAt: Date;
  joinedAt: Date | undefined;
  leftQueueAt: Date | undefined;
  answeredAt: Date | undefined;
  endedAt: Date | undefined;
}

export const kpiNames = [
  'offered',
  'answered',
  'abandoned',
  'shortAbandoned',
  'overflow',
  'callBacks',
  'messages',
  'closed',
  'waiting',
  'serviceLevel',
  'serviceLevelUsual',
  'abandonRate',
  'averageWait',
  'longestWait',
  'averageTalk',
  'averageWrapUp',
  'occupancy',
] as const;
export type KpiName = (typeof kpiNames)[number];

/** One figure with the rule that it was made by, for those who look at it. */
export interface Kpi {
  label: string;
  /** Calls, seconds, or a share from 0 to 1; undefined when there is nothing to tell it from. */
  value: number | undefined;
  unit: 'calls' | 'seconds' | 'share';
  formula: string;
}

export interface KpiFacts {
  /** Of one line; those that arrived before the window count for the talks that reach into it. */
  calls: readonly CallFacts[];
  /** Of one line, from well before the window. */
  presences: readonly PresenceFact[];
  from: Date;
  /** The moment of looking. */
  until: Date;
  serviceLevelSeconds: number;
  shortAbandonSeconds: number;
  /** After each talk the exchange leaves the counsellor this time for notes. */
  wrapUpSeconds: number;
}

/** The figures of a line over a window of time: of the calls that arrived in it. */
export function kpisOf(facts: KpiFacts): Record<KpiName, Kpi> {
  const { from, until, serviceLevelSeconds: target, shortAbandonSeconds: short, wrapUpSeconds } = facts;
  const incoming = facts.calls.filter((call) => call.direction === 'incoming');
  const arrived = incoming.filter(({ arrivedAt }) => arrivedAt >= from && arrivedAt <= until);
  const offered = arrived.filter(({ result }) => result !== 'closed');
  const withResult = (...results: CallResult[]): CallFacts[] =>
    offered.filter(({ result }) => result !== undefined && results.includes(result));
  const waited = (call: CallFacts): number => waitSeconds(call, until);

  const answered = withResult('answered');
  const gaveUp = withResult('abandoned');
  const abandoned = gaveUp.filter((call) => waited(call) >= short);
  const shortOnes = gaveUp.length - abandoned.length;
  const waiting = offered.filter(({ result, endedAt }) => result === undefined && !endedAt);
  const settled = offered.length - waiting.length - shortOnes;
  const inTime = answered.filter((call) => waited(call) <= target).length;
  const lateAbandons = abandoned.filter((call) => waited(call) > target).length;
  const talks = answered.flatMap(({ answeredAt, endedAt }) =>
    answeredAt && endedAt ? [seconds(answeredAt, endedAt)] : [],
  );
  const busyMs = talkMs(incoming, wrapUpSeconds * 1000, from, until);

  const count = (label: string, calls: number, formula: string): Kpi => ({
    label,
    value: calls,
    unit: 'calls',
    formula,
  });
  const share = (label: string, part: number, of: number, formula: string): Kpi => {
    return { label, value: of === 0 ? undefined : Math.min(1, part / of), unit: 'share', formula };
  };
  const time = (label: string, value: number | undefined, formula: string): Kpi => {
    return { label, value, unit: 'seconds', formula };
  };
  return {
    offered: count('着信', offered.length, '期間内にかかってきた電話の数（受付時間外を除く）'),
    answered: count('応答', answered.length, '着信のうち、相談員が電話に出た数'),
    abandoned: count(
      '途中で切れた電話',
      abandoned.length,
      `着信のうち、つながる前に切れた数（${short}秒未満を除く）`,
    ),
    shortAbandoned: count(
      'すぐに切れた電話',
      shortOnes,
      `着信のうち、${short}秒未満で切れた数（まちがい電話など）。率の計算には入れません`,
    ),
    overflow: count(
      'あふれた電話',
      withResult('overflow', 'noCounsellor').length,
      '着信のうち、待ち時間の上限をこえた数と、相談員がいなかった数の合計',
    ),
    callBacks: count(
      '折り返しの希望',
      withResult('callBack').length,
      '着信のうち、1を押して折り返しを希望した数。途中で切れた電話には数えません',
    ),
    messages: count(
      '伝言',
      arrived.filter(({ leftMessage }) => leftMessage).length,
      '期間内にかかってきた電話のうち、伝言が残された数（受付時間外を含む）',
    ),
    closed: count(
      '受付時間外',
      arrived.length - offered.length,
      '期間内にかかってきた電話のうち、受付時間外だった数',
    ),
    waiting: count('案内中と待ち', waiting.length, '着信のうち、まだ結果の出ていない数'),
    serviceLevel: share(
      'サービスレベル',
      inTime,
      settled,
      `${target}秒以内に応答した数 ÷（着信 − まだ結果の出ていない数 − すぐに切れた数）`,
    ),
    serviceLevelUsual: share(
      'サービスレベル（一般的な式）',
      inTime,
      answered.length + lateAbandons,
      `${target}秒以内に応答した数 ÷（応答 + ${target}秒をこえて待ってから切れた数）`,
    ),
    abandonRate: share(
      '放棄率',
      abandoned.length,
      settled,
      '途中で切れた数 ÷（着信 − まだ結果の出ていない数 − すぐに切れた数）',
    ),
    averageWait: time(
      '平均待ち時間',
      mean(answered.map(waited)),
      '応答した電話の、待ち始めから応答までの秒数の平均',
    ),
    longestWait: time(
      '最長待ち時間',
      longest(offered.filter(({ joinedAt }) => joinedAt).map(waited)),
      '待ち列に入った電話の、待った秒数の最大（いま待っている人を含む）',
    ),
    averageTalk: time(
      '平均通話時間',
      mean(talks),
      '応答して終わった電話の、応答から終わりまでの秒数の平均（保留と転送の後を含む）',
    ),
    averageWrapUp: time(
      '平均後処理時間',
      talks.length === 0 || wrapUpSeconds === 0 ? undefined : wrapUpSeconds,
      '通話のあと、記録のために自動で設けられる秒数（設定値）',
    ),
    occupancy: share(
      '稼働率',
      busyMs,
      readyMs(facts.presences, from, until),
      '（通話時間 + 後処理時間）÷ 相談員が受付できる状態だった時間（後処理を含み、休止を除く）',
    ),
  };
}

/** From joining, or from arriving for who never joined, to the end of the waiting or to this moment. */
function waitSeconds(call: CallFacts, now: Date): number {
  const until = call.answeredAt ?? (call.joinedAt && call.leftQueueAt) ?? call.endedAt ?? now;
  return seconds(call.joinedAt ?? call.arrivedAt, until);
}

/** Talking and taking notes within the window, also of calls that came before it. */
function talkMs(calls: readonly CallFacts[], wrapUpMs: number, from: Date, until: Date): number {
  const window = { from: from.getTime(), until: until.getTime() };
  return calls.reduce((sum, { answeredAt, endedAt }) => {
    if (!answeredAt) return sum;
    const talkEnd = endedAt ? endedAt.getTime() + wrapUpMs : window.until;
    return sum + overlap({ from: answeredAt.getTime(), until: talkEnd }, window);
  }, 0);
}

function seconds(from: Date, until: Date): number {
  return Math.max(0, until.getTime() - from.getTime()) / 1000;
}

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, one) => sum + one, 0) / values.length;
}

function longest(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((most, one) => Math.max(most, one));
}
