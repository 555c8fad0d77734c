import { z } from 'zod';

/** A closed list: what is stored → what people read. */
type Labels = Readonly<Record<string, string>>;

export const needsAttributes = {
  lowIncome: '低額所得者',
  disasterVictim: '被災者（発災から3年以内）',
  elderly: '高齢者',
  disabled: '障害者',
  childRaising: '子育て世帯',
  foreigner: '外国人',
  domesticViolence: 'DV被害者',
  abuse: '虐待を受けた方',
  crimeVictim: '犯罪被害者',
  released: '矯正施設退所者',
  needy: '生活困窮者',
  careLeaver: '児童養護施設退所者',
  lgbt: 'LGBT',
  other: 'その他',
} as const satisfies Labels;

export const troubles = {
  rentBurden: '家賃の負担が重い',
  neighbours: '近隣とのトラブル',
  discharge: '退院・退所',
  separation: '同居の解消（離婚・DVなど）',
  disaster: '災害',
  demolition: '建物の取り壊し',
  eviction: '立退きを求められている',
  arrears: '家賃の滞納',
  noGuarantor: '保証人・緊急連絡先がいない',
  refused: '入居を断られた',
  noHome: '住むところがない',
  unsuitable: '今の住まいが体に合わない（階段・広さなど）',
  health: '病気・体の不自由',
  money: 'お金・仕事',
  alone: 'ひとり暮らしの不安・見守り',
  afterDeath: '亡くなった後のこと・残置物',
  other: 'その他',
} as const satisfies Labels;

export const sexes = { female: '女性', male: '男性', other: 'その他', unsaid: '答えない' } as const;
export const channels = { phone: '電話', visit: '来所', mail: 'メール・手紙', outreach: '訪問先' } as const;
export const yesNoUnknown = { yes: 'あり', no: 'なし', unknown: '不明' } as const;

export const homes = {
  owned: '持ち家',
  privateRent: '民間の借家',
  publicRent: '公営・UR',
  companyHousing: '社宅・寮',
  withOthers: '親族・知人宅',
  hospital: '病院・施設',
  shelter: 'シェルター・一時宿泊',
  street: '野宿・ネットカフェなど',
  other: 'その他',
} as const satisfies Labels;

export const layouts = {
  oneRoom: 'ワンルーム・1K',
  oneDk: '1DK・1LDK',
  twoDk: '2DK・2LDK',
  threeDk: '3DK以上',
  any: 'こだわらない',
} as const satisfies Labels;

export const careLevels = {
  none: 'なし',
  applying: '申請中',
  support1: '要支援1',
  support2: '要支援2',
  care1: '要介護1',
  care2: '要介護2',
  care3: '要介護3',
  care4: '要介護4',
  care5: '要介護5',
  unknown: '不明',
} as const satisfies Labels;

export const disabilityBooks = {
  physical: '身体障害者手帳',
  intellectual: '療育手帳',
  mental: '精神障害者保健福祉手帳',
} as const satisfies Labels;

/** To whom something may be told: each is a third party of its own. */
export const audiences = {
  watchStation: '見守りステーション',
  association: '町会・自治会',
  municipality: '市区町村',
  communityCareCenter: '地域包括支援センター',
  socialWelfareCouncil: '社会福祉協議会',
  realEstateAgent: '不動産事業者',
  landlord: '大家',
  guarantor: '家賃債務保証会社',
  family: '家族・親族',
  medical: '医療機関',
  other: 'その他',
} as const satisfies Labels;

/** What may be told. */
export const consentItems = {
  name: '氏名',
  contact: '住所・連絡先',
  household: '世帯の状況',
  wishes: '希望する住まい',
  income: '収入・生活保護',
  health: '病気・介護・障害',
  trouble: '相談の内容',
} as const satisfies Labels;

export const consentForms = { spoken: '口頭', written: '書面', refused: '同意しない' } as const;

export const actionKinds = {
  phone: '電話',
  interview: '面談',
  visit: '訪問',
  accompaniment: '同行',
  letter: 'メール・手紙',
} as const satisfies Labels;

export const supportCategories = {
  preMoveIn: '入居前支援',
  inTenancy: '入居中支援',
  endOfTenancy: '死亡・退去時支援',
  seminar: 'セミナー・説明',
} as const satisfies Labels;

export const destinationKinds = {
  selfReliance: '自立相談支援センター',
  communityCareCenter: '地域包括支援センター（高齢者いきいき安心センター）',
  disabilitySupport: '基幹相談支援センター',
  singleParent: 'ひとり親相談',
  municipality: '市区町村の窓口',
  socialWelfareCouncil: '社会福祉協議会',
  housingSupportCorporation: '居住支援法人',
  realEstateAgent: '不動産事業者',
  rentGuarantee: '家賃債務保証会社',
  medical: '医療機関',
  legal: '法律の相談',
  watchStation: '見守りステーション',
  other: 'その他',
} as const satisfies Labels;

/** Without consent only where life or body is at stake, and then it is said so. */
export const referralConsents = { spoken: '口頭', written: '書面', emergency: '緊急（同意なし）' } as const;
export const referralResults = {
  accepted: '引き受け',
  refused: '断られた',
  noAnswer: '返事なし',
  withdrawn: '取り下げ',
} as const satisfies Labels;
export const personRoles = { principal: '本人', visitor: '来談者', household: '同居の方' } as const;

/** One of a closed list; the refusal names the choices as stored. */
export function oneOf<Choices extends Labels>(choices: Choices) {
  const keys = Object.keys(choices) as [keyof Choices & string, ...(keyof Choices & string)[]];
  return z.enum(keys, { error: `次のどれかにしてください（${keys.join('、')}）。` });
}

const ownChoice = /^own[1-9]\d{0,3}$/;

/** One of a list that tenants lengthen: whether a choice of their own is there is asked with their list. */
export function ownOneOf<Choices extends Labels>(choices: Choices) {
  const error = `次のどれかにしてください（${Object.keys(choices).join('、')}）。`;
  return z.union([oneOf(choices), z.string().regex(ownChoice, error)], { error });
}

/** Some of a list that tenants lengthen, each once. */
export function ownSomeOf<Choices extends Labels>(choices: Choices) {
  return z
    .array(ownOneOf(choices))
    .max(100, '同じものが重なっています。')
    .transform((chosen) => [...new Set(chosen)]);
}

/** Some of a closed list, each once. */
export function someOf<Choices extends Labels>(choices: Choices) {
  return z
    .array(oneOf(choices))
    .max(Object.keys(choices).length, '同じものが重なっています。')
    .transform((chosen) => [...new Set(chosen)]);
}

/** All closed lists for forms: list → choices with their labels. */
export const allChoices = {
  needsAttributes,
  troubles,
  sexes,
  channels,
  yesNoUnknown,
  homes,
  layouts,
  careLevels,
  disabilityBooks,
  audiences,
  consentItems,
  consentForms,
  actionKinds,
  supportCategories,
  destinationKinds,
  referralConsents,
  referralResults,
  personRoles,
} as const;
