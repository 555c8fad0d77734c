import { narrow } from './narrow-text.js';

/** Forms of one kanji in names: people type the usual one. */
const kanjiForms: Readonly<Record<string, string>> = Object.fromEntries(
  [
    '高髙',
    '崎﨑嵜',
    '辺邊邉',
    '斉斎齊齋',
    '浜濱濵',
    '沢澤',
    '広廣',
    '国國',
    '島嶋嶌',
    '徳德',
    '恵惠',
    '真眞',
    '桜櫻',
    '栄榮',
    '滝瀧',
    '竜龍',
    '富冨',
    '吉𠮷',
    '柳栁',
    '静靜',
    '関關',
    '条條',
    '寿壽',
    '弥彌',
    '礼禮',
    '万萬',
    '与與',
    '桑桒',
  ].flatMap((forms) => {
    const [usual = '', ...others] = Array.from(forms);
    return others.map((other) => [other, usual]);
  }),
);

const smallKana = 'ぁぃぅぇぉっゃゅょゎゕゖ';
const bigKana = 'あいうえおつやゆよわかけ';
/** Kana that sound alike, and are taken for each other when somebody spells a name. */
const alike: Readonly<Record<string, string>> = {
  ゔ: 'ぶ',
  ぢ: 'じ',
  づ: 'ず',
  ゐ: 'い',
  ゑ: 'え',
  を: 'お',
};

/**
 * A word as it is compared: hiragana, katakana and half-width forms are one, small kana are big ones, long
 * marks and spaces are left out, and a kanji has its usual form. Both what is stored and what is typed go through it.
 */
export function foldText(text: string): string {
  // Parts, and not one text that grows: such a text holds on to all that it grew out of.
  const folded: string[] = [];
  for (const sign of text.normalize('NFKC').toLowerCase()) {
    if (/[\s・･ー\-‐-―.,、。'’]/u.test(sign)) continue;
    const kana = /[ァ-ヶ]/u.test(sign) ? String.fromCharCode(sign.charCodeAt(0) - 0x60) : sign;
    const small = smallKana.indexOf(kana);
    folded.push(small >= 0 ? bigKana.charAt(small) : (alike[kana] ?? kanjiForms[kana] ?? kana));
  }
  return folded.join('');
}

const rows: readonly [vowel: string, kana: string][] = [
  ['あ', 'あかさたなはまやらわがざだばぱ'],
  ['い', 'いきしちにひみりぎじびぴ'],
  ['う', 'うくすつぬふむゆるぐずぶぷ'],
  ['え', 'えけせてねへめれげでべぺ'],
  ['お', 'おこそとのほもよろごどぼぽ'],
];
const vowelOf = new Map(rows.flatMap(([vowel, kana]) => Array.from(kana, (sign) => [sign, vowel] as const)));
/** What makes a vowel long: こう, こお, けい, くう. */
const lengthens: Readonly<Record<string, string>> = { あ: 'あ', い: 'い', う: 'う', え: 'えい', お: 'おう' };

/** As `foldText`, and without what makes a vowel long: おおの, おうの and おーの are one, and おの is as well. */
export function foldLoosely(text: string): string {
  return text
    .split(/[\s・･]+/u)
    .map(shorten)
    .join('');
}

function shorten(word: string): string {
  const shortened: string[] = [];
  let vowel: string | undefined;
  for (const sign of foldText(word)) {
    if (vowel !== undefined && lengthens[vowel]?.includes(sign)) continue;
    shortened.push(sign);
    vowel = vowelOf.get(sign);
  }
  return shortened.join('');
}

/** The digits of a telephone number or a part of one, with or without hyphens; undefined for less than three, and for words. */
export function digitsTyped(text: string): string | undefined {
  const digits = narrow(text)
    .replace(/[\s()-]/g, '')
    .replace(/^\+81\(?0?\)?/, '0');
  return /^\d{3,}$/.test(digits) ? digits : undefined;
}

/** A member number as it is compared. */
export function foldMemberNumber(text: string): string {
  return narrow(text).replace(/\s/g, '').toLowerCase();
}
