import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import { BackupError, damaged } from './backup-error.js';
import type { BackupKey } from './backup-key.js';

/**
 * A sealed file: the magic word, the length of the head, the head as JSON in plain text, and then chunks, each with
 * its length before it and its tag behind it. Chunks are AES-256-GCM with a key of the file's own (HKDF of the backup
 * key and the head's salt); the nonce is the chunk's number and whether it is the last one, so that no chunk can be
 * taken out, moved, or be the end unless it is; the head is authenticated with each.
 */
const magic = Buffer.from('GENKIDESU-BACKUP\x01\n', 'latin1');
const chunkBytes = 256 * 1024;
const tagBytes = 16;
const mostHeadBytes = 1 << 20;

const headShape = z.object({
  keyId: z.string(),
  salt: z.string(),
  at: z.iso.datetime(),
  engine: z.enum(['sqlite', 'mariadb']),
  /** Changes of the schema that the data has had. */
  schema: z.array(z.string()),
  /** Ids of the keys without which nobody can read the names in it; the keys themselves are not in it. */
  personalDataKeys: z.array(z.string()),
  /** The short name of the key of recordings; it says nothing about the key. */
  voiceKey: z.string().optional(),
});
export type BackupHead = z.infer<typeof headShape>;

/** Writes a sealed file piece by piece; nothing of it is complete before `end`. */
export class SealedWriter {
  readonly #file: FileHandle;
  readonly #chunks: ChunkBox;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  bytes = 0;

  private constructor(file: FileHandle, chunks: ChunkBox) {
    this.#file = file;
    this.#chunks = chunks;
  }

  /** For its owner only; what lay there is written over. */
  static async create(
    path: string,
    key: BackupKey,
    head: Omit<BackupHead, 'keyId' | 'salt'>,
  ): Promise<SealedWriter> {
    const salt = randomBytes(32);
    const text = Buffer.from(JSON.stringify({ ...head, keyId: key.id, salt: salt.toString('base64') }));
    const start = Buffer.concat([magic, lengthOf(text), text]);
    const file = await open(path, 'w', 0o600);
    await file.writeFile(start);
    const writer = new SealedWriter(file, new ChunkBox(key, salt, start));
    writer.bytes = start.length;
    return writer;
  }

  async write(piece: Buffer): Promise<void> {
    this.#waiting.push(piece);
    this.#waitingBytes += piece.length;
    if (this.#waitingBytes <= chunkBytes) return;
    const all = Buffer.concat(this.#waiting);
    let from = 0;
    // One chunk stays: whether it is the last is known at the end only.
    for (; all.length - from > chunkBytes; from += chunkBytes)
      await this.#put(all.subarray(from, from + chunkBytes), false);
    this.#waiting = [all.subarray(from)];
    this.#waitingBytes = all.length - from;
  }

  /** The last chunk; when it returns, the file is on the disk. */
  async end(): Promise<void> {
    await this.#put(Buffer.concat(this.#waiting), true);
    await this.#file.sync();
    await this.#file.close();
  }

  async abandon(): Promise<void> {
    await this.#file.close().catch(() => undefined);
  }

  async #put(plain: Buffer, isLast: boolean): Promise<void> {
    const sealed = this.#chunks.seal(plain, isLast);
    await this.#file.writeFile(Buffer.concat([lengthOf(sealed), sealed]));
    this.bytes += 4 + sealed.length;
  }
}

/** @throws BackupError when it is no backup */
export async function readHead(path: string): Promise<BackupHead> {
  return (await withFile(path, headOf)).head;
}

/**
 * The plain pieces of a sealed file. Each was authenticated before it is given away; that the file is whole is known
 * when the last one has come.
 *
 * @throws BackupError when the key is missing, or the file is not as it was written
 */
export async function* openSealedFile(path: string, keys: readonly BackupKey[]): AsyncGenerator<Buffer> {
  const file = await open(path, 'r');
  try {
    const { head, start } = await headOf(file);
    const key = keys.find(({ id }) => id === head.keyId);
    if (!key)
      throw new BackupError(
        'wrongKey',
        `このバックアップには鍵 ${head.keyId} が要ります。渡された鍵ファイルにはありません。 / it needs the key ${head.keyId}`,
      );
    const chunks = new ChunkBox(key, Buffer.from(head.salt, 'base64'), start);
    const { size } = await file.stat();
    for (let at = start.length; ;) {
      const length = (await readBytes(file, at, 4)).readUInt32BE();
      if (length < tagBytes || length > chunkBytes + tagBytes) throw damaged();
      const sealed = await readBytes(file, at + 4, length);
      at += 4 + length;
      yield chunks.open(sealed, at === size);
      if (at === size) return;
    }
  } finally {
    await file.close();
  }
}

class ChunkBox {
  readonly #key: Buffer;
  readonly #start: Buffer;
  #count = 0;

  constructor({ key }: BackupKey, salt: Buffer, start: Buffer) {
    this.#key = Buffer.from(hkdfSync('sha256', key, salt, 'genkidesu backup', 32));
    this.#start = createHash('sha256').update(start).digest();
  }

  seal(plain: Buffer, isLast: boolean): Buffer {
    const cipher = createCipheriv('aes-256-gcm', this.#key, this.#nonce(isLast), { authTagLength: tagBytes });
    cipher.setAAD(this.#start);
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }

  open(sealed: Buffer, isLast: boolean): Buffer {
    const decipher = createDecipheriv('aes-256-gcm', this.#key, this.#nonce(isLast), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(this.#start);
    decipher.setAuthTag(sealed.subarray(-tagBytes));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(0, -tagBytes)), decipher.final()]);
    } catch {
      throw damaged();
    }
  }

  #nonce(isLast: boolean): Buffer {
    const nonce = Buffer.alloc(12);
    nonce.writeUIntBE(this.#count++, 0, 6);
    nonce[11] = isLast ? 1 : 0;
    return nonce;
  }
}

async function headOf(file: FileHandle): Promise<{ head: BackupHead; start: Buffer }> {
  const notABackup = new BackupError(
    'notABackup',
    'バックアップのファイルではありません。 / this is no backup',
  );
  const begin = await readBytes(file, 0, magic.length + 4).catch(() => undefined);
  if (!begin?.subarray(0, magic.length).equals(magic)) throw notABackup;
  const length = begin.readUInt32BE(magic.length);
  if (length > mostHeadBytes) throw damaged();
  const start = await readBytes(file, 0, begin.length + length);
  const head = headShape.safeParse(jsonOf(start.subarray(begin.length)));
  if (!head.success) throw damaged();
  return { head: head.data, start };
}

function jsonOf(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString('utf8'));
  } catch {
    return undefined;
  }
}

async function withFile<Result>(path: string, work: (file: FileHandle) => Promise<Result>): Promise<Result> {
  const file = await open(path, 'r').catch((error: unknown) => {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new BackupError('notABackup', `${path} を読めません（${code}）。 / it cannot be read`);
  });
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}

async function readBytes(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead < length) throw damaged();
  return buffer;
}

function lengthOf(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return length;
}
