import { z } from 'zod';
import type { CardDraft } from './card-fields.js';
import { homes, layouts, needsAttributes, troubles } from './choices.js';
import { flag, listOf, neededLine } from './field-kinds.js';

/** The lists that each tenant may word and lengthen; the others mean something to the service itself. */
export const ownLists = { needsAttributes, troubles, homes, layouts } as const;
export type OwnList = keyof typeof ownLists;
export const ownListNames = Object.keys(ownLists) as OwnList[];

/** One choice; a retired one is offered no more, and still says what old cards say. */
export interface OwnChoice {
  key: string;
  label: string;
  retired: boolean;
}

/** As a page sends a list: a choice without a key is a new one. */
export const ownChoicesField = listOf(
  z.strictObject({ key: z.string().max(24).optional(), label: neededLine(60), retired: flag() }),
  100,
);
export type WantedChoice = z.output<typeof ownChoicesField>[number];

const ownKey = /^own(\d{1,4})$/;

/** A list as the tenant has it: as stored, and behind it what came with a newer version of the service. */
export function choicesOf(list: OwnList, stored: readonly OwnChoice[] = []): OwnChoice[] {
  const known = new Set(stored.map(({ key }) => key));
  const usual = Object.entries<string>(ownLists[list])
    .filter(([key]) => !known.has(key))
    .map(([key, label]) => ({ key, label, retired: false }));
  return [...stored, ...usual];
}

export type ChoicesReading =
  | { kind: 'read'; choices: OwnChoice[] }
  /** No choice is ever deleted: old cards name it. */
  | { kind: 'choiceMissing' }
  | { kind: 'labelTwice' }
  | { kind: 'noneOffered' };

/** What becomes of a list when somebody wants it so. */
export function readOwnChoices(
  present: readonly OwnChoice[],
  wanted: readonly WantedChoice[],
): ChoicesReading {
  const named = wanted.flatMap(({ key }) => (key === undefined ? [] : [key]));
  const isWhole = named.length === present.length && present.every(({ key }) => named.includes(key));
  if (!isWhole) return { kind: 'choiceMissing' };
  const offered = wanted.filter(({ retired }) => !retired);
  if (offered.length === 0) return { kind: 'noneOffered' };
  if (new Set(offered.map(({ label }) => label)).size < offered.length) return { kind: 'labelTwice' };
  let last = Math.max(0, ...present.map(({ key }) => Number(ownKey.exec(key)?.[1] ?? 0)));
  const choices = wanted.map(({ key = `own${++last}`, label, retired }) => ({ key, label, retired }));
  return { kind: 'read', choices };
}

/** The first field of a draft that names a choice which this tenant does not have. */
export function unknownChoice(
  draft: CardDraft,
  lists: Readonly<Record<OwnList, readonly OwnChoice[]>>,
): string | undefined {
  const named: [path: string, list: OwnList, keys: readonly (string | null | undefined)[]][] = [
    ['needsAttributes', 'needsAttributes', draft.needsAttributes ?? []],
    ['mainTrouble', 'troubles', [draft.mainTrouble]],
    ['otherTroubles', 'troubles', draft.otherTroubles ?? []],
    ['situation.home', 'homes', [draft.situation?.home]],
    ['wishes.layouts', 'layouts', draft.wishes?.layouts ?? []],
  ];
  return named.find(([, list, keys]) =>
    keys.some((key) => typeof key === 'string' && !lists[list].some((one) => one.key === key)),
  )?.[0];
}
