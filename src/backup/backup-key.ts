import { createHash, hkdfSync } from 'node:crypto';
import { KeyFileError, readKeyText } from '../storage/key-file.js';
import { readPersonalDataKeys, type PersonalDataKey } from '../storage/personal-data-keys.js';
import { BackupError } from './backup-error.js';

/** A key of backups: 32 bytes and a short name, in a file of the same form as the personal data's. */
export type BackupKey = PersonalDataKey;

const leastTextLength = 20;

/** Where the keys may stand; the first one that is given counts. */
export interface BackupKeySource {
  /** Of the command. */
  file?: string | undefined;
  /** BACKUP_KEY_FILE */
  settingFile?: string | undefined;
  /** BACKUP_KEY */
  text?: string | undefined;
}

/**
 * The keys of backups; the last one is the current one, the others open older files.
 *
 * @throws BackupError when there is none, KeyFileError when the file cannot be used
 */
export function readBackupKeys({ file, settingFile, text }: BackupKeySource): BackupKey[] {
  const path = file ?? settingFile;
  if (path !== undefined) return keysInFile(path);
  if (text !== undefined) return keysInText(text);
  throw new BackupError(
    'noKey',
    'バックアップの鍵がありません。genkidesu backup key new FILE で作り、BACKUP_KEY_FILE か --key で渡してください。' +
      'バックアップとは別の場所に控えてください。 / no key: make one with "genkidesu backup key new FILE"',
  );
}

function keysInFile(path: string): BackupKey[] {
  const reading = readPersonalDataKeys(readKeyText(path, 'genkidesu backup key new'));
  if (!reading.ok) throw new KeyFileError(`${path}: ${reading.problem}`);
  return reading.keys;
}

function keysInText(text: string): BackupKey[] {
  const reading = readPersonalDataKeys(text);
  if (reading.ok) return reading.keys;
  if (text.length < leastTextLength)
    throw new BackupError(
      'noKey',
      `BACKUP_KEY: at least ${leastTextLength} characters, or a line of a key file`,
    );
  const key = Buffer.from(hkdfSync('sha256', text, 'genkidesu', 'backup key from text', 32));
  return [{ id: `text-${createHash('sha256').update(key).digest('hex').slice(0, 8)}`, key }];
}
