/** What a mail says. */
export interface Letter {
  subject: string;
  body: string;
}

const closing = '\n\n――\n見守り電話「げんきです」\nこのメールは自動で送られています。返信はできません。\n';

/** Names and addresses come from people: no line of a mail may be made of them alone. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 100);
}

export function invitationLetter(name: string, organization: string, link: string, days: number): Letter {
  return {
    subject: '【げんきです】利用登録のご案内',
    body:
      `${oneLine(name)} 様\n\n${oneLine(organization)}から、見守り電話「げんきです」の管理画面にご招待します。\n` +
      `次のリンクを開いて、パスワードを決めてください（${days}日間、1回だけ使えます）。\n\n${link}\n\n` +
      `お心当たりがないときは、このメールを捨ててください。${closing}`,
  };
}

export function passwordResetLetter(name: string, link: string, minutes: number): Letter {
  return {
    subject: '【げんきです】パスワードの再設定',
    body:
      `${oneLine(name)} 様\n\nパスワードの再設定が申し込まれました。\n` +
      `次のリンクを開いて、新しいパスワードを決めてください（${minutes}分間、1回だけ使えます）。\n\n${link}\n\n` +
      `申し込んでいないときは、何もする必要はありません。パスワードはそのままです。${closing}`,
  };
}

export function lockedLetter(name: string): Letter {
  return {
    subject: '【げんきです】ログインの失敗が続いています',
    body:
      `${oneLine(name)} 様\n\nあなたのメールアドレスで、ログインの失敗が続きました。\n` +
      'しばらくのあいだ、ログインを受け付けません（長くても15分です）。\n\n' +
      'ご自身のときは、少し待ってからもう一度お試しください。パスワードを忘れたときは、ログイン画面から再設定できます。\n' +
      `お心当たりがないときは、だれかが試しているおそれがあります。管理者に知らせてください。${closing}`,
  };
}

export function passwordChangedLetter(name: string): Letter {
  return {
    subject: '【げんきです】パスワードが変わりました',
    body:
      `${oneLine(name)} 様\n\nあなたのパスワードが変わり、開いていた画面はすべてログアウトしました。\n` +
      `お心当たりがないときは、すぐに管理者に知らせてください。${closing}`,
  };
}
