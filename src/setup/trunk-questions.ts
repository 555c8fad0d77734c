import { numberFormats } from '../trunk/number-format.js';
import {
  dtmfModes,
  identityHeaders,
  presetNames,
  presets,
  sessionTimerModes,
  type TrunkHabits,
  type TrunkPreset,
} from '../trunk/presets.js';
import {
  hostName,
  matching,
  oneOf,
  orNothing,
  wholeNumber,
  type Answers,
  type Chapter,
  type Question,
} from './question.js';

/** The preset that was chosen; the plainest before one was. */
export function presetOf({ preset }: Answers): TrunkPreset {
  return presets[presetNames.find((name) => name === preset) ?? 'registration'];
}

const plainText = matching(/^[^\s;[\]]+$/, '空白・セミコロン・角かっこのない文字');
const registers = (answers: Answers): boolean => presetOf(answers).knownBy === 'registration';

const unsureOf =
  (key: TrunkPreset['unsure'][number]) =>
  (answers: Answers): boolean =>
    presetOf(answers).unsure.includes(key);

/** A habit of the carrier: the preset's unless the contract says otherwise. */
function habit(
  key: keyof TrunkHabits,
  label: string,
  help: readonly string[],
  choices: NonNullable<Question['choices']>,
): Question {
  const initial = (answers: Answers): string => String(presetOf(answers).habits[key]);
  return { key, label, help, choices, initial, isUnsure: unsureOf(key), check: oneOf(choices) };
}

const formats = [
  { value: '0', label: '0471234567（国内の形）' },
  { value: '81', label: '81471234567（国番号つき）' },
  { value: '+81', label: '+81471234567（国番号と＋つき）' },
] satisfies { value: (typeof numberFormats)[number]; label: string }[];
const headers = {
  'P-Preferred-Identity': '利用者がこの番号を望む、と伝える（多くの契約）',
  'P-Asserted-Identity': 'この番号だと請け合う（IP トランクなど）',
  none: '付けない（From だけ）',
} satisfies Record<(typeof identityHeaders)[number], string>;
const timers = {
  yes: '相手が求めたら使う',
  always: 'いつも使う',
  required: '相手にも必ず使わせる',
  no: '使わない',
} satisfies Record<(typeof sessionTimerModes)[number], string>;
const keyWays = {
  auto: '相手に合わせる',
  rfc4733: '電話イベント（RFC 4733）',
  inband: '音声の中の音',
  info: 'SIP INFO',
} satisfies Record<(typeof dtmfModes)[number], string>;
const choicesOf = (labels: Record<string, string>): { value: string; label: string }[] =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));
const presetChoices = presetNames.map((value) => ({ value, label: presets[value].title }));

export const trunkChapter: Chapter = {
  title: '電話会社の回線',
  notes: (answers) => presetOf(answers).notes,
  questions: [
    {
      key: 'preset',
      label: '回線の種類',
      help: ['いちばん近いものを選びます。あとの質問に、その事業者の値を入れておきます。'],
      choices: presetChoices,
      resets: Object.keys(presets.registration.habits),
      initial: () => 'registration',
      check: oneOf(presetChoices),
    },
    {
      key: 'trunkHost',
      label: 'SIP サーバーのホスト名か IP アドレス',
      help: ['電話をかける先です。契約の書類に「SIP サーバー」「プロキシ」などとあります。'],
      check: hostName,
    },
    {
      key: 'trunkPort',
      label: 'SIP サーバーのポート',
      help: ['ふつうは 5060（UDP）です。'],
      initial: () => '5060',
      check: wholeNumber(1, 65_535),
    },
    {
      key: 'trunkDomain',
      label: 'ドメイン（なければ空のまま）',
      isUnsure: unsureOf('domain'),
      help: ['番号の後ろの @ に続く名前です。空なら、ホスト名と同じにします。'],
      check: orNothing(hostName),
    },
    {
      key: 'outboundProxy',
      label: '送信プロキシ（なければ空のまま）',
      help: ['「アウトバウンドプロキシ」の指定がある契約だけ、ホスト名か ホスト名:ポート を書きます。'],
      check: orNothing(hostName),
    },
    {
      key: 'trunkUsername',
      label: '登録の利用者名',
      help: ['契約の書類の「SIP ユーザー名」「SIP-ID」などです。'],
      isAsked: registers,
      check: plainText,
    },
    {
      key: 'trunkPassword',
      label: '登録のパスワード',
      help: ['打った文字は表示しません。'],
      isSecret: true,
      isAsked: registers,
      check: plainText,
    },
    {
      key: 'trunkAuthUsername',
      label: '認証の利用者名（同じなら空のまま）',
      help: ['「認証 ID」が利用者名と別にある契約だけ書きます。'],
      isAsked: registers,
      check: orNothing(plainText),
    },
    {
      key: 'trunkMatch',
      label: '着信してくるアドレス（同じなら空のまま）',
      help: ['事業者が SIP サーバーと別のアドレスからかけてくる時、カンマで区切って書きます。'],
      check: orNothing(
        matching(/^[A-Za-z0-9.:/-]+(,[A-Za-z0-9.:/-]+)*$/, 'アドレスかネットワークをカンマで区切って'),
      ),
    },
    habit('numberFormat', 'かける相手の番号の形', ['事業者が求める、宛先の番号の書き方です。'], formats),
    habit('callerFormat', 'こちらの番号の形', ['発信者番号（From と次のヘッダー）の書き方です。'], formats),
    habit(
      'identityHeader',
      'こちらの番号を伝えるヘッダー',
      ['番号が「非通知」や代表番号になる時は、事業者の資料でどちらかを確かめます。'],
      choicesOf(headers),
    ),
    habit(
      'sessionTimers',
      'セッションタイマー',
      ['通話中に、まだつながっているかを確かめ合う決まり（RFC 4028）です。'],
      choicesOf(timers),
    ),
    {
      key: 'sessionExpiresSeconds',
      label: 'セッションタイマーの秒数',
      help: ['事業者の資料にある値（300 や 1800 など）です。'],
      isUnsure: unsureOf('sessionExpiresSeconds'),
      isAsked: ({ sessionTimers }) => sessionTimers !== 'no',
      initial: (answers) => String(presetOf(answers).habits.sessionExpiresSeconds),
      check: wholeNumber(90, 86_400),
    },
    habit('dtmfMode', '押したボタンの伝わり方', ['番号が届かない時に変えます。'], choicesOf(keyWays)),
    {
      key: 'channelCap',
      label: '同時に話せる数（チャネル数）',
      isUnsure: unsureOf('channelCap'),
      help: ['契約の数です。発信と着信の合計で、これより多くはかけません。'],
      initial: (answers) => String(presetOf(answers).habits.channelCap),
      check: wholeNumber(1, 2000),
    },
  ],
};
