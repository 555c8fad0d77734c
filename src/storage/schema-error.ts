export type SchemaFault = 'newer' | 'locked' | 'broken';

/** The database's tables are not as this program needs them; the message says what to do, and holds no data. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
  constructor(
    readonly code: SchemaFault,
    message: string,
  ) {
    super(message);
  }
}

/** @param names changes of the schema that this program does not know */
export function newerSchema(names: readonly string[]): SchemaError {
  return new SchemaError(
    'newer',
    `データベースが、このプログラムより新しい版のものです（${names.join('、')}）。` +
      '新しい版のプログラムで動かしてください。前の版に戻すときは、前の版で取ったバックアップを genkidesu restore で空のデータベースに戻します。' +
      ' / the schema is newer than this program: run the newer program, or restore a backup of the older one',
  );
}

export function lockedSchema(): SchemaError {
  return new SchemaError(
    'locked',
    'データベースの更新か復元が途中です。ほかに更新中のプログラムがなければ、途中で止まったものです。' +
      '復元の途中だったときは、そのデータベースを空にして genkidesu restore をやり直してください。' +
      '更新の途中だったときは、genkidesu migrate --unlock で続けます。それでも進まないときは、更新の前のバックアップを空のデータベースに戻してください。' +
      ' / an upgrade or a restore is half done: after a restore empty the database and restore again; after an upgrade run "genkidesu migrate --unlock"',
  );
}

/** @param name the change that broke off @param code of the database, without its statement */
export function brokenSchema(name: string, code: string): SchemaError {
  return new SchemaError(
    'broken',
    `データベースの更新が途中で失敗しました（${name}: ${code}）。` +
      'ディスクの空きと権限を確かめてから genkidesu migrate をやり直してください。' +
      '「もうある」（EXISTS、DUP）と言われるときは、前の更新が途中で止まっています。更新の前のバックアップを空のデータベースに戻してください。' +
      ' / a change of the schema failed: try again; if something exists already, an earlier one stopped half-way: restore the backup of before',
  );
}
