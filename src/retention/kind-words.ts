import type { RuleKind } from './rules.js';

/** What each rule is about, for the terminal. */
export const kindWords: Readonly<Record<RuleKind | 'person', string>> = {
  withdrawnPeople: '解約した方の記録',
  checkInDays: '見守り電話の発信と押された番号',
  alertNotes: '知らせに書いた経過',
  callIns: 'かけ直してきた方の番号と伝言',
  consultations: '相談票・ケース・つなぎ',
  hotlineCalls: '相談電話の番号',
  hotlineTasks: 'かけ直しの予定とメモ',
  accessLog: 'だれが見たかの記録',
  mails: '送ったメール',
  testCalls: '試験の電話の番号',
  unassignedCalls: 'どの窓口にも属さない電話の番号',
  person: '本人などの求めによる消去',
};
