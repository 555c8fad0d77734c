import { createHmac } from 'node:crypto';

/**
 * The one way of personal data into and out of the database. Today it stores the text as it is;
 * encryption at rest replaces this codec and nothing else.
 */
export interface PersonalDataCodec {
  encode(text: string): string;
  decode(stored: string): string;
  /** A value for exact search: equal texts have equal values, and nobody without the key can go back. */
  lookup(kind: 'number' | 'memberNumber' | 'mail', text: string): string;
}

/** @param lookupKey secret of the instance; a change of it makes every look-up value useless */
export function createPersonalDataCodec(lookupKey: string): PersonalDataCodec {
  if (lookupKey.length < 16) throw new Error('LOOKUP_KEY: at least 16 characters');
  return {
    encode: (text) => text,
    decode: (stored) => stored,
    lookup: (kind, text) => createHmac('sha256', lookupKey).update(`${kind}:${text}`).digest('hex'),
  };
}
