import type { PolicyPreset } from '../../checkins/call-policy.js';
import type { SpeechRate } from '../../prompts/sound-files.js';
import { narrow } from '../narrow-text.js';
import { accept, type CellValue, refuse } from './cell-value.js';
import { quoteCell } from './import-error.js';
import type { ToneProfile } from './subscriber-row.js';

export const MIN_RING_SECONDS = 20;
export const MAX_RING_SECONDS = 90;

type Words<Value> = ReadonlyMap<string, Value>;

const TONE_WORDS: Words<ToneProfile> = new Map([
  ['プッシュ', 'tone'],
  ['ダイヤル回線', 'pulse'],
  ['黒電話', 'noTone'],
  ['tone', 'tone'],
  ['pulse', 'pulse'],
  ['noTone', 'noTone'],
]);
const RATE_WORDS: Words<SpeechRate> = new Map([
  ['ふつう', 'normal'],
  ['ゆっくり', 'slow'],
  ['とてもゆっくり', 'slower'],
  ['normal', 'normal'],
  ['slow', 'slow'],
  ['slower', 'slower'],
]);
const PRESET_WORDS: Words<PolicyPreset> = new Map([
  ['松戸方式', 'matsudo'],
  ['当日再発信', 'sameDay'],
  ['matsudo', 'matsudo'],
  ['sameDay', 'sameDay'],
]);

export function parseToneProfile(text: string): CellValue<ToneProfile> {
  return chooseWord(text, TONE_WORDS);
}

export function parseSpeechRate(text: string): CellValue<SpeechRate> {
  return chooseWord(text, RATE_WORDS);
}

export function parsePolicyPreset(text: string): CellValue<PolicyPreset> {
  return chooseWord(text, PRESET_WORDS);
}

/** 45, ４５ or 45秒: whole seconds from 20 to 90. */
export function parseRingSeconds(text: string): CellValue<number> {
  const seconds = Number(/^(\d{1,4})秒?$/.exec(narrow(text).replace(/\s/g, ''))?.[1] ?? NaN);
  return seconds >= MIN_RING_SECONDS && seconds <= MAX_RING_SECONDS
    ? accept(seconds)
    : refuse(`${MIN_RING_SECONDS}から${MAX_RING_SECONDS}までの秒数を、数字で書いてください。`);
}

function chooseWord<Value>(text: string, words: Words<Value>): CellValue<Value> {
  const fold = (word: string): string => word.normalize('NFKC').replace(/\s/g, '').toLowerCase();
  for (const [word, value] of words) {
    if (fold(word) === fold(text)) return accept(value);
  }
  const choices = [...words.keys()].filter((word) => !/^[a-z]/i.test(word));
  return refuse(
    `${quoteCell(text)}は選べません。${choices.map((word) => `「${word}」`).join('')}から選んでください。`,
  );
}
