import type { CallPlan, ImportedSubscriber } from '../../../src/subscribers/import/subscriber-row';
import { isTextKey, type Say } from '../text/text';

export const weekdayKeys = [
  'weekday.1',
  'weekday.2',
  'weekday.3',
  'weekday.4',
  'weekday.5',
  'weekday.6',
  'weekday.7',
] as const;

/** 毎週 火・金 9:00 */
export function planInWords(plan: CallPlan, say: Say): string {
  const time = plan.time.replace(/^0/, '');
  if (plan.kind === 'daily') return `${say('people.plan.daily')} ${time}`;
  const days = plan.days.map((day) => say(weekdayKeys[day - 1] ?? 'weekday.1')).join('・');
  return `${say('people.plan.weekly.short')} ${days} ${time}`;
}

/** A state of a check-in, with a sign beside the word: never by colour alone. */
export function stateInWords(state: string, say: Say): { sign: string; word: string; color: string } {
  const key = `people.state.${state}`;
  const word = isTextKey(key) ? say(key) : state;
  if (state === 'ok' || state === 'confirmedByOther') return { sign: '●', word, color: 'var(--green)' };
  if (worrying.includes(state)) return { sign: '▲', word, color: 'var(--red)' };
  return quiet.includes(state)
    ? { sign: '－', word, color: 'var(--dim)' }
    : { sign: '○', word, color: 'var(--ink)' };
}

const worrying = [
  'unwell',
  'contactRequested',
  'noResponse',
  'hungUpEarly',
  'numberInvalid',
  'weCouldNotCall',
];
const quiet = ['moved', 'paused', 'withdrawn', 'closedDay', 'cancelled'];

/** One field of a person as people read it. */
export function fieldInWords(field: string, value: unknown, say: Say): string {
  if (value === undefined || value === null || value === '') return say('people.nothing');
  switch (field) {
    case 'phones':
      return (value as ImportedSubscriber['phones'])
        .map(({ number, toneProfile }) => `${number}（${say(`people.tone.${toneProfile}`)}）`)
        .join('、');
    case 'plan':
      return planInWords(value as CallPlan, say);
    case 'contacts':
      return (value as { name: string }[]).map(({ name }) => name).join('、') || say('people.nothing');
    case 'pause': {
      const { fromOn, untilOn, reason } = value as { fromOn: string; untilOn: string; reason: string };
      return `${fromOn} ～ ${untilOn} ${reason}`;
    }
    case 'testCall': {
      const { phonePosition, outcome } = value as { phonePosition: number; outcome: string };
      return `${say('people.number.nth', { n: phonePosition })}: ${outcomeInWords(outcome, say)}`;
    }
    case 'policyPreset':
      return say(value === 'sameDay' ? 'people.policy.sameDay' : 'people.policy.matsudo');
    case 'speechRate':
      return say(`people.speechRate.${value as ImportedSubscriber['speechRate']}`);
    default:
      return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
  }
}

export function fieldName(field: string, say: Say): string {
  const key = `people.${field}`;
  return isTextKey(key) ? say(key) : field;
}

/** How a call ended. */
export function outcomeInWords(outcome: string | undefined, say: Say): string {
  const key = `people.outcome.${outcome ?? 'none'}`;
  return isTextKey(key) ? say(key) : (outcome ?? '');
}
