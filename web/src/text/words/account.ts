import type { Words } from '../words';

/** Words of one's own account. */
export const accountWords = {
  'account.title': ['自分のアカウント', 'My account'],
  'account.now': [
    'パスワード、2つめの確認、ログイン中の機器を、ここで確かめられます。覚えのない機器があれば、すぐに終わらせてください。',
    'Your password, your second factor, and where you are logged in. End at once what you do not know.',
  ],
  'account.password': ['パスワード', 'Password'],
  'account.oldPassword': ['いまのパスワード', 'Present password'],
  'account.changePassword': ['パスワードを変える', 'Change the password'],
  'account.passwordChanged': [
    'パスワードを変えました。ほかの機器はログアウトしました。',
    'Your password is changed. All other devices are logged out.',
  ],
  'account.factor': ['2つめの確認（認証アプリ）', 'Second factor'],
  'account.hasTotp': ['認証アプリを使っています。', 'You use an authenticator app.'],
  'account.noTotp': [
    '認証アプリを使うと、パスワードが知られても入られません。',
    'With an authenticator app nobody comes in with your password alone.',
  ],
  'account.passwordFirst': ['確認のため、いまのパスワード', 'Your present password, to make sure'],
  'account.totpBegin': ['認証アプリを用意する', 'Set it up'],
  'account.totpAnew': ['認証アプリを入れ替える', 'Set it up anew'],
  'account.totpRemove': ['認証アプリを外す', 'Take it away'],
  'account.totpRemoved': [
    '認証アプリを外しました。もう一度ログインしてください。',
    'Taken away. Log in again.',
  ],
  'account.newCodes': ['回復コードを作り直す', 'New recovery codes'],
  'account.sessions': ['ログイン中の機器', 'Where you are logged in'],
  'account.sessionsHint': [
    '終わらせた機器は、もう一度ログインするまで使えません。',
    'An ended device must log in again.',
  ],
  'account.someDevice': ['種類のわからない機器', 'An unknown device'],
  'account.seen': ['最後に使った時刻: {when}', 'Last used: {when}'],
  'account.thisOne': ['この機器', 'This one'],
  'account.end': ['終わらせる', 'End'],
  'account.endOthers': ['この機器のほかを、すべて終わらせる', 'End all others'],
  'account.sessionEnded': ['ログアウトさせました。', 'Logged out.'],
  'account.othersEnded': ['{count}台をログアウトさせました。', '{count} logged out.'],
} as const satisfies Words;
