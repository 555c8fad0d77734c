/** What the doctor found out about one thing, for the one who runs the service. */
export interface Finding {
  /** A fixed word for what is watched all the time: in the log, the metrics and on the page. */
  code?: string;
  what: string;
  state: 'good' | 'warning' | 'bad';
  /** What was seen. */
  said: string;
  /** What to do about it; empty when all is well. */
  mend: string;
}

const GB = 1024 ** 3;
const MB = 1024 ** 2;
const clockToleranceSeconds = 120;

export const good = (what: string, said: string): Finding => ({ what, state: 'good', said, mend: '' });
export const warning = (what: string, said: string, mend: string): Finding => ({
  what,
  state: 'warning',
  said,
  mend,
});
export const bad = (what: string, said: string, mend: string): Finding => ({
  what,
  state: 'bad',
  said,
  mend,
});

/** Marks a finding as one that is watched. */
export const coded = (code: string, finding: Finding): Finding => ({ ...finding, code });

/** Warns while there is time to make room, and fails before the database cannot be written. */
export function judgeFreeDisk(freeBytes: number, what = 'ディスクの空き'): Finding {
  const said = freeBytes >= GB ? `${(freeBytes / GB).toFixed(1)} GB` : `${Math.floor(freeBytes / MB)} MB`;
  if (freeBytes < 200 * MB)
    return bad(what, said, '今すぐ不要なファイルを消してください。書き込めなくなります。');
  if (freeBytes < GB) return warning(what, said, '1 GB 以上の空きを作ってください。');
  return good(what, said);
}

/** What the database says of its own form, beside what this program knows. */
export interface SchemaFacts {
  /** Changes that this program brings, in their order. */
  known: readonly string[];
  /** Changes that the database has had. */
  done: readonly string[];
  /** Somebody has begun to change it, and has not said that it is done. */
  isLocked: boolean;
}

export function judgeSchema({ known, done, isLocked }: SchemaFacts): Finding {
  const what = 'データベースの形';
  const newer = done.filter((name) => !known.includes(name));
  const pending = known.filter((name) => !done.includes(name));
  if (newer.length > 0)
    return bad(
      what,
      `このプログラムより新しい形です（知らない更新 ${newer.length} 件、最後は ${newer.at(-1) ?? ''}）`,
      '新しい版のプログラムに戻してください。古い版で動かしてはいけません。古い版が要るときは、その版の控えを戻します。',
    );
  if (isLocked)
    return bad(
      what,
      `更新か復元の途中で止まっています（済んでいない更新 ${pending.length} 件）`,
      'ほかの genkidesu が更新か復元の途中なら、終わりを待ってください。更新が途中で止まったのなら、控えを取ってから genkidesu migrate --unlock で続けます。復元が途中で止まったのなら、データベースを空にして復元をやり直します。',
    );
  if (pending.length === 0) return good(what, '最新です');
  return bad(
    what,
    `${pending.length} 件の更新が済んでいません`,
    'genkidesu serve を起動すると更新されます。先に控えを取ってください。',
  );
}

/** 22.9 is the first with all that the calls need; 23 has not been tried. */
export function judgeAsteriskVersion(version: string): Finding {
  const what = 'Asterisk の版';
  const [, major, minor] = (/(\d+)\.(\d+)/.exec(version) ?? []).map(Number);
  if (major === 22 && minor !== undefined && minor >= 9) return good(what, version);
  return bad(what, version, 'Asterisk 22.9 以上、23 未満を入れてください。');
}

/** Instants of Asterisk's events are compared with ours: they must tell the same time. */
export function judgeClock(asteriskAt: Date, ourAt: Date): Finding {
  const what = '時計';
  const seconds = Math.round((asteriskAt.getTime() - ourAt.getTime()) / 1000);
  if (Number.isNaN(seconds))
    return bad(what, 'Asterisk の時刻を読めません', 'Asterisk の版を確かめてください。');
  if (Math.abs(seconds) <= clockToleranceSeconds)
    return good(what, `Asterisk との差は ${Math.abs(seconds)} 秒`);
  return bad(
    what,
    `Asterisk の時計が ${Math.abs(seconds)} 秒${seconds > 0 ? '進んで' : '遅れて'}います`,
    '両方の機械で時刻合わせ（chrony など）を動かしてください。',
  );
}

/** Who conducts the exchange's calls. */
export function judgeLease(
  owner: { host: string; pid: number; since: Date; renewedAt: Date } | undefined,
  expiryMs: number,
  now: Date,
): Finding {
  const what = 'サービスの稼働';
  const mend = 'サービスが動いているか確かめてください（genkidesu serve）。';
  if (!owner) return warning(what, '動いているサービスはありません', mend);
  // The boot id behind the host's name is for machines.
  const who = `${owner.host.split('/')[0] ?? ''}（pid ${owner.pid}）`;
  const idleSeconds = Math.round((now.getTime() - owner.renewedAt.getTime()) / 1000);
  if (idleSeconds * 1000 > expiryMs)
    return warning(what, `${who} は ${idleSeconds} 秒前から応答がありません`, mend);
  return good(what, `${who}、${owner.since.toISOString()} から`);
}

export function judgePrompts(problems: number): Finding {
  const what = '音声';
  if (problems === 0) return good(what, 'すべてそろっています');
  return bad(
    what,
    `${problems} 件の音声に問題があります`,
    'genkidesu prompts check で調べ、prompts render で作り直せます。',
  );
}
