import type { ImportedSubscriber } from '../subscribers/import/subscriber-row.js';

const families = [
  ['佐藤', 'さとう'],
  ['鈴木', 'すずき'],
  ['高橋', 'たかはし'],
  ['田中', 'たなか'],
  ['伊藤', 'いとう'],
  ['渡辺', 'わたなべ'],
  ['山本', 'やまもと'],
  ['中村', 'なかむら'],
  ['小林', 'こばやし'],
  ['加藤', 'かとう'],
  ['大野', 'おおの'],
  ['小野', 'おの'],
  ['河野', 'こうの'],
  ['斎藤', 'さいとう'],
  ['長谷川', 'はせがわ'],
  ['五十嵐', 'いがらし'],
] as const;
const given = [
  ['花子', 'はなこ'],
  ['太郎', 'たろう'],
  ['京子', 'きょうこ'],
  ['正一', 'しょういち'],
  ['洋子', 'ようこ'],
  ['勝', 'まさる'],
  ['幸子', 'さちこ'],
  ['敬一郎', 'けいいちろう'],
  ['ハル', 'はる'],
  ['竜之介', 'りゅうのすけ'],
  ['志津', 'しづ'],
] as const;

/** A person of a benchmark: names as they are in Japan, numbers that no two have. */
export function personOf(n: number): ImportedSubscriber {
  const [family, familyKana] = families[n % families.length] ?? families[0];
  const [name, kana] = given[Math.floor(n / families.length) % given.length] ?? given[0];
  const landline = `047${String(1_000_000 + n * 37).padStart(7, '0')}`;
  const mobile = `090${String(10_000_000 + n * 997).padStart(8, '0')}`;
  return {
    memberNumber: String(100_000 + n),
    name: `${family} ${name}`,
    kana: `${familyKana} ${kana}`,
    birthDate: '1940-01-01',
    enrolledOn: '2026-11-02',
    notes: n % 5 === 0 ? '補聴器あり。ゆっくり話す。' : '',
    promptLanguage: 'ja',
    speechRate: 'slow',
    ringSeconds: 45,
    phones: (n % 3 === 0 ? [landline, mobile] : [landline]).map((number) => ({
      number,
      toneProfile: 'tone',
    })),
    plan: { kind: 'daily', time: '09:00' },
    policyPreset: 'matsudo',
  };
}

/** What somebody types who looks for one of the first people. */
export function typedFor(n: number): string {
  const { memberNumber, name, kana = '', phones } = personOf(n % 400);
  const number = phones[0]?.number ?? '';
  const ways = [
    memberNumber,
    number,
    kana.slice(0, 2),
    kana,
    name,
    number.slice(-4),
    kana.split(' ').reverse().join(' '),
    'こ',
    `${number.slice(0, 3)}-${number.slice(3, 6)}-${number.slice(6)}`,
    'コーノ',
  ];
  return ways[n % ways.length] ?? memberNumber;
}
