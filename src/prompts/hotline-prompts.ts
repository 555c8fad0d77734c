const months = numbers(1, 12);
const days = numbers(1, 31);
const weekdays = ['月', '火', '水', '木', '金', '土', '日'];
const hours = numbers(0, 23);
/** Those that Open JTalk reads otherwise: いちにち, じゅうしちにち. All the others are as they should be. */
const oddDays: Readonly<Record<number, string>> = {
  1: 'ついたち',
  17: 'じゅうななにち',
  27: 'にじゅうななにち',
};
/** Not ぜろじ, and not しちじ. */
const oddHours: Readonly<Record<number, string>> = { 0: '零時', 7: 'ななじ' };

/** Longer than this is `wait-long`. */
const longestWaitMinutes = 30;

/** Sentences and parts of sentences of the hotline that are whole as they stand. */
const fixedPrompts = {
  'open-notice':
    'お電話ありがとうございます。居住支援あんしんほっとラインです。' +
    'ご相談をまちがいなくうかがうため、通話を録音しています。録音を望まれないかたは、きゅう、を押してください。',
  'open-plain': 'お電話ありがとうございます。居住支援あんしんほっとラインです。',
  'recording-off': '録音は、しません。このまま、お待ちください。',
  closed: '申しわけありません。ただいまは、受付時間の外です。',
  'next-open': '次の受付は、',

  // When we phone back is true at any hour: a message is left at night, and when everybody is talking.
  'message-ask':
    '伝言をお預かりします。係の者が、受付時間のうちに、お電話します。' +
    '命の危険がある時は、119番か、110番へ、おかけください。' +
    '音のあとに、お名前と電話番号を、お話しください。',
  'message-thanks': '伝言をお預かりしました。係の者から、お電話します。ありがとうございました。',
  'message-too-short':
    'お話が、聞き取れませんでした。もう一度、音のあとに、お名前と電話番号を、お話しください。',

  'callback-offer':
    '順番はそのままで、こちらから、おかけしなおすことが、できます。ご希望のかたは、いち、を押してください。',
  'callback-confirm':
    'いま、おかけの電話番号に、おかけしなおします。よろしければ、いち、を、ほかの番号でしたら、に、を押してください。',
  'callback-number':
    'おかけする電話番号を、市外局番から、続けて押してください。最後に、右下の、シャープを押してください。',
  'callback-number-wrong':
    '電話番号が、たしかめられませんでした。もう一度、市外局番から、続けて押してください。' +
    '最後に、右下の、シャープを押してください。',
  'callback-thanks':
    'うけたまわりました。順番は、そのまま、お取りしておきます。順番がきましたら、こちらから、お電話します。' +
    '電話を切って、お待ちください。',

  'wait-about': 'お待ちいただく時間は、およそ、',
  'wait-long': `${longestWaitMinutes}分以上の見込みです。`,
  connecting: 'おつなぎします。このまま、お待ちください。',
  'sorry-overflow': '申しわけありません。ただいま、電話が、たいへん混みあっています。',
  'no-counsellor': '申しわけありません。ただいま、お受けできる相談員が、おりません。',
  'wrong-key': 'その番号は、お選びいただけません。もう一度、うかがいます。',
  'to-hotline-offer': '居住支援の相談は、いち、を。伝言は、に、を押してください。',

  // To counsellors, on their own telephones.
  'number-not-allowed': 'この番号には、かけられません。番号を、お確かめください。',
  'emergency-own-phone':
    '緊急の番号には、この電話からはかけられません。お手元の携帯電話などから、おかけください。',
  'cap-reached': 'きょう、電話をかけられる時間を、使いきりました。責任者に、ご相談ください。',
  'logged-in': 'ログインしました。電話を、お受けできます。',
  'logged-out': 'ログアウトしました。お疲れさまでした。',
  paused: '一時停止にしました。電話は、鳴りません。',
  resumed: '再開しました。電話を、お受けできます。',
  'transfer-failed': 'おつなぎできませんでした。もとの通話に、もどります。',
} as const;

/**
 * What app_queue says by itself. Around a number it speaks `thereare`, the number, `callswaiting`; beyond a
 * limit `quantity1`, the limit, `quantity2`. The counter 番目 never changes its sound, nor that of the number
 * before it; 分 does both (いっぷん, さんぷん), which no pair of files can say: see sounds/README.md.
 */
const queuePrompts = {
  'queue-youarenext': '次に、おつなぎします。このまま、お待ちください。',
  'queue-thereare': 'ただいま、おつなぎする順番は、',
  'queue-callswaiting': '番目です。',
  'queue-quantity1': 'ただいま、おつなぎする順番は、',
  'queue-quantity2': '番目よりも、あとです。',
  'queue-holdtime': 'お待ちいただく時間は、およそ、',
  'queue-less-than': '長くても、',
  'queue-minute': 'ふん。',
  'queue-minutes': 'ふん。',
  'queue-seconds': 'びょう。',
  'queue-reporthold': 'お待たせした時間は、',
  'queue-thankyou': 'お待ちいただき、ありがとうございます。',
  'queue-periodic-announce':
    'ただいま、ほかのご相談を、うかがっています。このまま、お待ちください。' +
    'こちらからの電話を、ご希望のかたは、いち、を押してください。' +
    '命の危険がある時は、119番か、110番へ、おかけください。',
} as const;

/** Every recording of the hotline; the numbers of months, days and weekdays are those of the calendar. */
export type HotlinePromptName =
  | keyof typeof fixedPrompts
  | keyof typeof queuePrompts
  | `${'month' | 'day' | 'weekday' | 'hour' | 'wait-minutes'}-${number}`
  | `hour-${number}-30`;

/**
 * The source of every recording in `sounds/ja/hotline`: change a text here, then run `genkidesu prompts render`.
 *
 * The rules are those of the stock prompts: short, one idea a sentence, no word of scam calls, なな and never しち.
 * So July is なながつ and seven o'clock is ななじ. What stands in kana is what
 * Open JTalk would read otherwise, or might.
 */
export const hotlinePrompts: Readonly<Record<HotlinePromptName, string>> = {
  ...fixedPrompts,
  ...queuePrompts,
  ...numbered('month', months, (month) => (month === 7 ? 'なながつ' : `${month}月`)),
  ...numbered('day', days, (day) => oddDays[day] ?? `${day}日`),
  ...numbered('weekday', numbers(1, 7), (weekday) => `${weekdays[weekday - 1] ?? ''}曜日、`),
  ...numbered('hour', hours, (hour) => `${spokenHour(hour)}からです。`),
  ...halfPast(),
  ...numbered('wait-minutes', numbers(1, longestWaitMinutes), (minutes) => `${minutes}分です。`),
};

/** For a line that opens at half past: `hour-9-30`. */
function halfPast(): Record<`hour-${number}-30`, string> {
  return Object.fromEntries(hours.map((hour) => [`hour-${hour}-30`, `${spokenHour(hour)}30分からです。`]));
}

/** 12 is noon, which 午前12時 and 午後0時 leave people guessing about. */
function spokenHour(hour: number): string {
  if (hour === 12) return 'お昼の12時';
  const half = hour < 12 ? '午前' : '午後';
  return `${half}${oddHours[hour % 12] ?? `${hour % 12}時`}`;
}

function numbered<Name extends string>(
  name: Name,
  values: readonly number[],
  textOf: (value: number) => string,
): Record<`${Name}-${number}`, string> {
  const texts = values.map((value) => [`${name}-${value}`, textOf(value)]);
  return Object.fromEntries(texts) as Record<`${Name}-${number}`, string>;
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
