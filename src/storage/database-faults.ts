const words: Readonly<Record<string, string>> = {
  ECONNREFUSED:
    'そのホストとポートで MariaDB が動いていません。起動しているか、ポートが正しいか確かめてください。',
  ENOTFOUND: 'その名前のホストが見つかりません。綴りを確かめてください。',
  EAI_AGAIN: 'ホストの名前を調べられません。DNS の設定を確かめてください。',
  ETIMEDOUT: '返事がありません。アドレスとファイアウォールを確かめてください。',
  EHOSTUNREACH: 'そのアドレスへの道がありません。ネットワークを確かめてください。',
  KnexTimeoutError: '返事がありません。アドレスとファイアウォールを確かめてください。',
  ER_ACCESS_DENIED_ERROR: '利用者名かパスワードが違います。',
  ER_DBACCESS_DENIED_ERROR:
    'その利用者には、このデータベースの権限がありません。GRANT ALL を実行してください。',
  ER_BAD_DB_ERROR: 'その名前のデータベースがありません。CREATE DATABASE で作ってください。',
  ER_HOST_NOT_PRIVILEGED:
    'この機械からの接続が許されていません。利用者のホスト（@ の後ろ）を確かめてください。',
  ER_TABLEACCESS_DENIED_ERROR: 'その利用者には、表を作る権限がありません。GRANT ALL を実行してください。',
  EACCES: 'そのフォルダーに書き込めません。所有者と権限を確かめてください。',
  EROFS: 'そのフォルダーは読み取り専用です。',
  ENOTDIR: 'その場所はフォルダーではありません。',
  SQLITE_CANTOPEN: 'データベースのファイルを開けません。所有者と権限を確かめてください。',
  SQLITE_NOTADB: 'その場所の genkidesu.db は SQLite のファイルではありません。',
  SQLITE_READONLY: 'データベースのファイルに書き込めません。',
  SQLITE_FULL: 'ディスクがいっぱいで、データベースに書き込めません。要らないファイルを消してください。',
  SQLITE_IOERR: 'データベースのあるディスクが壊れているか、いっぱいです。ディスクを確かめてください。',
  ER_DISK_FULL: 'ディスクがいっぱいで、データベースに書き込めません。要らないファイルを消してください。',
  ER_OPTION_PREVENTS_STATEMENT: 'データベースが読み取り専用です。サーバーの read_only を確かめてください。',
};

/**
 * What to tell who gave a command when the database refuses it; undefined when something else went wrong.
 *
 * @param error what knex, mysql2 or SQLite threw; connections that were never made bear `fatal`
 */
export function databaseFaultOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code = error.name, fatal } = error as { code?: string; fatal?: boolean };
  const known = /^SQLITE_[A-Z]+/.exec(code)?.[0] ?? code;
  const isDatabase = fatal === true || /^(SQLITE|ER)_/.test(known) || known === 'KnexTimeoutError';
  return isDatabase && known in words ? databaseFaultInWords(known) : undefined;
}

/** Why a database cannot be used; the code alone where we have no better words: a message may hold the password. */
export function databaseFaultInWords(code: string): string {
  return words[code] ?? `データベースにつながりません（${code}）。`;
}

/** @param version what the server says of itself, such as 11.8.3-MariaDB */
export function judgeServerVersion(version: string): string | undefined {
  const [, major, minor] = (/^(\d+)\.(\d+)/.exec(version) ?? []).map(Number);
  if (!/mariadb/i.test(version) || major === undefined || minor === undefined)
    return `MariaDB ではありません（${version}）。MariaDB 10.11 以上を使ってください。`;
  if (major > 10 || (major === 10 && minor >= 11)) return undefined;
  return `MariaDB が古すぎます（${version}）。10.11 以上にしてください。`;
}
