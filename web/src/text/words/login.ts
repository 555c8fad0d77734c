import type { Words } from '../words';

/** Words of coming in. */
export const loginWords = {
  'login.title': ['ログイン', 'Log in'],
  'login.mail': ['メールアドレス', 'Mail address'],
  'login.password': ['パスワード', 'Password'],
  'login.enter': ['ログインする', 'Log in'],
  'login.ended': [
    'ログインの期限が切れたか、別の場所で終了しました。もう一度ログインしてください。',
    'Your login has run out, or was ended elsewhere. Please log in again.',
  ],
  'login.forgot': ['パスワードを忘れたとき', 'I forgot my password'],
  'code.title': ['確認コード', 'Code'],
  'code.hint': [
    '認証アプリに出ている6けたの数字を入れてください。アプリが使えないときは、控えの回復コードを入れます。',
    'Enter the six digits that your authenticator app shows, or one of your recovery codes.',
  ],
  'code.code': ['コード', 'Code'],
  'code.enter': ['確かめる', 'Confirm'],
  'setup.title': ['2つめの確認を用意する', 'Set up the second factor'],
  'setup.hint': [
    '認証アプリで、この二次元コードを読み取り、出てきた6けたの数字を入れてください。',
    'Scan this code with an authenticator app, then enter the six digits that it shows.',
  ],
  'setup.secret': ['読み取れないときは、この文字を入れます。', 'If it cannot be scanned, type this.'],
  'setup.codes': [
    '回復コードです。印刷して、しまってください。二度と表示しません。',
    'Your recovery codes. Print them and keep them safe; they are not shown again.',
  ],
  'setup.done': ['控えました', 'I have kept them'],
  'password.title': ['パスワードを決める', 'Choose a password'],
  'password.for': ['{name} さん（{mail}）', '{name} ({mail})'],
  'password.new': ['新しいパスワード', 'New password'],
  'password.rule': [
    '10文字以上。長い文が、いちばん安全で覚えやすいです。',
    'At least 10 characters. A long phrase is safest and easiest to remember.',
  ],
  'password.save': ['このパスワードにする', 'Use this password'],
  'password.saved': ['パスワードを決めました。', 'Your password is set.'],
  'reset.title': ['パスワードを忘れたとき', 'A new password'],
  'reset.hint': [
    '登録したメールアドレスを入れてください。新しいパスワードを決めるためのメールを送ります。',
    'Enter your mail address. We send you a link to choose a new password.',
  ],
  'reset.send': ['メールを送る', 'Send the mail'],
  'reset.sent': [
    '登録があれば、メールを送りました。数分待っても届かないときは、管理者に相談してください。',
    'If there is such an account, a mail is on its way. If none comes within minutes, ask your administrator.',
  ],
  'reset.back': ['ログインへ戻る', 'Back to the login'],
} as const satisfies Words;
