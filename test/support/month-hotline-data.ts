import type { CardDraft } from '../../src/consultations/card-fields.js';
import type { Action, Destination } from '../../src/consultations/support-fields.js';
import type { CallResult } from '../../src/hotline/hotline-call.js';

export const counsellorNames = ['相談 一郎', '相談 二葉', '相談 三重', '相談 四季'];

/** How calls end, again and again in this order. */
export const pastResults: readonly CallResult[] = [
  ...(['answered', 'answered', 'answered', 'callBack', 'answered', 'answered', 'abandoned'] as const),
  ...(['answered', 'answered', 'message', 'answered'] as const),
];

export const destinations: readonly Destination[] = [
  { name: '松戸市自立相談支援センター', kind: 'selfReliance', phone: '0473661101', note: '平日9時から17時' },
  { name: '常盤平高齢者いきいき安心センター', kind: 'communityCareCenter', phone: '0473901133', note: '' },
  {
    ...{ name: 'まつど住まい不動産', kind: 'realEstateAgent' as const, phone: '0473905566' },
    note: '高齢の方の入居に慣れている。担当は水曜休み。',
  },
  { name: '松戸市社会福祉協議会', kind: 'socialWelfareCouncil', phone: '0473685522', note: '' },
  { name: '法テラス松戸', kind: 'legal', phone: '0503380001', note: '収入の条件あり' },
];

const principal = (name: string, kana: string, rest: CardDraft['principal'] = {}) => ({
  principal: { name, kana, ...rest },
});

const people = [
  ['村田 和夫', 'むらた かずお'],
  ['竹内 しづ', 'たけうち しづ'],
  ['三浦 正', 'みうら ただし'],
  ['原田 ひさ', 'はらだ ひさ'],
  ['柴田 勇', 'しばた いさむ'],
  ['酒井 とめ', 'さかい とめ'],
  ['宮本 実', 'みやもと みのる'],
  ['内田 よし', 'うちだ よし'],
] as const;

/** Finished ones, newest first. */
export const monthCards: readonly { daysAgo: number; draft: CardDraft }[] = [
  {
    daysAgo: 1,
    draft: {
      ...principal('小川 タケ', 'おがわ たけ', { phones: ['0473902211'], sex: 'female' }),
      ...{ triage: 'standard', mainTrouble: 'alone', needsAttributes: ['elderly'] },
      freeText: 'ひとり暮らしで、夜に倒れたらと思うと不安。見守りの電話を知りたい。',
      ...{ answerGiven: '見守り電話の案内をした。', wishesCheckIn: true },
    },
  },
  {
    daysAgo: 2,
    draft: {
      ...principal('青木 亮', 'あおき りょう', { phones: ['09055550119'], sex: 'male' }),
      ...{ triage: 'urgent', mainTrouble: 'arrears', needsAttributes: ['needy'] },
      freeText: '失業して家賃を2か月ためた。月末までに払えないと出てほしいと言われている。',
      answerGiven: '自立相談支援センターの住居確保給付金を案内した。',
    },
  },
  {
    daysAgo: 5,
    draft: {
      ...principal('岡田 ミツ', 'おかだ みつ', { phones: ['0473903344'], sex: 'female' }),
      ...{ triage: 'standard', mainTrouble: 'unsuitable', needsAttributes: ['elderly', 'disabled'] },
      freeText: '3階までの階段がつらい。1階かエレベーターのある部屋に移りたい。',
    },
  },
  {
    daysAgo: 9,
    draft: {
      ...principal('', '', {}),
      ...{ triage: 'information', freeText: '受付の時間と、費用がかかるかどうかの質問。' },
      answerGiven: '9時から17時、相談は無料と伝えた。',
    },
  },
  ...[16, 33, 48, 70, 95, 120, 150, 180].map((daysAgo, index) => ({
    daysAgo,
    draft: {
      ...principal(people[index]?.[0] ?? '', people[index]?.[1] ?? '', { phones: [`04739077${10 + index}`] }),
      ...{ triage: 'standard' as const, mainTrouble: 'refused' as const },
      freeText: '高齢を理由に、部屋を借りるのを断られた。',
    },
  })),
];

/** The one that is open while the caller talks. */
export const mainCard: CardDraft = {
  ...principal('渡辺 美代子', 'わたなべ みよこ', {
    ...{ sex: 'female', birthDate: '1944-05-20', phones: ['0473901105'] },
    ...{ postalCode: '270-2261', address: '松戸市常盤平3丁目' },
  }),
  visitor: { name: '渡辺 恵', kana: 'わたなべ めぐみ', phones: ['09055550142'], relationship: '長女' },
  ...{ callerNumber: '0473901105', triage: 'urgent', mainTrouble: 'eviction', otherTroubles: ['refused'] },
  needsAttributes: ['elderly', 'lowIncome'],
  freeText:
    '建物の取り壊しで、来年1月末までに出てほしいと大家さんに言われた。不動産屋を3軒まわったが、年齢を聞かれて断られた。',
  answerGiven: '住まい探しを一緒にすること、見守りの電話が大家さんの安心になることを伝えた。',
  nextStep: '不動産事業者に連絡し、金曜までに候補を電話で伝える。',
  wishes: { area: '常盤平・五香', rentLimitYen: 45_000, layouts: ['oneDk'], floor: '1階', householdSize: 1 },
  situation: { home: 'privateRent', rentYen: 48_000, leaveBy: '2027-01-31', pension: '月11万円ほど' },
  wishesCheckIn: true,
  consents: [{ to: 'realEstateAgent', what: ['name', 'contact', 'wishes'], form: 'spoken' }],
};

export const supportNotes: readonly (Pick<Action, 'kind' | 'minutes' | 'note'> & { daysAgo: number })[] = [
  {
    daysAgo: 10,
    kind: 'interview',
    minutes: 50,
    note: '来所。契約書を見せていただき、期限と敷金を確かめた。',
  },
  { daysAgo: 6, kind: 'accompaniment', minutes: 90, note: '不動産事業者へ同行。2件を内見。' },
  { daysAgo: 3, kind: 'phone', minutes: 10, note: '大家さんに見守り電話の説明をした。前向きな返事。' },
];
