import { createHash, randomBytes } from 'node:crypto';
import { toBase32 } from './totp.js';

/** 256 bits that nobody guesses: for sessions and links. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What the database keeps of a token. A plain hash is enough: nobody goes through 256 random bits. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** 160 bits, as RFC 4226 recommends, in base 32. */
export function newTotpSecret(): string {
  return toBase32(randomBytes(20));
}

/** Ten codes of 80 bits, to be printed and locked away. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: 10 }, () => (toBase32(randomBytes(10)).match(/.{4}/g) ?? []).join('-'));
}

/** The same code, however it was typed. */
export function hashRecoveryCode(typed: string): string {
  return hashToken(
    typed
      .normalize('NFKC')
      .toUpperCase()
      .replaceAll(/[^A-Z2-7]/g, ''),
  );
}
