import type { OpenAlert } from '../alerts/alert-store.js';
import { LedgerStore } from '../checkins/ledger-store.js';
import { localDate } from '../checkins/local-day.js';
import { dayTable } from '../cli/day-table.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import type { CarrierCall } from '../testbed/carrier-record.js';
import type { DemoCall, DemoTask } from './demo-hotline-store.js';
import type { HotlineCounts } from './demo-view.js';
import type { PersonResult } from './judge.js';

/** The day's ledgers of all stations, as text. */
export async function ledgerTables(database: Database, codec: PersonalDataCodec): Promise<string> {
  const ledgers = new LedgerStore({ database, codec });
  const now = new Date();
  const days = [];
  for (const station of await ledgers.stations()) {
    const day = await ledgers.day(station.id, localDate(now, station.timeZone), now);
    if (day) days.push(day);
  }
  return dayTable(days);
}

export function alertList(alerts: readonly OpenAlert[], names: ReadonlyMap<number, string>): string {
  const lines = alerts.map(
    ({ id, reason, subscriberId }) =>
      `  #${id} ${names.get(subscriberId ?? 0) ?? '運営'}: ${alertWords[reason] ?? reason}`,
  );
  return [`■ まだ人が確かめていないお知らせ（${alerts.length}件）`, ...lines].join('\n');
}

const alertWords: Readonly<Record<string, string>> = {
  unwell: '体調不良',
  contactRequested: '電話がほしい',
  hungUpEarly: '途中で切れた',
  numberInvalid: '番号が使われていない',
  noResponse: '応答なし',
  weCouldNotCall: 'こちらから発信できなかった',
};

/** The check-ins in figures. @param calls only those that we placed */
export function summarizeCheckIns(
  results: readonly PersonResult[],
  alerts: readonly OpenAlert[],
  calls: readonly CarrierCall[],
  startedAt: Date,
) {
  const count = (reason: string): number => alerts.filter((alert) => alert.reason === reason).length;
  const answers = calls.flatMap(({ answeredAt }) => (answeredAt ? [answeredAt.getTime()] : []));
  return {
    due: results.length,
    ok: results.filter(({ state, result }) => state === 'answered' && result === 'ok').length,
    unwell: count('unwell'),
    contactRequested: count('contactRequested'),
    hungUpEarly: count('hungUpEarly'),
    numberInvalid: count('numberInvalid'),
    noResponse: count('noResponse'),
    alerts: alerts.length,
    attempts: results.reduce((sum, { attempts }) => sum + attempts, 0),
    carrierCalls: calls.length,
    firstAnswerSeconds: Math.round((Math.min(...answers) - startedAt.getTime()) / 100) / 10,
    seconds: Math.round((Date.now() - startedAt.getTime()) / 1000),
  };
}

/** The hotline in figures: `callbacks` asked for one, `calledBack` had one. */
export function summarizeHotline(calls: readonly DemoCall[], tasks: readonly DemoTask[]) {
  const offered = calls.filter(({ direction }) => direction === 'incoming');
  const ended = (result: DemoCall['result']): number => offered.filter((one) => one.result === result).length;
  return {
    offered: offered.length,
    answered: ended('answered'),
    abandoned: ended('abandoned'),
    callbacks: ended('callBack'),
    messages: tasks.filter(({ kind }) => kind === 'message').length,
    calledBack: calls.filter(({ direction, answeredAt }) => direction === 'callBack' && answeredAt).length,
  };
}

/** Who waits and who talks now. */
export function hotlineNow(calls: readonly DemoCall[]): HotlineCounts {
  const live = calls.filter(({ direction, endedAt }) => direction === 'incoming' && !endedAt);
  return {
    waiting: live.filter(({ stage }) => stage === 'queue').length,
    talking: live.filter(({ stage }) => stage === 'talk').length,
    answered: calls.filter(({ direction, answeredAt }) => direction === 'incoming' && answeredAt).length,
  };
}
