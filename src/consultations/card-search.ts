import type { Triage } from './triage.js';
import type { CardContent } from './card-fields.js';

/** What somebody looks for among cards: each word must stand somewhere in what names the people or tells the matter. */
export function readSearch(text: string): string[] {
  return plain(text).split(' ').filter(Boolean);
}

/** Whether a card says all of these words; a number may be written with or without hyphens. */
export function saysAll(content: CardContent, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const people = [content.principal, content.visitor];
  const said = plain(
    [
      ...people.flatMap((person) => [person?.name, person?.kana, person?.address, ...(person?.phones ?? [])]),
      content.callerNumber,
      content.freeText,
      content.nextStep,
    ].join('\n'),
  );
  const unspaced = said.replaceAll(' ', '');
  return words.every((word) => {
    const digits = word.replaceAll('-', '');
    return (
      said.includes(word) || unspaced.includes(word) || (/^\d{3,}$/.test(digits) && said.includes(digits))
    );
  });
}

/** What must not wait. */
export function isPressing(triage: Triage | undefined): boolean {
  return triage === 'immediate' || triage === 'urgent';
}

/** Wide and narrow, katakana and hiragana, large and small letters are one. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .replace(/[\s　]+/g, ' ')
    .trim();
}
