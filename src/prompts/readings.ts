/**
 * Digits that stand alone, and the spelling that makes Open JTalk say them well. In kana it takes some for
 * particles (はち as "wachi", さん as a low suffix) and says に and ご in an eighth of a second, which is
 * lost on a telephone; everybody reads numbers out as "nī" and "gō".
 */
const DIGIT_SPELLINGS: Record<string, string> = {
  ゼロ: '0',
  いち: '1',
  に: 'ニー',
  さん: '3',
  よん: '4',
  ご: 'ゴー',
  ろく: '6',
  なな: '7',
  はち: '8',
  きゅう: '9',
};

const STANDALONE_DIGIT = new RegExp(
  `(?<=^|[、。])(${Object.keys(DIGIT_SPELLINGS).join('|')})(?=[、。]|$)`,
  'gu',
);

/** In words, なな falls apart: Open JTalk takes its second な for another word. */
const WORD_SPELLINGS: Record<string, string> = {
  にじゅうななにち: 'ニジューナナニチ',
  じゅうななにち: 'ジューナナニチ',
  なながつ: 'ナナガツ',
};

const MISREAD_WORD = new RegExp(Object.keys(WORD_SPELLINGS).join('|'), 'gu');

/** Respells what Open JTalk would misread; the text that people see and edit stays as it was. */
export function spellForOpenJtalk(text: string): string {
  return text
    .replace(STANDALONE_DIGIT, (digit) => DIGIT_SPELLINGS[digit] ?? digit)
    .replace(MISREAD_WORD, (word) => WORD_SPELLINGS[word] ?? word);
}
