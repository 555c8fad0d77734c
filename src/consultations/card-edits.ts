import type { Card } from './card-view.js';

/** What somebody has changed on a card and not saved yet: a field's path, such as `principal.name`, and its new value. */
export type CardEdits = Readonly<Record<string, unknown>>;

/** A card as it comes in an answer: its moments are text there. */
export type CardOnScreen = Omit<Card, 'receivedAt' | 'savedAt' | 'finishedAt'> & {
  receivedAt: string;
  savedAt: string;
  finishedAt?: string;
};

/** A field that two people changed to different things. */
export interface EditConflict {
  path: string;
  mine: unknown;
  theirs: unknown;
}

/** What a field says on the card as it is stored; undefined when nothing was written there. */
export function storedAt(card: CardOnScreen, path: string): unknown {
  switch (path) {
    case 'receivedAt':
    case 'channel':
    case 'triage':
      return card[path];
    case 'receivedBy':
      return card.receivedBy?.id;
    default:
      return path
        .split('.')
        .reduce<unknown>(
          (part, key) =>
            typeof part === 'object' && part !== null ? (part as Record<string, unknown>)[key] : undefined,
          card.content,
        );
  }
}

/** What a field shows: the change, else what is stored. */
export function shownAt(card: CardOnScreen, edits: CardEdits, path: string): unknown {
  return Object.hasOwn(edits, path) ? edits[path] : storedAt(card, path);
}

/** The body of a save: the changed fields in the shape of a card. */
export function draftOf(edits: CardEdits): Record<string, unknown> {
  const draft: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(edits)) {
    const [part = '', field] = path.split('.');
    if (field === undefined) draft[part] = value;
    else draft[part] = { ...(draft[part] as object | undefined), [field]: value };
  }
  return draft;
}

/** Changes that are not what is stored already. */
export function withoutSame(card: CardOnScreen, edits: CardEdits): CardEdits {
  return Object.fromEntries(
    Object.entries(edits).filter(([path, value]) => !isSame(storedAt(card, path), value)),
  );
}

/**
 * Compares my changes with what somebody else has saved meanwhile. A field that only one of us changed is no
 * conflict: both changes stand.
 *
 * @param base the card that my changes started from
 * @param theirs the card as it is stored now
 */
export function conflictsOf(edits: CardEdits, base: CardOnScreen, theirs: CardOnScreen): EditConflict[] {
  return Object.entries(edits).flatMap(([path, mine]) => {
    const now = storedAt(theirs, path);
    const isTheirs = !isSame(now, storedAt(base, path));
    return isTheirs && !isSame(now, mine) ? [{ path, mine, theirs: now }] : [];
  });
}

/** Two texts of one field, one below the other; what only repeats the other is left out. */
export function bothTexts(theirs: unknown, mine: unknown): string {
  const [first, second] = [textOf(theirs), textOf(mine)];
  if (first.includes(second)) return first;
  return second.includes(first) ? second : `${first}\n${second}`;
}

/** What is wrong with which field, out of the words of a refusal: `principal.phones.0: 本人の…`. */
export function problemsIn(message: string): Record<string, string> {
  const found = message.matchAll(/(?:^| )([a-zA-Z]+(?:\.\w+)*): (.*?)(?=$| [a-zA-Z]+(?:\.\w+)*: )/gsu);
  return Object.fromEntries(
    [...found].map(([, path = '', words = '']) => [
      path.replace(/^draft\./, '').replace(/\.\d.*$/, ''),
      words,
    ]),
  );
}

/** Nothing, an empty text and an empty list are one to who reads a card. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null) || (isEmpty(one) && isEmpty(other));
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
