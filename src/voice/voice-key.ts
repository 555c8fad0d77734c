import { createHash } from 'node:crypto';

/** The key that recordings are encrypted with, and the short name by which a file says which one it needs. */
export interface VoiceKey {
  key: Buffer;
  /** 8 bytes; tells keys apart and says nothing about them. */
  id: Buffer;
}

/**
 * Reads the setting VOICE_KEY: 32 bytes as 64 hexadecimal digits, or in base64.
 *
 * @returns undefined for anything else
 */
export function readVoiceKey(text: string): VoiceKey | undefined {
  const plain = text.trim();
  const isHex = /^[0-9a-f]{64}$/i.test(plain);
  const isBase64 = /^[A-Za-z0-9+/_-]{43}=?$/.test(plain);
  if (!isHex && !isBase64) return undefined;
  const key = Buffer.from(plain, isHex ? 'hex' : 'base64');
  if (key.length !== 32) return undefined;
  const id = createHash('sha256').update('genkidesu voice key id').update(key).digest().subarray(0, 8);
  return { key, id };
}
