import type { CarrierCall } from '../testbed/carrier-record.js';
import { personOf } from './simulated-people.js';

/** What our database says became of one person. */
export interface PersonResult {
  number: string;
  name: string;
  state: string;
  result: string | undefined;
  alertReason: string | undefined;
  attempts: number;
  /** Keys of all attempts, in order. */
  keys: string;
}

/**
 * Holds each person's end against how that person behaves, and against the carrier's own record:
 * calls placed, keys sent. What our database says of itself is not enough.
 *
 * @returns a sentence for each thing that is otherwise; none when all is right
 */
export function findMismatches(results: readonly PersonResult[], calls: readonly CarrierCall[]): string[] {
  const strangers = calls.filter((call) => !results.some(({ number }) => number === call.number));
  return [
    ...results.flatMap((result) => mismatchesOf(result, calls)),
    ...strangers.map(({ number }) => `${number}: a call to nobody of the list`),
  ];
}

function mismatchesOf(result: PersonResult, calls: readonly CarrierCall[]): string[] {
  const person = personOf(result.number);
  if (!person) return [`${result.number}: nobody of the simulated town`];
  const own = calls.filter((call) => call.number === result.number);
  const sent = own.map((call) => call.keys.map(({ digit }) => digit).join(''));
  const { ends } = person;
  const expected: [string, unknown, unknown][] = [
    ['state', result.state, ends.kind === 'ok' ? 'answered' : 'alerted'],
    ['alert', result.alertReason, ends.kind === 'alert' ? ends.reason : undefined],
    ['calls at the carrier', own.length, person.keysPerCall.length],
    ['attempts', result.attempts, own.length],
    ['keys sent', sent.join('/'), person.keysPerCall.join('/')],
    ['keys kept', result.keys, person.keysKept],
  ];
  if (ends.kind === 'ok') expected.push(['result', result.result, 'ok']);
  return expected
    .filter(([, found, wanted]) => found !== wanted)
    .map(
      ([what, found, wanted]) =>
        `${result.number} (${person.code}): ${what} is ${String(found)}, not ${String(wanted)}`,
    );
}
