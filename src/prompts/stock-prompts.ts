/** The digits a key can be, each a sound of its own: which key means what is the tenant's data. */
export type DigitPromptName = `digit-${0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`;

export type OpeningPromptName = 'opening-morning' | 'opening-day' | 'opening-evening';

/** Every recording the check-in call can play, apart from names. */
export type PromptName =
  | OpeningPromptName
  | DigitPromptName
  | 'trust'
  | 'ask'
  | 'ask-lead'
  | 'ask-ok'
  | 'ask-unwell'
  | 'ask-contact-requested'
  | 'ask-repeat'
  | 'tone-hint'
  | 'confirm-ok'
  | 'confirm-unwell'
  | 'confirm-contact-requested'
  | 'fix'
  | 'wrong-key'
  | 'no-key'
  | 'call-again-later'
  | 'staff-will-call'
  | 'goodbye'
  | 'phoned-back'
  | 'message-thanks'
  | 'sorry-try-later';

/**
 * The source of every stock recording: change a text here, then run `genkidesu prompts render`.
 *
 * Spoken to people who may hear badly: short, one idea a sentence. Never the words that scam calls
 * use, as the police warn people to hang up on those. Where Open JTalk takes the wrong reading of a kanji
 * (方 as "hō", はいりません as "hairimasen"), the text is written so that it cannot.
 */
export const stockPrompts: Record<PromptName, string> = {
  'opening-morning': 'おはようございます。見守り電話の「げんきです」です。',
  'opening-day': 'こんにちは。見守り電話の「げんきです」です。',
  'opening-evening': 'こんばんは。見守り電話の「げんきです」です。',
  trust: 'この電話で、お金や暗証番号をおたずねすることは、ありません。',

  // The whole question in one breath, for the usual keys: 1 ok, 2 unwell, 3 contactRequested, 0 repeat.
  ask:
    'きょうの具合を、番号で教えてください。お元気でしたら、いち。少し心配でしたら、に。' +
    '電話がほしい時は、さん。もう一度聞く時は、ゼロ、です。',
  // The same in pieces, for a tenant with other keys: lead, then a meaning and its digit, and so on.
  'ask-lead': 'きょうの具合を、番号で教えてください。',
  'ask-ok': 'お元気でしたら、',
  'ask-unwell': '少し心配でしたら、',
  'ask-contact-requested': '電話がほしい時は、',
  'ask-repeat': 'もう一度聞く時は、',
  'digit-0': 'ゼロ',
  'digit-1': 'いち',
  'digit-2': 'に',
  'digit-3': 'さん',
  'digit-4': 'よん',
  'digit-5': 'ご',
  'digit-6': 'ろく',
  'digit-7': 'なな', // not しち, which is heard as いち
  'digit-8': 'はち',
  'digit-9': 'きゅう',
  'tone-hint': '番号の音が出ない電話機では、先に、こめじるしを押してから、番号を押してください。',

  // Played after the digit that was pressed.
  'confirm-ok': 'お元気ですね。ありがとうございました。',
  'confirm-unwell':
    'ご心配があるのですね。きょうのうちに、ステーションから、お電話します。' +
    'お急ぎの時は、119番へ、おかけください。',
  'confirm-contact-requested':
    '連絡をご希望ですね。これから、係の者に伝えます。お急ぎの時は、119番へ、おかけください。',
  fix: '押しまちがえた時は、このまま、正しい番号を押してください。',

  // Not 使われておりません: that is how the network announces a dead telephone number.
  'wrong-key': 'その番号は、お返事の番号にありません。もう一度、うかがいます。',
  'no-key': 'お返事が受け取れませんでした。もう一度、ゆっくり言います。',
  'call-again-later': 'またのちほど、お電話します。',
  'staff-will-call': 'きょうは、係の者から、お電話しなおします。どうぞ、お待ちください。',
  goodbye: '失礼いたします。',

  // The one who phones back may be anybody in the house: no name, no reason to worry.
  'phoned-back':
    'お電話ありがとうございます。見守り電話の「げんきです」です。先ほど、安否の確認のために、お電話しました。' +
    'ご心配いりません。お急ぎの時は、119番へ、おかけください。伝言のあるかたは、音のあとに、お話しください。',
  'message-thanks': '伝言をお預かりしました。ありがとうございました。',
  'sorry-try-later':
    '申しわけありません。ただいま、お受けできません。少し時間をおいて、おかけなおしください。' +
    'お急ぎの時は、119番へ、おかけください。',
};

/** All names of the catalogue, in its order. */
export const promptNames = Object.keys(stockPrompts) as PromptName[];
