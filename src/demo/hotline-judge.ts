import type { CarrierCall } from '../testbed/carrier-record.js';
import type { SippCall } from '../testbed/sipp-log.js';
import type { DemoCall, DemoTask } from './demo-hotline-store.js';
import { carrierIdOf, simulatedCallers, type SimulatedCaller } from './simulated-callers.js';

export interface HotlineFacts {
  /** What our database says. */
  calls: readonly DemoCall[];
  tasks: readonly DemoTask[];
  /** What the carrier saw. */
  carrier: readonly CarrierCall[];
  /** What the counsellors' telephones saw. */
  phones: readonly SippCall[];
}

/** Two clocks' readings of one moment may lie this far apart. */
const toleranceMs = 1500;

/**
 * Holds our rows against what each caller was made to do, the carrier's own record and that of the counsellors'
 * telephones. Calls of other numbers, from somebody's softphone, are left alone.
 *
 * @param callers those who phoned
 * @returns a sentence for each thing that is otherwise; none when all is right
 */
export function findHotlineMismatches(
  facts: HotlineFacts,
  callers: readonly SimulatedCaller[] = simulatedCallers,
): string[] {
  const numbers = new Set(callers.map(({ number }) => number));
  const answers = facts.calls.filter(({ number, answeredAt }) => numbers.has(number) && answeredAt);
  const pickedUp = facts.phones.filter(({ answeredAt }) => answeredAt !== undefined);
  const heard = answers.length === pickedUp.length;
  return [
    ...callers.flatMap((caller) => mismatchesOf(caller, facts)),
    ...callBackMismatches(facts, numbers),
    ...(heard ? [] : [`${pickedUp.length} calls were picked up, not ${answers.length}`]),
  ];
}

function mismatchesOf(caller: SimulatedCaller, facts: HotlineFacts): string[] {
  const rows = facts.calls.filter(
    ({ number, direction }) => number === caller.number && direction === 'incoming',
  );
  const seen = facts.carrier.filter(({ id }) => id === carrierIdOf(caller));
  const [row, carrier] = [rows[0], seen[0]];
  if (!row || rows.length > 1) return [`${caller.name}: ${rows.length} rows, not one`];
  if (!carrier?.answeredAt) return [`${caller.name}: the carrier saw no answered call`];
  const tasks = facts.tasks.filter(({ number }) => number === caller.number).map(({ kind }) => kind);
  const wanted: [what: string, found: unknown, wanted: unknown][] = [
    ['result', row.result, caller.result],
    ['tasks', tasks.join(), caller.task ?? ''],
    ['keys sent', carrier.keys.map(({ digit }) => digit).join(''), caller.keys],
    ['refused recording', row.refusedRecording, caller.refusesRecording],
  ];
  const moments: [what: string, found: number | undefined, wanted: number | undefined][] = [
    ['arrival', row.arrivedAt.getTime(), carrier.startedAt.getTime()],
    ['end', row.endedAt?.getTime(), carrier.endedAt?.getTime()],
  ];
  if (caller.result === 'abandoned') {
    moments.push(['end of waiting', row.leftQueueAt?.getTime(), carrier.endedAt?.getTime()]);
  }
  if (caller.result === 'answered') {
    const pickedUpAt = nearest(facts.phones, row);
    moments.push(['answer', row.answeredAt?.getTime(), pickedUpAt]);
    moments.push(['wait', since(row.arrivedAt, row.answeredAt), since(carrier.answeredAt, pickedUpAt)]);
  }
  return [
    ...wanted
      .filter(([, found, right]) => found !== right)
      .map(([what, found, right]) => `${caller.name}: ${what} is ${String(found)}, not ${String(right)}`),
    ...moments
      .filter(([, found, right]) => !isNear(found, right))
      .map(([what, found, right]) => `${caller.name}: ${what} at ${String(found)}, not ${String(right)}`),
  ];
}

/** Whom we phoned back, the carrier connected: as often, to the same number, at the same time. */
function callBackMismatches({ calls, carrier }: HotlineFacts, numbers: ReadonlySet<string>): string[] {
  const ours = calls.filter(({ direction, answeredAt }) => direction === 'callBack' && answeredAt);
  const theirs = carrier.filter(({ number, answeredAt }) => numbers.has(number) && answeredAt);
  if (ours.length !== theirs.length)
    return [`${ours.length} call-backs were answered, the carrier saw ${theirs.length}`];
  return ours
    .filter(
      ({ number, answeredAt }) =>
        !theirs.some(
          (call) => call.number === number && isNear(call.answeredAt?.getTime(), answeredAt?.getTime()),
        ),
    )
    .map(({ id }) => `call-back ${id}: the carrier saw none like it`);
}

/** When the telephone of who answered was picked up, nearest to the moment that we know. */
function nearest(phones: readonly SippCall[], row: DemoCall): number | undefined {
  const distance = (at: number): number => Math.abs(at - (row.answeredAt?.getTime() ?? 0));
  const moments = phones.flatMap(({ who, answeredAt }) =>
    who === row.answeredBy && answeredAt !== undefined ? [answeredAt] : [],
  );
  return moments.sort((one, other) => distance(one) - distance(other))[0];
}

function since(from: Date, until: Date | number | undefined): number | undefined {
  return until === undefined ? undefined : Number(until) - from.getTime();
}

function isNear(one: number | undefined, other: number | undefined): boolean {
  return one !== undefined && other !== undefined && Math.abs(one - other) <= toleranceMs;
}
