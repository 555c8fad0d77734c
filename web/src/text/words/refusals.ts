import type { Words } from '../words';

/** What cannot be done, and what to do then: refusals that several parts give, or that only a forged page meets. */
export const refusalWords = {
  'error.takenByAnother': [
    'ほかの人が担当しています。代わるときは、その人に声をかけてから引き受けてください。',
    'Somebody else has taken this. Ask them before you take it over.',
  ],
  'error.exchangeNotOurs': [
    '電話の装置につながりません。少し待って、もう一度試してください。急ぐときは、お手元の電話から直接かけてください。',
    'The exchange cannot be reached. Wait a moment and try again; if it is urgent, phone from your own telephone.',
  ],
  'error.beingCalled': [
    'いま、この方に見守りの電話をかけているところです。終わってから、もう一度試してください。',
    'A check-in call to them goes on. Try again when it is over.',
  ],
  'error.savedMeanwhile': [
    'ほかの人が先に保存しました。相手の内容を見てから、もう一度保存してください。',
    'Somebody else saved first. Look at their version, then save again.',
  ],
  'error.badParameter': ['入力に使えない値があります。', 'Some of this cannot be used.'],
  'error.noSuchRule': [
    'この決まりは見つかりません。画面を読み込み直してください。',
    'There is no such rule. Load the page again.',
  ],
  'error.badField': ['入力に使えない値があります。', 'Some of this cannot be used.'],
  'error.badJson': [
    '送った内容を読み取れませんでした。画面を読み込み直して、もう一度試してください。',
    'What was sent cannot be read. Load the page again and try once more.',
  ],
  'error.badReason': [
    '見る理由を読み取れませんでした。200文字までで、書き直してください。',
    'The reason cannot be read. Write it again, in 200 characters or less.',
  ],
  'error.reasonNeeded': [
    'この記録を見るには、理由が要ります。理由を書いてから、もう一度試してください。',
    'A reason is needed to see this record. Write one and try again.',
  ],
  'error.slowDown': [
    '続けて試しすぎました。1分ほど待って、もう一度試してください。',
    'Too many tries. Wait a minute and try again.',
  ],
  'error.busy': [
    'いま、たくさんの人がログインしています。少し待って、もう一度試してください。',
    'Many people log in just now. Wait a moment and try again.',
  ],
  'error.totpNeeded': [
    '確認コードがまだです。ログインの続きから、コードを入れてください。',
    'The code of the second factor comes first. Go on with the login.',
  ],
  'error.totpSetupNeeded': ['先に、2つめの確認を用意してください。', 'Set up the second factor first.'],
  'error.noTotp': [
    '2つめの確認は、まだ用意されていません。先に用意してください。',
    'There is no second factor yet. Set it up first.',
  ],
  'error.noCodeAsked': [
    'ログインが途中で切れました。はじめからログインし直してください。',
    'The login was interrupted. Log in again from the start.',
  ],
  'error.foreignPage': [
    'この画面からは送れません。画面を読み込み直すか、いつもの住所（URL）から開き直してください。',
    'This page may not send that. Load it again, or open it at its usual address.',
  ],
  'error.outsideCallingHours': [
    '電話をかける時間の外です。かけてよいことを確かめてから、かけてください。',
    'It is outside the calling hours. Call only when you are sure that you may.',
  ],
  'error.notTheirLine': [
    'この窓口の担当になっていません。責任者に、担当に加えてもらってください。',
    'You do not serve this line. Ask the supervisor to add you to it.',
  ],
  'error.otherOrganization': [
    'ほかの団体のものなので、できません。',
    'This belongs to another organization.',
  ],
  'error.unreadable': [
    'この録音は読み取れません。管理者に知らせてください。',
    'This recording cannot be read. Tell your administrator.',
  ],
  'error.noTokenConfigured': [
    '機械のための合い言葉が設定されていません。運営に頼んでください。',
    'No token for machines is set. Ask the operator.',
  ],
  'error.noPages': [
    '画面が用意されていません。運営に知らせてください。',
    'The pages are not installed. Tell the operator.',
  ],
  'error.notFound': [
    'ここには何もありません。メニューから選び直してください。',
    'There is nothing here. Choose again from the menu.',
  ],
  'error.noSuchOrganization': [
    'この団体は見つかりません。一覧を読み込み直してください。',
    'There is no such organization. Load the list again.',
  ],
  'error.noSuchUser': [
    'この利用者は見つかりません。一覧を読み込み直してください。',
    'There is no such user. Load the list again.',
  ],
  'error.noSuchSession': ['このログインは、もう終わっています。', 'This session has ended already.'],
  'error.noSuchContact': [
    'この連絡先は、もうありません。一覧を読み込み直してください。',
    'This contact is gone. Load the list again.',
  ],
  'error.noSuchCheckin': [
    'この見守りの記録は見つかりません。一覧を読み込み直してください。',
    'There is no such check-in. Load the list again.',
  ],
  'error.noSuchPause': [
    'このお休みは、もうありません。画面を読み込み直してください。',
    'This pause is gone. Load the page again.',
  ],
  'error.noSuchNumber': [
    'この番号は、もう登録されていません。画面を読み込み直してください。',
    'This number is no longer registered. Load the page again.',
  ],
  'error.noSuchImport': [
    'この取り込みは、もう終わっています。はじめから取り込み直してください。',
    'This import is over. Begin again with the file.',
  ],
  'error.noSuchLine': [
    'この窓口は見つかりません。画面を読み込み直してください。',
    'There is no such line. Load the page again.',
  ],
  'error.noSuchScreen': [
    'このテレビは、もう外されています。一覧を読み込み直してください。',
    'This screen was removed. Load the list again.',
  ],
  'error.noSuchCase': [
    'このケースは見つかりません。一覧から選び直してください。',
    'There is no such case. Choose again from the list.',
  ],
  'error.noSuchPerson': [
    'この方は、このケースにいません。画面を読み込み直してください。',
    'This person is not part of the case. Load the page again.',
  ],
  'error.noSuchReferral': [
    'このつなぎは見つかりません。画面を読み込み直してください。',
    'There is no such referral. Load the page again.',
  ],
  'error.noSuchDestination': [
    'このつなぎ先は、もう一覧にありません。別のつなぎ先を選んでください。',
    'This destination is no longer in the list. Choose another one.',
  ],
  'error.noSuchLease': [
    'この契約は見つかりません。画面を読み込み直してください。',
    'There is no such lease. Load the page again.',
  ],
  'error.noSuchVoice': [
    'この録音は、もうありません。保存の期間が過ぎたか、消されました。',
    'This recording is gone: its time was over, or it was deleted.',
  ],
} as const satisfies Words;
