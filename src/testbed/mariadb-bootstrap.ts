import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runToEnd } from './child-process.js';
import type { MariadbInstall } from './find-mariadb.js';
import { TestbedError } from './testbed-error.js';

/** What mariadb-install-db feeds the server, without the help texts; the prefix was once `mysql_`. */
const SYSTEM_TABLES = ['system_tables', 'performance_tables', 'system_tables_data'];

/** The options without which an unpacked server finds neither its parts nor its data. */
export function basicOptions(install: MariadbInstall, dataDir: string): string[] {
  return [
    '--no-defaults',
    `--basedir=${install.baseDir}`,
    `--lc-messages-dir=${install.shareDir}`,
    `--datadir=${dataDir}`,
    // The server refuses to run as root unless told to.
    ...(process.getuid?.() === 0 ? ['--user=root'] : []),
    '--innodb-buffer-pool-size=32M',
    '--innodb-log-file-size=16M',
    '--aria-pagecache-buffer-size=8M',
    '--key-buffer-size=1M',
    '--performance-schema=OFF',
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_unicode_ci',
  ];
}

/**
 * Makes a data folder with one account that may do everything from this machine. The server itself
 * runs the SQL (`--bootstrap`): the script mariadb-install-db would look for its helpers under /usr.
 * `dataDir` appears complete, by rename.
 *
 * @throws TestbedError `didNotStart`
 */
export async function bootstrapDataFolder(
  install: MariadbInstall,
  dataDir: string,
  account: { user: string; password: string },
): Promise<void> {
  const unfinished = `${dataDir}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  const input = await bootstrapSql(install.shareDir, account);
  const command = [...install.command, ...basicOptions(install, unfinished), '--bootstrap'];
  const { code, lastLines } = await runToEnd(command, { input });
  if (code !== 0) {
    throw new TestbedError(
      'didNotStart',
      'MariaDB のデータフォルダを作れません。 / MariaDB could not make its data folder.',
      lastLines.slice(-8),
    );
  }
  await rename(unfinished, dataDir);
}

async function bootstrapSql(shareDir: string, account: { user: string; password: string }): Promise<string> {
  const files = SYSTEM_TABLES.map((name) =>
    ['mariadb_', 'mysql_']
      .map((prefix) => join(shareDir, `${prefix}${name}.sql`))
      .find((path) => existsSync(path)),
  );
  const texts = await Promise.all(
    files.filter((path) => path !== undefined).map(async (path) => readFile(path, 'utf8')),
  );
  const accounts = ['127.0.0.1', 'localhost'].map(
    (host) =>
      `CREATE USER '${account.user}'@'${host}' IDENTIFIED BY '${account.password}';\n` +
      `GRANT ALL ON *.* TO '${account.user}'@'${host}' WITH GRANT OPTION;\n`,
  );
  return [
    'CREATE DATABASE IF NOT EXISTS mysql;\nUSE mysql;\nSET @auth_root_socket=NULL;\n',
    ...texts,
    // Privileges are not read in this mode until asked for, and without them no account can be made.
    '\nFLUSH PRIVILEGES;\n',
    ...accounts,
    // The account without a password that the tables come with.
    "DELETE FROM mysql.global_priv WHERE User IN ('root', '');\n",
  ].join('\n');
}
