import type { Words } from '../words';

/** Words of the time in which no check-in call starts. */
export const holdWords = {
  'hold.title': ['見守りの電話を止めています', 'Check-in calls are held'],
  'hold.forAll': [
    '{when} から、新しい見守りの電話はかかりません。時刻を過ぎた方は、いつもどおりお知らせに出ます。電話相談は動いています。',
    'Since {when} no check-in call starts. Who runs out of time becomes an alert as always. The hotline works.',
  ],
  'hold.reason.restored': ['バックアップから復元しました。', 'The data was restored from a backup.'],
  'hold.reason.clockSkew': ['時計が合っていません。', 'The clocks disagree.'],
  'hold.reason.operator': ['運営が止めました。', 'The operator holds them.'],
  'hold.askOperator': ['再開できるのは運営です。', 'The operator can let them start again.'],
  'hold.look': ['確かめて再開する', 'Check, and go on'],
  'hold.confirmTitle': ['見守りの電話を再開しますか', 'Let check-in calls start again?'],
  'hold.since': [
    'データは {when} のものです。それより後に交換機がかけた電話を調べました。',
    'The data is of {when}. These calls were made by the exchange after it.',
  ],
  'hold.called': [
    '電話済みで、答えが残っていない方: {count}人（うち電話に出た方 {answered}人）',
    'Called already, answer lost: {count} people ({answered} of them picked up)',
  ],
  'hold.nobodyCalled': [
    '電話済みで、答えが残っていない方はいません。',
    'Nobody was called whose answer is lost.',
  ],
  'hold.unknownCalls': [
    'だれへの電話か分からないものが {count}件あります。きょう電話した方に、もう一度かかるかもしれません。',
    'Of {count} calls nobody can say to whom they went. Somebody may be called twice.',
  ],
  'hold.recordShort': [
    '交換機の記録が、その時刻まで残っていません。ほかにも電話済みの方がいるかもしれません。',
    'The exchange’s record does not reach back that far. Others may have been called, too.',
  ],
  'hold.unsettled': [
    'まだ結果を調べている電話が {count}件あります。少し待ってから、もう一度開いてください。',
    'The end of {count} calls is still being looked up. Open this again in a moment.',
  ],
  'hold.choice': ['電話済みの方を、どうしますか', 'What becomes of those who were called?'],
  'hold.choice.alert': [
    '電話せず、担当のステーションに知らせる（おすすめ）',
    'Do not call them; tell their station (recommended)',
  ],
  'hold.choice.callAgain': ['もう一度電話する', 'Call them once more'],
  'hold.clocks': [
    '時計の差を直してから再開してください。直っていないと、再開できません。（{detail}）',
    'Mend the clocks first; until then calls cannot start. ({detail})',
  ],
  'hold.release': ['再開する', 'Start again'],
  'hold.released': [
    '見守りの電話を再開しました。ステーションに知らせた方: {count}人',
    'Check-in calls start again. Told to their station: {count}',
  ],
  'error.noSuchHold': ['もう再開されています。', 'This was released already.'],
  'error.clocksApart': [
    '時計がまだ合っていません。サーバーと交換機とデータベースの時計を合わせてください。',
    'The clocks still disagree. Set those of the server, the exchange and the database.',
  ],
  'error.callsUnsettled': [
    '前の電話の結果をまだ調べています。交換機につながっていることを確かめて、少し待ってください。',
    'Earlier calls are still being looked up. See that the exchange is reached, and wait a moment.',
  ],
  'operator.diallingHeld': ['見守りの電話を止めています', 'Check-in calls are held'],
  'operator.diallingHeld.todo': [
    'ページの上の「確かめて再開する」から、電話済みの方を確かめて再開してください。',
    'Use “Check, and go on” at the top of the page.',
  ],
  'audit.detail.hold.open': ['見守りの電話を止めた', 'Calls held'],
  'audit.detail.hold.release': ['見守りの電話を再開', 'Calls released'],
  'audit.subject.hold': ['一時停止', 'hold'],
  'link.dialling': ['見守りの電話（停止中）', 'Check-in calls (held)'],
} as const satisfies Words;
