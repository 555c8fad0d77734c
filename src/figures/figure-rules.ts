import type { RuleTexts } from '../consultations/counting-rules.js';

/** How each figure is counted, in the words that stand below it. */
export interface FigureRules {
  subscribers: string;
  active: string;
  introduced: string;
  withdrawals: string;
  due: string;
  calls: string;
  answeredShare: string;
  alerts: string;
  medianMinutesToClose: string;
  consultations: string;
  corrections: string;
}

/** @param own the tenant's own rules of counting consultations; undefined when several tenants are put together */
export function figureRules(own: RuleTexts | undefined): FigureRules {
  return {
    subscribers: '加入者数（累積）は、その月の終わりまでに加入した人の数です。その後に解約した人も含みます。',
    active:
      '稼働数は、その月の終わりに加入していて（解約していない）、その月に一日でも発信の予定がある人の数です。お休み中の人も含みます。',
    introduced:
      '導入数は、その月の終わりまでに、はじめての安否確認が予定された団体の数です。運営の団体は種類別に入りません。',
    withdrawals: '解約数は、その月に解約日のある人の数です。戻られた人は、解約に数えません。',
    due: '安否確認の予定は、その月の日に予定された数です。お休み・解約などで取り消したものは数えません。',
    calls:
      '発信回数は、その月の安否確認のためにかけた電話の回数です。次の日のかけ直しも、もとの月に入ります。',
    answeredShare:
      '応答の割合は、終わった安否確認のうち、本人がボタンで答えたか、人が確かめたものの割合です。まだ終わっていないものは入れません。電話がつながっただけでは、応答になりません。',
    alerts: 'お知らせは、その月に、加入者のことで出たお知らせの数です。',
    medianMinutesToClose:
      '対応までの時間（中央値）は、その月に出たお知らせのうち、対応が終わったものの、出てから終わるまでの分の真ん中の値です。',
    consultations: own
      ? [own.contactCount, own.personCount, own.handledCount, own.leaseCount].join('')
      : '相談件数・対応件数・成約件数は、団体ごとの数え方で数え、合計したものです。数え方は、団体を選ぶと出ます。実人数は、団体をまたぐ同じ人を別に数えます。',
    corrections:
      '年度は4月から翌年3月です。今月はきょうまでの数です。過ぎた月の安否確認とお知らせは、毎晩数え直します（3か月より前の月は、順番に数え直します）。',
  };
}
