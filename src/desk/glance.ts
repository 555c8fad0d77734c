/** How many days before a day are seen at a glance: eight weeks. */
export const glanceDays = 56;

/** One day of a person in one letter; `.` for a day without a check-in. */
export const glanceLetters = {
  o: 'well',
  k: 'confirmed', // by a person
  u: 'unwell',
  c: 'contactRequested',
  h: 'hungUpEarly',
  x: 'noResponse',
  f: 'weCouldNotCall', // our failure, or a number that is none
  '-': 'away',
  '?': 'open',
} as const;
export type GlanceLetter = keyof typeof glanceLetters;

/** The letter of a check-in by what is stored of it. */
export function letterOf(state: string, result: string | null): GlanceLetter {
  if (state === 'answered') return 'o';
  if (state === 'confirmed') return 'k';
  if (state === 'cancelled') return '-';
  if (state !== 'alerted') return '?';
  switch (result) {
    case 'unwell':
      return 'u';
    case 'contactRequested':
      return 'c';
    case 'hungUpEarly':
      return 'h';
    case 'numberInvalid':
    case 'trunkError':
    case null:
      return 'f';
    default:
      return 'x';
  }
}

/** The worse first: a day with two check-ins shows the worse one. */
const order = 'ufxhc?ko-.';

/**
 * Eight weeks as one letter a day, the oldest first.
 *
 * @param entries `YYYY-MM-DD` of days before `date`, with the letter of each
 */
export function glanceOf(entries: readonly { dueOn: string; letter: GlanceLetter }[], date: string): string {
  const days = Array<string>(glanceDays).fill('.');
  const first = Date.parse(`${date}T00:00:00Z`) - glanceDays * 86_400_000;
  for (const { dueOn, letter } of entries) {
    const index = Math.round((Date.parse(`${dueOn}T00:00:00Z`) - first) / 86_400_000);
    const known = days[index];
    if (known !== undefined && order.indexOf(letter) < order.indexOf(known)) days[index] = letter;
  }
  return days.join('');
}
