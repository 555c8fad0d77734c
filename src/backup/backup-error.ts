export type BackupFault =
  | 'noKey'
  | 'wrongKey'
  | 'notABackup'
  | 'damaged'
  | 'notEmpty'
  | 'fileExists'
  | 'newerSchema'
  | 'personalKey'
  | 'lookupKey'
  | 'notAsWritten';

/** A backup cannot be written or returned; the message says why and what to do, and holds no data. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
  constructor(
    readonly code: BackupFault,
    message: string,
  ) {
    super(message);
  }
}

export const damaged = (): BackupError =>
  new BackupError(
    'damaged',
    'このバックアップは壊れているか、途中で切れています。ほかのバックアップを使ってください。 / the backup is damaged or cut off; use another one',
  );
