import type { IndexEntry, SearchQuery } from './subscriber-match.js';

const betweenFields = '\u0001';
const betweenEntries = '\n';

/**
 * People in one long text, so that a search runs over memory and not over thousands of objects. It finds
 * everybody who may match, and some who do not: `matchOf` decides.
 */
export class Haystack {
  readonly entries: readonly IndexEntry[];
  readonly #text: string;
  /** Where each entry begins in the text. */
  readonly #starts: Uint32Array;

  constructor(entries: readonly IndexEntry[]) {
    this.entries = entries;
    this.#starts = new Uint32Array(entries.length);
    let start = 0;
    const texts = entries.map((entry, index) => {
      const { foldedMember, numbers, foldedName, foldedKana, looseKana } = entry;
      const text = [foldedMember, ...numbers, foldedName, foldedKana, looseKana].join(betweenFields);
      this.#starts[index] = start;
      start += text.length + betweenEntries.length;
      return text;
    });
    this.#text = texts.join(betweenEntries);
  }

  /** In the order of the entries. */
  *mayMatch({ whole, words }: SearchQuery): Generator<IndexEntry> {
    // Whoever matches the whole or all words has each word: the longest one leaves the fewest.
    const word = words.reduce(
      (one, other) => (other.folded.length > one.folded.length ? other : one),
      words[0] ?? whole,
    );
    const needles = new Set([word.folded, word.loose, word.member, word.digits ?? '']);
    needles.delete('');
    const found = new Uint8Array(this.entries.length);
    for (const needle of needles) this.#mark(needle, found);
    for (const [index, entry] of this.entries.entries()) if (found[index] === 1) yield entry;
  }

  #mark(needle: string, found: Uint8Array): void {
    let index = 0;
    for (let at = this.#text.indexOf(needle); at >= 0;) {
      // Matches come in order, so the entry is never before the last one.
      index = this.#entryAt(at, index);
      found[index] = 1;
      const next = this.#starts[index + 1];
      if (next === undefined) return;
      at = this.#text.indexOf(needle, next);
    }
  }

  /** The entry at a place of the text; `low` is an entry that is not behind it. */
  #entryAt(place: number, low: number): number {
    let high = this.entries.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
