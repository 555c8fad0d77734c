import { constants } from 'node:fs';
import { lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import { DateTime } from 'luxon';
import { openSealed, sealFile, type OpenedVoice } from './voice-box.js';
import type { VoiceKey } from './voice-key.js';
import { wavSeconds } from './wav-seconds.js';

/** A file that the exchange left, as it is now. */
export type SpoolFile = { kind: 'there'; changedAt: Date } | { kind: 'missing' } | { kind: 'refused' };

/** The encrypted recordings below the data folder, and the spool of the exchange. */
export class VoiceFolder {
  readonly #root: string;

  /** @param dataFolder GENKIDESU_DATA */
  constructor(dataFolder: string) {
    this.#root = join(dataFolder, 'voice');
  }

  /** Looks at a file of the spool; anything but a plain sound file at an absolute path is refused. */
  async look(spoolFile: string): Promise<SpoolFile> {
    if (!isAbsolute(spoolFile) || normalize(spoolFile) !== spoolFile || !spoolFile.endsWith('.wav'))
      return { kind: 'refused' };
    try {
      const found = await lstat(spoolFile);
      return found.isFile() ? { kind: 'there', changedAt: found.mtime } : { kind: 'refused' };
    } catch (error) {
      if (isMissing(error)) return { kind: 'missing' };
      throw error;
    }
  }

  /** Where a file of this id goes, below the folder: `YYYY/MM/<id>.gkv`, by UTC. */
  placeFor(id: number, createdAt: Date): string {
    return `${DateTime.fromJSDate(createdAt, { zone: 'utc' }).toFormat('yyyy/MM')}/${id}.gkv`;
  }

  /**
   * Encrypts a spool file to its place. When it returns, the file and its name are on the disk.
   *
   * @returns how many seconds it lasts, if its head tells
   */
  async keep(spoolFile: string, place: string, key: VoiceKey): Promise<number | undefined> {
    const path = this.#path(place);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const bytes = await sealFile(spoolFile, `${path}.part`, key, place);
    await rename(`${path}.part`, path);
    await syncFolder(dirname(path));
    return wavSeconds(await headOf(spoolFile), bytes);
  }

  /** @throws VoiceBoxError when it cannot be opened, or ENOENT when it is gone */
  async open(place: string, key: VoiceKey): Promise<OpenedVoice> {
    return openSealed(this.#path(place), key, place);
  }

  /** Removes a kept file; one that is gone already is as good. */
  async remove(place: string): Promise<void> {
    await rm(this.#path(place), { force: true });
  }

  async removeSpooled(spoolFile: string): Promise<void> {
    if ((await this.look(spoolFile)).kind === 'there') await rm(spoolFile, { force: true });
  }

  #path(place: string): string {
    if (!/^\d{4}\/\d{2}\/\d+\.gkv$/.test(place)) throw new RangeError('not the place of a kept recording');
    return join(this.#root, place);
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, constants.O_RDONLY);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(44), 0, 44, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** A rename is safe from a power cut only when its folder is on the disk. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
