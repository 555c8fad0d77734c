import { DateTime } from 'luxon';
import { alertReasons, type AlertReason } from '../checkins/retry-policy.js';
import { initialsOf } from '../wallboard/initials.js';
import type { CloseReason } from './alert-work.js';

/** What a mail about an alert may tell. Mail is not encrypted: no name, no number, no address stands in it. */
export interface AlertLetterFacts {
  alertId: number;
  reason: string;
  memberNumber: string;
  kana: string;
  stationName: string;
  timeZone: string;
  openedAt: Date;
  closedAt: Date | undefined;
  closeReason: CloseReason | undefined;
  baseUrl: string;
}

const reasons: Readonly<Record<AlertReason, string>> = {
  unwell: '「少し心配」と答えました',
  contactRequested: '「電話がほしい」と答えました',
  noResponse: '電話に応答がありません',
  hungUpEarly: '途中で電話が切れました',
  numberInvalid: '電話番号が使われていません',
  weCouldNotCall: 'こちらから電話をかけられませんでした',
};

const ends: Readonly<Record<CloseReason, string>> = {
  reachedWell: '連絡がつき、お元気でした',
  reachedCaredFor: '連絡がつき、対応しました',
  visited: '訪問して会いました',
  falseAlarm: 'まちがいの知らせでした',
  other: '対応が終わりました',
};

const notFor119 =
  '急病や火災のときは、ためらわずに119番へ電話してください。このメールは119番の代わりになりません。';

/** The mail that says that somebody must be seen to. */
export function openedLetter(facts: AlertLetterFacts): { subject: string; body: string } {
  const known = alertReasons.find((reason) => reason === facts.reason);
  return {
    subject: `【げんきです】連絡が必要な方がいます（${facts.stationName}）`,
    body: [
      `${who(facts)}に、連絡が必要です。`,
      `理由: ${known ? reasons[known] : '確認が必要です'}`,
      `時刻: ${moment(facts.openedAt, facts.timeZone)}`,
      '',
      '担当する方は、次の画面で「担当する」を押してください。ほかの方にも分かります。',
      link(facts),
      '',
      notFor119,
      ...foot(facts),
    ].join('\n'),
  };
}

/** The mail to the same people when it is over. */
export function closedLetter(facts: AlertLetterFacts): { subject: string; body: string } {
  const { closedAt, closeReason = 'other' } = facts;
  return {
    subject: `【げんきです】対応が終わりました（${facts.stationName}）`,
    body: [
      `先ほどお知らせした${who(facts)}への対応が終わりました。`,
      `結果: ${ends[closeReason]}`,
      ...(closedAt ? [`時刻: ${moment(closedAt, facts.timeZone)}`] : []),
      '',
      'この件で、あらためてしていただくことはありません。',
      link(facts),
      ...foot(facts),
    ].join('\n'),
  };
}

function who({ kana, memberNumber }: AlertLetterFacts): string {
  const initials = initialsOf(kana, '');
  return initials === '' ? `会員番号${memberNumber}の方` : `${initials}さん（会員番号${memberNumber}）`;
}

function moment(at: Date, zone: string): string {
  return DateTime.fromJSDate(at, { zone }).setLocale('ja').toFormat('M月d日(ccc) H:mm');
}

function link({ baseUrl, alertId }: AlertLetterFacts): string {
  return `${baseUrl}/alerts/${alertId}`;
}

function foot({ stationName }: AlertLetterFacts): string[] {
  return [
    '',
    '--',
    `見守り電話「げんきです」 ${stationName}`,
    'このメールを止めたいときは、管理者に頼んでください。',
  ];
}
