import { createHmac } from 'node:crypto';

const stepSeconds = 30;
const digits = 6;
/** One step each way: a phone's clock may be off, and typing takes a moment. */
const stepsAround = 1;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The code of a step of time (RFC 4226 over RFC 6238's counter: SHA-1, 30 s, six digits, as every app has it). */
export function codeOfStep(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const from = (mac.at(-1) ?? 0) & 0x0f;
  const number = (mac.readUInt32BE(from) & 0x7fffffff) % 10 ** digits;
  return String(number).padStart(digits, '0');
}

export function stepAt(now: Date): number {
  return Math.floor(now.getTime() / 1000 / stepSeconds);
}

/**
 * Finds the step that a code belongs to.
 *
 * @param after the last step whose code was taken; only later ones count, so that a code seen over a shoulder is worth nothing
 * @returns undefined when the code is wrong, too old or used
 */
export function stepOfCode(secret: Uint8Array, code: string, now: Date, after: number): number | undefined {
  const present = stepAt(now);
  for (let step = present - stepsAround; step <= present + stepsAround; step++) {
    if (step > after && codeOfStep(secret, step) === code) return step;
  }
  return undefined;
}

/** RFC 4648 without padding: what is typed into an app. */
export function toBase32(bytes: Uint8Array): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => alphabet.charAt(Number.parseInt(group.padEnd(5, '0'), 2))).join('');
}

export function fromBase32(text: string): Buffer {
  let bits = '';
  for (const letter of text) bits += alphabet.indexOf(letter).toString(2).padStart(5, '0');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}

/** What the picture for the app's camera says. */
export function totpAddress(issuer: string, account: string, secret: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
}
