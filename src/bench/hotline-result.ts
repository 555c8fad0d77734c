import type { SippCall } from '../testbed/sipp-log.js';
import { percentile } from './percentile.js';
import type { ProcessUsage } from './process-usage.js';

/** A row of our database, as far as a benchmark asks. Instants in ms. */
export interface StoredCall {
  callId: string;
  number: string;
  result: string | null;
  arrivedAt: number;
  answeredAt: number | null;
  answeredBy: string | null;
}

export interface HotlineFigures {
  /** What SIPp's callers saw. */
  callers: readonly SippCall[];
  /** Of these, those who came at the wanted rate, once the queue was there. */
  steady: readonly SippCall[];
  /** What SIPp's counsellors saw. */
  phones: readonly SippCall[];
  rows: readonly StoredCall[];
  /** When the screen was told of an answered call, by the call's id. */
  cards: ReadonlyMap<string, number>;
  /** How many waited, looked at every second once the queue was there. */
  waiting: readonly number[];
  usage: ProcessUsage;
  ordersRefused: number;
}

export interface HotlineBenchResult {
  offered: number;
  answered: number;
  /** Neither answered nor stored exactly once; 0 expected. */
  lost: number;
  /** From the counsellor's 200 OK to the card on the screen. */
  answerToCardP50Ms: number;
  answerToCardP95Ms: number;
  /** Stored waits against those that caller and telephone saw. */
  waitErrorP95Ms: number;
  waitP50Seconds: number;
  waitingMin: number;
  waitingMax: number;
  callsPerSecond: number;
  nodeCpuSeconds: number;
  nodeRssMB: number;
  errors: number;
  errorKinds: Record<string, number>;
}

interface Pair {
  caller: SippCall;
  row: StoredCall;
  pickedUpAt: number;
}

/** Puts together what callers, counsellors' telephones, the screen and the database each saw by themselves. */
export function hotlineResult(figures: HotlineFigures): HotlineBenchResult {
  const { callers, steady, phones, rows, cards, waiting, usage, ordersRefused } = figures;
  const rowsOf = new Map<string, StoredCall[]>();
  for (const row of rows) rowsOf.set(row.number, [...(rowsOf.get(row.number) ?? []), row]);
  const lost = callers.filter(({ who, answeredAt, endedBy }) => {
    const own = rowsOf.get(who) ?? [];
    return !answeredAt || endedBy !== 'exchange' || own.length !== 1 || own[0]?.result !== 'answered';
  });
  const pairs = pairUp(callers, rowsOf, phones);
  const toCard = pairs.flatMap(({ row, pickedUpAt }) => {
    const at = cards.get(row.callId);
    return at === undefined ? [] : [at - pickedUpAt];
  });
  const waits = pairs.map(({ caller, pickedUpAt }) => pickedUpAt - (caller.answeredAt ?? 0));
  const errorsOfWaits = pairs.map(({ row, caller, pickedUpAt }) =>
    Math.abs((row.answeredAt ?? 0) - row.arrivedAt - (pickedUpAt - (caller.answeredAt ?? 0))),
  );
  const pickedUp = phones.filter(({ answeredAt }) => answeredAt !== undefined).length;
  const errorKinds = {
    callersRefused: callers.filter(({ refusedWith }) => refusedWith !== undefined).length,
    answersUnseen: Math.abs(pickedUp - pairs.length),
    cardsMissing: pairs.length - toCard.length,
    rowsOfNobody: Math.max(0, rows.length - callers.length),
    ordersRefused,
  };
  const moments = steady.map(({ invitedAt }) => invitedAt);
  const seconds = (Math.max(...moments) - Math.min(...moments)) / 1000;
  return {
    offered: callers.length,
    answered: pairs.length,
    lost: lost.length,
    answerToCardP50Ms: shareOf(toCard, 0.5),
    answerToCardP95Ms: shareOf(toCard, 0.95),
    waitErrorP95Ms: shareOf(errorsOfWaits, 0.95),
    waitP50Seconds: Math.round(shareOf(waits, 0.5) / 100) / 10,
    waitingMin: Math.min(...waiting),
    waitingMax: Math.max(...waiting),
    callsPerSecond: Math.round(((steady.length - 1) / Math.max(1, seconds)) * 100) / 100,
    nodeCpuSeconds: Math.round(usage.cpuSeconds * 100) / 100,
    nodeRssMB: Math.round(usage.peakRssMB * 10) / 10,
    errors: Object.values(errorKinds).reduce((sum, count) => sum + count, 0),
    errorKinds,
  };
}

/** Each answered caller with the moment at which a telephone was picked up for them; each moment is used once. */
function pairUp(
  callers: readonly SippCall[],
  rowsOf: ReadonlyMap<string, StoredCall[]>,
  phones: readonly SippCall[],
): Pair[] {
  const free = phones.flatMap(({ who, answeredAt }) =>
    answeredAt === undefined ? [] : [{ who, answeredAt }],
  );
  return callers.flatMap((caller) => {
    const row = rowsOf.get(caller.who)?.[0];
    const at = row?.answeredAt;
    if (!row || at === null || at === undefined) return [];
    const near = free
      .filter(({ who, answeredAt }) => who === row.answeredBy && Math.abs(answeredAt - at) < 1500)
      .sort((one, other) => Math.abs(one.answeredAt - at) - Math.abs(other.answeredAt - at))[0];
    if (!near) return [];
    free.splice(free.indexOf(near), 1);
    return [{ caller, row, pickedUpAt: near.answeredAt }];
  });
}

function shareOf(values: readonly number[], share: number): number {
  return values.length === 0 ? Number.NaN : Math.round(percentile(values, share) * 10) / 10;
}
