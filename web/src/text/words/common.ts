import type { Words } from '../words';

/** Words of every page, and of refusals. */
export const commonWords = {
  'app.name': ['げんきです', 'Genkidesu'],
  'app.loading': ['読み込んでいます…', 'Loading…'],
  'app.notFound': ['このページはありません。', 'There is no such page.'],
  'app.toStart': ['はじめの画面へ', 'To the start'],
  'app.notAllowed': [
    'この画面を見る権限がありません。必要なときは、管理者に頼んでください。',
    'You may not see this page. Ask your administrator if you need it.',
  ],
  'app.retry': ['もう一度試す', 'Try again'],
  'app.skip': ['本文へ移動', 'Skip to the content'],
  'app.failed': [
    'この画面に問題が起きました。もう一度読み込んでください。',
    'This page broke. Load it again.',
  ],
  'nav.label': ['メニュー', 'Menu'],
  'nav.open': ['メニューを開く', 'Open the menu'],
  'nav.checkIns': ['見守り', 'Check-ins'],
  'nav.wallboard': ['見守りボード', 'Wallboard'],
  'nav.logout': ['ログアウト', 'Log out'],
  'display.menu': ['表示の設定', 'Display'],
  'display.light': ['明るい画面', 'Light'],
  'display.dark': ['暗い画面', 'Dark'],
  'display.auto': ['機器に合わせる', 'As the device'],
  'display.large': ['大きな文字', 'Large print'],
  'display.language': ['English', '日本語'],
  'role.operator': ['運営', 'Operator'],
  'role.tenantAdmin': ['管理者', 'Administrator'],
  'role.station': ['ステーション', 'Station'],
  'role.counsellor': ['相談員', 'Counsellor'],
  'role.supervisor': ['相談の責任者', 'Supervisor'],
  'role.auditor': ['監査', 'Auditor'],
  'error.network': [
    '接続できません。ネットワークを確かめて、もう一度試してください。',
    'No connection. Check the network and try again.',
  ],
  'error.internal': [
    'できませんでした。少し待って、もう一度試してください。続くときは、管理者に知らせてください。',
    'This could not be done. Wait a moment and try again; if it goes on, tell your administrator.',
  ],
  'error.wrongLogin': [
    'メールアドレスかパスワードが違います。確かめて、もう一度入れてください。',
    'The mail address or the password is wrong. Check both and try again.',
  ],
  'error.wrongCode': [
    'コードが違います。いまアプリに出ている数字を入れてください。',
    'This code is wrong. Enter the one that the app shows now.',
  ],
  'error.locked': [
    'まちがいが続いたため、しばらく入れません。{seconds}秒待って、もう一度試してください。',
    'Too many wrong tries. Wait {seconds} seconds and try again.',
  ],
  'error.noSuchLink': [
    'このリンクは、使い終わったか、期限が切れています。新しいメールを頼んでください。',
    'This link was used or has run out. Ask for a new mail.',
  ],
  'error.password.tooShort': ['短すぎます。10文字以上にしてください。', 'Too short: at least 10 characters.'],
  'error.password.tooLong': ['長すぎます。200文字以内にしてください。', 'Too long: at most 200 characters.'],
  'error.password.tooPlain': [
    '当てられやすいパスワードです。もっと長く、よくある言葉を避けてください。',
    'Too easy to guess. Make it longer, and avoid common words.',
  ],
  'error.password.likeTheMail': [
    'メールアドレスと同じです。別のものにしてください。',
    'This is your mail address. Choose something else.',
  ],
  'error.wrongPassword': ['パスワードが違います。', 'This is not your password.'],
  'error.unauthorized': ['もう一度ログインしてください。', 'Log in again.'],
  'error.notAllowed': [
    '権限がないため、できません。必要なときは、管理者に頼んでください。',
    'You may not do this. Ask your administrator if you need it.',
  ],
  'error.noSuchCode': [
    'この番号を出しているテレビがありません。テレビの番号を、もう一度確かめてください。',
    'No screen shows this code. Look at the screen again; it may have a newer one.',
  ],
  'error.badRequest': ['入力に使えない値があります。', 'Some of this cannot be used.'],
  'unit.people': ['人', ''],
  'unit.items': ['件', ''],
  'error.changedMeanwhile': [
    '保存のあいだに、ほかの人がここを書きかえました。相手の内容を見てから、もう一度保存してください。',
    'Somebody else changed this meanwhile. Look at their version, then save again.',
  ],

  'list.empty': ['ここには、まだ何もありません。', 'There is nothing here yet.'],
  'list.more': ['続きを見る', 'Show more'],
  'list.old': [
    'つながりません。{time} の内容を表示しています。',
    'No connection. This is the state of {time}.',
  ],
  'action.save': ['保存する', 'Save'],
  'action.saved': ['保存しました。', 'Saved.'],
  'action.undo': ['取り消す', 'Undo'],
  'action.undone': ['取り消しました。', 'Undone.'],
  'action.cancel': ['やめる', 'Cancel'],
  'action.close': ['閉じる', 'Close'],
  'action.print': ['印刷する', 'Print'],
  'action.download': ['CSVで保存する', 'Save as CSV'],
  'reason.title': ['見る理由', 'Reason for looking'],
  'reason.hint': [
    'この記録を見るには理由が要ります。理由は、見た人・時刻とともに残ります。',
    'A reason is needed to see this record. It is kept with your name and the time.',
  ],
  'reason.label': ['理由', 'Reason'],
  'reason.go': ['理由を残して見る', 'Give the reason and look'],
} as const satisfies Words;
