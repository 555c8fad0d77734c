import { digitsTyped, foldLoosely, foldMemberNumber, foldText } from './search-text.js';

/** A subscriber as the index knows them. */
export interface SearchedSubscriber {
  id: number;
  stationId: number;
  memberNumber: string;
  name: string;
  kana: string;
  /** Domestic digits. */
  numbers: readonly string[];
  withdrawnOn: string | undefined;
  updatedAt: number;
}

export interface IndexEntry extends SearchedSubscriber {
  foldedMember: string;
  foldedName: string;
  foldedKana: string;
  looseKana: string;
}

/** What was typed, as it is compared. */
export interface SearchQuery {
  whole: SearchWord;
  /** The words between spaces when there is more than one: all of them must be found, in any order. */
  words: readonly SearchWord[];
}

interface SearchWord {
  folded: string;
  loose: string;
  member: string;
  digits: string | undefined;
}

export type MatchedField = 'memberNumber' | 'number' | 'kana' | 'name';

export interface Match {
  field: MatchedField;
  /** The number that was meant, when it is one. */
  number?: string;
  /** 0 is best; see `ranks`. */
  rank: number;
}

const ranks = { memberNumber: 0, number: 1, start: 2, looseStart: 3, inside: 4, words: 5 } as const;
export const rankCount = 6;

export function toEntry(person: SearchedSubscriber): IndexEntry {
  const foldedKana = foldText(person.kana);
  const looseKana = foldLoosely(person.kana);
  const foldedMember = foldMemberNumber(person.memberNumber);
  return {
    ...person,
    foldedName: foldText(person.name),
    foldedKana,
    // The same text once: there are thousands.
    looseKana: looseKana === foldedKana ? foldedKana : looseKana,
    foldedMember: foldedMember === person.memberNumber ? person.memberNumber : foldedMember,
  };
}

/** Undefined when nothing was typed that can be looked for. */
export function readQuery(text: string): SearchQuery | undefined {
  const words = text.split(/\s+/u).filter((word) => word !== '');
  if (words.length === 0) return undefined;
  return { whole: readWord(text), words: words.length > 1 ? words.map(readWord) : [] };
}

function readWord(text: string): SearchWord {
  return {
    folded: foldText(text),
    loose: foldLoosely(text),
    member: foldMemberNumber(text),
    digits: digitsTyped(text),
  };
}

/** How a subscriber is meant by what was typed; undefined: not at all. */
export function matchOf({ whole, words }: SearchQuery, entry: IndexEntry): Match | undefined {
  const match = matchWord(whole, entry);
  if (match || words.length === 0) return match;
  let first: Match | undefined;
  for (const word of words) {
    const one = matchWord(word, entry);
    if (!one) return undefined;
    first ??= one;
  }
  return first && { ...first, rank: ranks.words };
}

function matchWord({ folded, loose, member, digits }: SearchWord, entry: IndexEntry): Match | undefined {
  if (member !== '' && member === entry.foldedMember)
    return { field: 'memberNumber', rank: ranks.memberNumber };
  const number = digits === undefined ? undefined : numberWith(digits, entry.numbers);
  if (number !== undefined && number === digits) return { field: 'number', number, rank: ranks.number };
  if (folded !== '') {
    if (entry.foldedKana.startsWith(folded)) return { field: 'kana', rank: ranks.start };
    if (entry.foldedName.startsWith(folded)) return { field: 'name', rank: ranks.start };
    if (loose !== '' && entry.looseKana.startsWith(loose)) return { field: 'kana', rank: ranks.looseStart };
    if (entry.foldedKana.includes(folded)) return { field: 'kana', rank: ranks.inside };
    if (entry.foldedName.includes(folded)) return { field: 'name', rank: ranks.inside };
    if (loose !== '' && entry.looseKana.includes(loose)) return { field: 'kana', rank: ranks.inside };
  }
  if (number !== undefined) return { field: 'number', number, rank: ranks.inside };
  if (member !== '' && entry.foldedMember.startsWith(member))
    return { field: 'memberNumber', rank: ranks.inside };
  return undefined;
}

/** The whole number before one that only has these digits in it. */
function numberWith(digits: string, numbers: readonly string[]): string | undefined {
  return numbers.includes(digits) ? digits : numbers.find((number) => number.includes(digits));
}
