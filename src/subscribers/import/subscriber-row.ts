import type { PolicyPreset } from '../../checkins/call-policy.js';
import type { SpeechRate } from '../../prompts/sound-files.js';

/** How a phone sends keys: push tones, pulses until ＊ is pressed, or never tones (a rotary phone). */
export type ToneProfile = 'tone' | 'pulse' | 'noTone';

export interface SubscriberPhone {
  /** Domestic digits, dialable. */
  number: string;
  toneProfile: ToneProfile;
}

/** When we call; `days` are ISO weekdays, 1 Monday to 7 Sunday, ascending; `time` is local `HH:mm`. */
export type CallPlan = { kind: 'weekly'; days: number[]; time: string } | { kind: 'daily'; time: string };

/** What the import knows and compares of one subscriber. */
export interface ImportedSubscriber {
  memberNumber: string;
  name: string;
  /** Hiragana. */
  kana?: string;
  /** `YYYY-MM-DD`, as the two dates after it. */
  birthDate?: string;
  enrolledOn: string;
  withdrawnOn?: string;
  /** Empty when there are none. */
  notes: string;
  promptLanguage: 'ja';
  speechRate: SpeechRate;
  ringSeconds: number;
  /** In the order of calling, one to three. */
  phones: SubscriberPhone[];
  plan: CallPlan;
  policyPreset: PolicyPreset;
}

/** One good row of the file. */
export interface SubscriberRow extends ImportedSubscriber {
  line: number;
  /** Columns of the file that this row leaves empty; defaults stand in for them. */
  blank: ColumnField[];
}

export type ColumnField =
  | 'memberNumber'
  | 'name'
  | 'kana'
  | 'birthDate'
  | PhoneField
  | ToneField
  | 'enrolledOn'
  | 'withdrawnOn'
  | 'days'
  | 'time'
  | 'policyPreset'
  | 'speechRate'
  | 'ringSeconds'
  | 'notes';

export type PhoneField = 'phone1' | 'phone2' | 'phone3';
export type ToneField = 'toneProfile1' | 'toneProfile2' | 'toneProfile3';

/** Each number's column, with the column that says how that phone sends keys. */
export const PHONE_COLUMNS: readonly (readonly [PhoneField, ToneField])[] = [
  ['phone1', 'toneProfile1'],
  ['phone2', 'toneProfile2'],
  ['phone3', 'toneProfile3'],
];
