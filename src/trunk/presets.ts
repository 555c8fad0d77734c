import type { NumberFormat } from './number-format.js';

export const identityHeaders = ['P-Preferred-Identity', 'P-Asserted-Identity', 'none'] as const;
export const sessionTimerModes = ['yes', 'no', 'required', 'always'] as const;
export const dtmfModes = ['auto', 'rfc4733', 'inband', 'info'] as const;
export const codecs = ['ulaw', 'alaw'] as const;

/** What a carrier wants of everybody; the rest of a trunk is in the customer's contract. */
export interface TrunkHabits {
  /** The number that is called. */
  numberFormat: NumberFormat;
  /** Our own number, in From and in the identity header. */
  callerFormat: NumberFormat;
  identityHeader: (typeof identityHeaders)[number];
  sessionTimers: (typeof sessionTimerModes)[number];
  sessionExpiresSeconds: number;
  dtmfMode: (typeof dtmfModes)[number];
  codecs: (typeof codecs)[number][];
  /** OPTIONS that ask whether the carrier is there; 0: never. */
  qualifySeconds: number;
  channelCap: number;
}

export const presetNames = [
  'hikari-gateway',
  'hikari-ngn',
  'rakuten',
  'brastel',
  'agilephone',
  'registration',
  'address',
] as const;

export type PresetName = (typeof presetNames)[number];

export interface TrunkPreset {
  title: string;
  /** Whether we log in with a user name, or the carrier knows us by our address. */
  knownBy: 'registration' | 'address';
  habits: TrunkHabits;
  /** What nobody has confirmed to us with the carrier: the contract's papers decide. */
  unsure: readonly (keyof TrunkHabits | 'domain')[];
  /** What to know before the first call, in sentences. */
  notes: readonly string[];
}

/** User agents prefer an identity and networks assert one (RFC 3325); nothing else is known of most carriers. */
const plain: TrunkHabits = {
  numberFormat: '0',
  callerFormat: '0',
  identityHeader: 'P-Preferred-Identity',
  sessionTimers: 'yes',
  sessionExpiresSeconds: 1800,
  dtmfMode: 'auto',
  codecs: ['ulaw'],
  qualifySeconds: 0,
  channelCap: 2,
};

/** Asked of the carrier whenever nobody has tried its line with us. */
const untried = ['numberFormat', 'identityHeader', 'sessionTimers', 'dtmfMode', 'channelCap'] as const;

export const presets: Readonly<Record<PresetName, TrunkPreset>> = {
  // A working Asterisk behind such a gateway used in-band keys and ulaw; it presents only numbers that the
  // extension may also receive on. Two lines, six with gateways in a row. Header and timers: not confirmed.
  'hikari-gateway': {
    title: 'ひかり電話オフィス／オフィスA（ゲートウェイの内線として）',
    knownBy: 'registration',
    habits: { ...plain, dtmfMode: 'inband' },
    unsure: ['identityHeader', 'sessionTimers'],
    notes: [
      'ホスト名には、ゲートウェイ（ひかり電話対応機器）の LAN 側のアドレスを書きます。',
      '見せられる番号は、その内線で受けられる番号だけです。ゲートウェイの「発信者番号」と「着信番号」の設定をそろえてください。',
    ],
  },
  // Straight into the NGN, with the data that the line's DHCP gives. The dialled number stands in the To header
  // (the dialplan reads it). Up to 300 channels. From the interface papers, and not tried: 300 s of session timer.
  'hikari-ngn': {
    title: 'ひかり電話オフィスA（NGN に直結）',
    knownBy: 'address',
    habits: { ...plain, sessionTimers: 'always', sessionExpiresSeconds: 300, dtmfMode: 'inband' },
    unsure: [
      'numberFormat',
      'identityHeader',
      'sessionTimers',
      'sessionExpiresSeconds',
      'dtmfMode',
      'domain',
    ],
    notes: [
      'ホスト名には、回線の DHCP（オプション 120）が知らせる SIP サーバーを書きます。',
      'ドメインは契約の東西で違います（ntt-east.ne.jp か ntt-west.ne.jp）。',
    ],
  },
  // One registration an account, user 81…, 3600 s, renewed at half time, at most one REGISTER a second; callers
  // are told as 81… or 0…. How keys and timers are done in its papers: not confirmed.
  rakuten: {
    title: '楽天コミュニケーションズ',
    knownBy: 'registration',
    habits: { ...plain, callerFormat: '81' },
    unsure: untried,
    notes: ['利用者名は、81 で始まる番号です（0471234567 なら 81471234567）。'],
  },
  // Several devices may register one account: each of them rings.
  brastel: {
    title: 'ブラステル（050 Free、Basix など）',
    knownBy: 'registration',
    habits: plain,
    unsure: untried,
    notes: ['同じ利用者名を、ほかの電話機でも登録していると、着信はそちらでも鳴ります。'],
  },
  // Number and password; a note of 2009 is all that is known.
  agilephone: {
    title: 'アジルフォン',
    knownBy: 'registration',
    habits: plain,
    unsure: untried,
    notes: ['利用者名は、契約の電話番号です。'],
  },
  registration: {
    title: 'そのほか（利用者名とパスワードで登録する回線）',
    knownBy: 'registration',
    habits: plain,
    unsure: untried,
    notes: [],
  },
  // Between networks an identity is asserted.
  address: {
    title: 'そのほか（IP アドレスで認証する回線、IP トランク）',
    knownBy: 'address',
    habits: { ...plain, identityHeader: 'P-Asserted-Identity' },
    unsure: untried,
    notes: ['こちらの固定 IP アドレスを、事業者に届けておきます。'],
  },
};

/** A trunk file with a preset in it, and what the preset says wherever the file says nothing. */
export function withPreset(given: unknown): unknown {
  if (typeof given !== 'object' || given === null || !('preset' in given)) return given;
  const preset = presetNames.find((name) => name === given.preset);
  return preset === undefined ? given : { ...presets[preset].habits, ...given };
}
