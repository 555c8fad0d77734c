import { createHash } from 'node:crypto';
import { open, readdir, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** One file of the queue log: the one that is written now, or one that was set aside. */
export interface QueueLogFile {
  path: string;
  /** First second, inode and beginning: stays while the file grows or is renamed. */
  id: string;
  /** Seconds since 1970 of the first line; 0 when it cannot be read. */
  firstSecond: number;
  isCurrent: boolean;
}

const headBytes = 256;

/**
 * The files of a queue log that have a beginning, oldest first and the one being written last. A rotation
 * sets files aside under any ending; one that was compressed is not read.
 *
 * @param current path of the file that Asterisk writes
 */
export async function listQueueLogFiles(current: string): Promise<QueueLogFile[]> {
  const name = basename(current);
  const names = await readdir(dirname(current)).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  const files: QueueLogFile[] = [];
  for (const one of names) {
    const isOurs = one === name || (/^[.-]/.test(one.slice(name.length)) && one.startsWith(name));
    if (!isOurs || /\.(gz|xz|bz2|zst)$/.test(one)) continue;
    const path = join(dirname(current), one);
    const head = await openIfThere(path, readHead);
    if (head) files.push({ path, ...head, isCurrent: one === name });
  }
  return files.sort(
    (one, other) => Number(one.isCurrent) - Number(other.isCurrent) || one.firstSecond - other.firstSecond,
  );
}

/**
 * The file that a position belongs to: by its inode, else a copy that has the same beginning.
 *
 * @returns its place in the list, or -1
 */
export function findFile(files: readonly QueueLogFile[], fileId: string): number {
  const same = files.findIndex(({ id }) => id === fileId);
  if (same !== -1) return same;
  const beginning = withoutInode(fileId);
  return files.findIndex(({ id }) => withoutInode(id) === beginning);
}

/** Seconds since 1970 of the first line of the file with this id. */
export function firstSecondOf(fileId: string): number {
  return Number(fileId.split(':')[0]) || 0;
}

/** Opens a file for reading, and closes it; undefined when it went away meanwhile. */
export async function openIfThere<T>(
  path: string,
  use: (file: FileHandle) => Promise<T>,
): Promise<T | undefined> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

/** @returns undefined while the first line is not whole, or when it is no file */
async function readHead(file: FileHandle): Promise<Pick<QueueLogFile, 'id' | 'firstSecond'> | undefined> {
  const stat = await file.stat({ bigint: true });
  if (!stat.isFile()) return undefined;
  const { bytesRead, buffer } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
  const end = buffer.subarray(0, bytesRead).indexOf('\n');
  if (end === -1 && bytesRead < headBytes) return undefined;
  const firstLine = buffer.subarray(0, end === -1 ? headBytes : end);
  const firstSecond = Number(/^(\d{10})\|/.exec(firstLine.toString('latin1'))?.[1] ?? 0);
  const beginning = createHash('sha256').update(firstLine).digest('hex').slice(0, 8);
  // An inode of a large file system has up to twenty digits; its last twelve tell two files apart.
  return { id: `${firstSecond}:${String(stat.ino).slice(-12)}:${beginning}`, firstSecond };
}

function withoutInode(id: string): string {
  const [firstSecond, , beginning] = id.split(':');
  return `${firstSecond}:${beginning}`;
}
