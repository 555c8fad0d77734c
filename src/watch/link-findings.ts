import { bad, coded, good, warning, type Finding } from '../doctor/findings.js';
import type { Health } from '../http/health.js';
import type { HeartbeatStanding } from './heartbeat-rule.js';

/** What each link is for, and who can mend it. */
const links = {
  ari: {
    what: '電話をかけるためのつながり（ARI）',
    mend: 'Asterisk が動いているか見てください（手引き「交換機が止まった」）。相談の電話は、交換機が動いていればつながります。',
  },
  ami: {
    what: '交換機とのつながり（AMI）',
    mend: 'Asterisk が動いているか、AMI_USER と AMI_PASSWORD が manager.conf と同じか見てください。',
  },
  queues: {
    what: '待っている人の画面',
    mend: '交換機とのつながりが戻ると、ひとりでに戻ります。交換機が動いていれば、相談の電話はつながり続けています。',
  },
  trunk: {
    what: '電話回線',
    mend: '通信事業者の障害情報、ネットワーク、回線の契約を確かめてください（手引き「回線が切れた」）。',
  },
  registration: {
    what: '通信事業者への登録',
    mend: '回線の利用者名とパスワードを確かめてください。',
  },
} as const;

/** The links of the running service; what another check tells better is left to it. */
export function judgeLinks({ links: told, mail }: Health): Finding[] {
  const findings = (Object.keys(links) as (keyof typeof links)[]).flatMap((name): Finding[] => {
    const link = told[name];
    if (!link) return [];
    const { what, mend } = links[name];
    const code = `link.${name}`;
    if (link.ok) return [coded(code, good(what, 'つながっています'))];
    if (name === 'ari' && !told.lease.ok) return [coded(code, good(what, '担当になるまで、つなぎません'))];
    // The exchange alone knows its line: while it is away, nobody can tell.
    if (name === 'trunk' && !told.ami.ok)
      return [coded(code, warning(what, 'わかりません（交換機とつながっていません）', links.ami.mend))];
    return [coded(code, bad(what, '切れています', mend))];
  });
  return [...findings, judgeOwnership(told.lease), judgeResults(told.results.waiting), judgeMail(mail)];
}

function judgeOwnership({ ok, said }: { ok: boolean; said?: string }): Finding {
  const what = '担当';
  const mend =
    'もう一つのサービスが動いています。それが本番ならこのままで構いません。止まると、15秒以内にこちらが引き継ぎます。';
  return coded(
    'link.lease',
    ok
      ? good(what, 'このサービスが電話をかけます')
      : warning(what, said ?? '電話をかける番ではありません', mend),
  );
}

function judgeResults(waiting: number): Finding {
  const what = '電話の結果の書き込み';
  if (waiting === 0) return coded('results', good(what, '待ちはありません'));
  return coded(
    'results',
    warning(
      what,
      `${waiting} 件の結果が、データベースを待っています`,
      'サービスを止めないでください。データベースが書けるようになると、ひとりでに書き込まれます。',
    ),
  );
}

function judgeMail({ configured, failing, waiting = 0 }: Health['mail']): Finding {
  const what = 'メール';
  if (!configured) {
    if (waiting === 0) return coded('mail', good(what, '送り先のサーバーは設定していません'));
    const mend = 'SMTP_HOST と MAIL_FROM を設定してください。';
    return coded('mail', warning(what, `サーバーの設定がなく、${waiting} 通が待っています`, mend));
  }
  if (!failing)
    return coded('mail', good(what, waiting === 0 ? '待ちはありません' : `${waiting} 通を送っています`));
  const mend =
    'SMTP_* の設定と、メールサーバーの様子を確かめてください。電話は続きます。見守りの画面で、知らせを直接見てください。';
  const said =
    failing.kind === 'down'
      ? `サーバーが受け取りません（${waiting} 通が待っています）`
      : '断られたメールがあります';
  return coded('mail', failing.kind === 'down' ? bad(what, said, mend) : warning(what, said, mend));
}

const holdNames: Readonly<Record<string, string>> = {
  restored: '控えから戻したあとの確認待ち',
  clockSkew: '時計が合っていない',
  operator: '運営が止めた',
};

/** @param reasons of the holds that are open */
export function judgeHolds(reasons: readonly string[]): Finding {
  const what = '見守りの電話';
  if (reasons.length === 0) return coded('hold', good(what, '止めていません'));
  const said = `止めています（${reasons.map((reason) => holdNames[reason] ?? reason).join('、')}）`;
  const mend = '止めた理由を確かめ、運営が再開してください。知らせと相談の電話は続いています。';
  return coded('hold', warning(what, said, mend));
}

export function judgeHeartbeat(standing: HeartbeatStanding | undefined): Finding {
  const what = '外への生存の知らせ';
  const code = 'heartbeat';
  if (!standing) return coded(code, good(what, '設定していません（HEARTBEAT_URL）'));
  const { state, said = '' } = standing;
  switch (state) {
    case 'sent':
      return coded(code, good(what, '1分ごとに届いています'));
    case 'waiting':
      return coded(code, good(what, 'まもなく送ります'));
    case 'withheld':
      return coded(
        code,
        warning(
          what,
          `仕事ができていないため、送っていません（${said}）`,
          'ほかの「異常」を直すと、また送ります。',
        ),
      );
    case 'unheard':
      return coded(
        code,
        warning(
          what,
          `届きません（${said}）`,
          'HEARTBEAT_URL の先と、この機械からインターネットへの道を確かめてください。',
        ),
      );
  }
}
