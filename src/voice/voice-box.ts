import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { Writable, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { VoiceKey } from './voice-key.js';

/**
 * A sealed file: `GKV` and the version 1, 8 bytes of key id, 12 of nonce, the AES-256-GCM ciphertext, 16 of tag.
 * The head and the name that the file was sealed for are authenticated with it: a changed file does not open,
 * nor does one that was put in the place of another.
 */
const magic = Buffer.from('GKV\x01', 'latin1');
const keyIdBytes = 8;
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = magic.length + keyIdBytes + nonceBytes;

export type VoiceRefusal = 'notSealed' | 'otherKey' | 'tampered';

/** A sealed file cannot be opened. */
export class VoiceBoxError extends Error {
  override readonly name = 'VoiceBoxError';
  constructor(readonly code: VoiceRefusal) {
    super(`the recording cannot be opened: ${code}`);
  }
}

/**
 * Encrypts a file into a new one, piece by piece, and has it on the disk before it returns.
 *
 * @param sealedFor the name that must be given to open it again
 * @returns bytes of plain sound
 */
export async function sealFile(
  from: string,
  to: string,
  { key, id }: VoiceKey,
  sealedFor: string,
): Promise<number> {
  const nonce = randomBytes(nonceBytes);
  const head = Buffer.concat([magic, id, nonce]);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.concat([head, Buffer.from(sealedFor)]));
  // Only we may read it, and an earlier try that broke off is overwritten.
  const file = await open(to, 'w', 0o600);
  try {
    await file.writeFile(head);
    let bytes = 0;
    for await (const piece of createReadStream(from) as AsyncIterable<Buffer>) {
      bytes += piece.length;
      // Each goes on where the one before it ended.
      await file.writeFile(cipher.update(piece));
    }
    await file.writeFile(Buffer.concat([cipher.final(), cipher.getAuthTag()]));
    await file.sync();
    return bytes;
  } finally {
    await file.close();
  }
}

/** A sealed file that was found whole; `sound` decrypts it as it is read. */
export interface OpenedVoice {
  bytes: number;
  sound: () => Readable;
}

/**
 * Opens a sealed file. It is read through once before a byte of it is given away: what was tampered with
 * is not played, not even its beginning.
 *
 * @throws VoiceBoxError when it is no sealed file, needs another key, or is not as it was sealed
 */
export async function openSealed(path: string, key: VoiceKey, sealedFor: string): Promise<OpenedVoice> {
  const { size } = await stat(path);
  if (size < headBytes + tagBytes) throw new VoiceBoxError('notSealed');
  const head = await readBytes(path, 0, headBytes);
  if (!head.subarray(0, magic.length).equals(magic)) throw new VoiceBoxError('notSealed');
  if (!head.subarray(magic.length, magic.length + keyIdBytes).equals(key.id))
    throw new VoiceBoxError('otherKey');
  const tag = await readBytes(path, size - tagBytes, tagBytes);
  const decipher = () => {
    const nonce = head.subarray(headBytes - nonceBytes);
    const one = createDecipheriv('aes-256-gcm', key.key, nonce, { authTagLength: tagBytes });
    one.setAAD(Buffer.concat([head, Buffer.from(sealedFor)]));
    return one.setAuthTag(tag);
  };
  const bytes = size - headBytes - tagBytes;
  const sound = (): Readable => {
    const source = createReadStream(path, { start: headBytes, end: headBytes + bytes - 1 });
    const plain = decipher();
    source.once('error', (error) => plain.destroy(error));
    plain.once('close', () => source.destroy());
    return source.pipe(plain);
  };
  if (bytes === 0) throw new VoiceBoxError('notSealed');
  try {
    await pipeline(sound(), new Writable({ write: (_piece, _encoding, done) => done() }));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw error;
    throw new VoiceBoxError('tampered');
  }
  return { bytes, sound };
}

async function readBytes(path: string, position: number, length: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
    if (bytesRead < length) throw new VoiceBoxError('notSealed');
    return buffer;
  } finally {
    await file.close();
  }
}
