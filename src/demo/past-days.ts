import type { AlertReason } from '../checkins/retry-policy.js';

/** One call of a past day. */
export interface PastTry {
  /** Seconds after the time that the check-in was due. */
  afterSeconds: number;
  outcome: string;
  key: { digit: string; answer: string } | undefined;
}

/** One person's check-in of one past day, as the service would have left it. */
export interface PastDay {
  tries: readonly PastTry[];
  /** Undefined: an answer ended it, or a pause. */
  alert: { reason: AlertReason; closedAfterMinutes: number } | undefined;
  state: 'answered' | 'confirmed' | 'alerted' | 'cancelled';
  result: string;
}

/** What happens on how many of a thousand mornings, in the order in which a throw of the dice is read. */
const kinds = [
  { perThousand: 905, make: well },
  { perThousand: 35, make: (at: number) => afterMiss('noAnswer', at) },
  { perThousand: 15, make: (at: number) => afterMiss('busy', at) },
  { perThousand: 12, make: (at: number) => pressed('2', 'unwell', at) },
  { perThousand: 8, make: (at: number) => pressed('3', 'contactRequested', at) },
  { perThousand: 12, make: silent },
  { perThousand: 5, make: hungUp },
  { perThousand: 8, make: paused },
] as const;

/**
 * What happened to a person on a past day: the same each time, so that the demo looks alike each time.
 *
 * @param person counted from 0
 * @param daysAgo from 1 on
 */
export function pastDayOf(person: number, daysAgo: number): PastDay {
  const thrown = throwOf(person * 1000 + daysAgo);
  const spread = throwOf(person * 7919 + daysAgo * 31) % 240;
  let sum = 0;
  for (const { perThousand, make } of kinds) {
    sum += perThousand;
    if (thrown % 1000 < sum) return make(spread);
  }
  return well(spread);
}

function well(at: number): PastDay {
  return { tries: [answered('1', 'ok', at)], alert: undefined, state: 'answered', result: 'ok' };
}

function afterMiss(outcome: 'noAnswer' | 'busy', at: number): PastDay {
  const again = at + (outcome === 'busy' ? 600 : 1800);
  const tries = [missed(outcome, at), answered('1', 'ok', again)];
  return { tries, alert: undefined, state: 'answered', result: 'ok' };
}

function pressed(digit: string, reason: 'unwell' | 'contactRequested', at: number): PastDay {
  const alert = { reason, closedAfterMinutes: 15 + at };
  return { tries: [answered(digit, reason, at)], alert, state: 'alerted', result: reason };
}

function silent(at: number): PastDay {
  const tries = [missed('noAnswer', at), missed('noAnswer', at + 1800), missed('noAnswer', at + 5400)];
  const alert = { reason: 'noResponse', closedAfterMinutes: 40 + at } as const;
  return { tries, alert, state: 'confirmed', result: 'confirmedByOther' };
}

function hungUp(at: number): PastDay {
  const alert = { reason: 'hungUpEarly', closedAfterMinutes: 20 + at } as const;
  return { tries: [missed('hungUpEarly', at)], alert, state: 'confirmed', result: 'confirmedByOther' };
}

function paused(): PastDay {
  return { tries: [], alert: undefined, state: 'cancelled', result: 'paused' };
}

function answered(digit: string, answer: string, afterSeconds: number): PastTry {
  return { afterSeconds, outcome: answer, key: { digit, answer } };
}

function missed(outcome: string, afterSeconds: number): PastTry {
  return { afterSeconds, outcome, key: undefined };
}

/** A whole number that looks like chance and is none (Wang's integer hash, 2007). */
function throwOf(seed: number): number {
  let x = seed >>> 0;
  x = (x ^ 61 ^ (x >>> 16)) >>> 0;
  x = Math.imul(x, 9) >>> 0;
  x = (x ^ (x >>> 4)) >>> 0;
  x = Math.imul(x, 0x27d4eb2d) >>> 0;
  return (x ^ (x >>> 15)) >>> 0;
}
