import { bad, good, type Finding } from './findings.js';

/** Why a database did not take a small row. */
export type WriteFault = 'full' | 'readOnly' | 'disk' | 'busy' | 'unreachable';

const codes: readonly (readonly [RegExp, WriteFault])[] = [
  [/^(SQLITE_FULL|ER_DISK_FULL|ER_RECORD_FILE_FULL|ENOSPC|EDQUOT)/, 'full'],
  [
    /^(SQLITE_READONLY|SQLITE_CANTOPEN|ER_OPTION_PREVENTS_STATEMENT|ER_READ_ONLY_MODE|ER_INNODB_READ_ONLY|ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION|ER_OPEN_AS_READONLY|EROFS|EACCES|EPERM)/,
    'readOnly',
  ],
  [/^(SQLITE_IOERR|SQLITE_CORRUPT|SQLITE_NOTADB|ER_ERROR_ON_WRITE|ER_CRASHED_ON_USAGE|EIO)/, 'disk'],
  [/^(SQLITE_BUSY|SQLITE_LOCKED|ER_LOCK_)/, 'busy'],
];

/**
 * Tells by the database's own code what is wrong; a server with `innodb_read_only` says it by a number.
 *
 * @param errno MariaDB's number, where there is one
 */
export function writeFaultOf(code: string | undefined, errno?: number): WriteFault {
  // 1290: an option prevents it; 1836: read-only mode; 1021, 1114: no room; 1030 from a storage engine with no room is told as 1114.
  if (errno === 1290 || errno === 1836) return 'readOnly';
  if (errno === 1021 || errno === 1114) return 'full';
  return codes.find(([pattern]) => pattern.test(code ?? ''))?.[1] ?? 'unreachable';
}

const what = 'データベースへの書き込み';

const told: Readonly<Record<WriteFault, readonly [said: string, mend: string]>> = {
  full: [
    '書けません。ディスクがいっぱいです',
    '要らないファイルを消すか、ディスクを足してください。空きができると、待っている結果は自動で書き込まれます。再起動はしないでください。',
  ],
  readOnly: [
    '読み取り専用です',
    'MariaDB なら SET GLOBAL read_only = 0、SQLite ならファイルとフォルダの所有者と権限、マウント（ro）を直してください。',
  ],
  disk: [
    'ディスクの読み書きでエラーが出ています',
    'ディスクの故障を疑い、控えを別の場所に取ってから、ディスクを調べてください。',
  ],
  busy: [
    'ほかの処理がふさいでいます',
    '長く続くなら、控えや更新など、ほかの処理が動いたままでないか見てください。',
  ],
  unreachable: ['書けません', 'データベースが動いているか、DATABASE_* の設定を確かめてください。'],
};

/** @param fault undefined: the row went in */
export function judgeWriting(fault: WriteFault | undefined): Finding {
  if (fault === undefined) return good(what, '書けます');
  const [said, mend] = told[fault];
  return bad(
    what,
    said,
    `${mend} 電話相談はそのまま続きます。新しい見守りの電話は、書けるまで始まりません。`,
  );
}
