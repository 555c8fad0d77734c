import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { PersonalDataKeys } from './personal-data-keys.js';

/** The one way of personal data into and out of the database: encrypted there, plain text here. */
export interface PersonalDataCodec {
  /** Each call gives another value, so stored values cannot be compared: that is what `lookup` is for. */
  encode(text: string): string;
  /** @throws PersonalDataError when the value's key is missing or the value is damaged */
  decode(stored: string): string;
  /** A value for exact search: equal texts have equal values, and nobody without the key can go back. */
  lookup(kind: 'number' | 'memberNumber' | 'mail', text: string): string;
}

/** A stored value cannot be read; the message holds nothing of it. */
export class PersonalDataError extends Error {
  override readonly name = 'PersonalDataError';
  readonly code: 'unknownKey' | 'damaged';

  constructor(code: 'unknownKey' | 'damaged', message: string) {
    super(message);
    this.code = code;
  }
}

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** `enc:1:<keyId>:<base64url(nonce | tag | ciphertext)>`; everything before the last colon is authenticated too. */
const sealedForm = /^(enc:1:([a-z0-9-]{1,24}):)([A-Za-z0-9_-]+)$/;

/** What every encrypted value begins with. */
export const sealedStart = 'enc:1:';

/** The id of the key that a stored value was encrypted with; undefined for plain text of before. */
export function keyIdOf(stored: string): string | undefined {
  return stored.startsWith(sealedStart) ? sealedForm.exec(stored)?.[2] : undefined;
}

/**
 * AES-256-GCM for each value, with a random nonce. Empty text stays empty: that a field is empty may be seen.
 * Plain text, of rows from before there was encryption, is read as it is.
 *
 * @param lookupKey secret of the instance; a change of it makes every look-up value useless
 */
export function createPersonalDataCodec({
  lookupKey,
  keys,
}: {
  lookupKey: string;
  keys: PersonalDataKeys;
}): PersonalDataCodec {
  if (lookupKey.length < 16) throw new Error('LOOKUP_KEY: at least 16 characters');
  return {
    encode: (text) => {
      if (text === '') return '';
      const { id, key } = keys.current();
      const start = `${sealedStart}${id}:`;
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
      cipher.setAAD(Buffer.from(start));
      const sealed = [cipher.update(text, 'utf8'), cipher.final()];
      return start + Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]).toString('base64url');
    },
    decode: (stored) => (stored.startsWith(sealedStart) ? open(stored, keys) : stored),
    lookup: (kind, text) => createHmac('sha256', lookupKey).update(`${kind}:${text}`).digest('hex'),
  };
}

function open(stored: string, keys: PersonalDataKeys): string {
  const [, start = '', keyId = '', text = ''] = sealedForm.exec(stored) ?? [];
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length <= nonceBytes + tagBytes)
    throw new PersonalDataError('damaged', 'a stored personal value is cut off or damaged');
  const found = keys.find(keyId);
  if (!found)
    throw new PersonalDataError(
      'unknownKey',
      `a stored personal value needs the key ${keyId}, which PERSONAL_DATA_KEY does not have`,
    );
  try {
    const decipher = createDecipheriv(algorithm, found.key, bytes.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(Buffer.from(start));
    decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString(
      'utf8',
    );
  } catch {
    throw new PersonalDataError(
      'damaged',
      `a stored personal value does not open with the key ${keyId}: it is another key of that name, or the value is damaged`,
    );
  }
}
