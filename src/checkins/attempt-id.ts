import { randomBytes } from 'node:crypto';

/**
 * A new attempt's id, which its channel bears too: a UUID of version 7 (RFC 9562), the moment first and chance after it.
 * Ids in the order of time are written side by side; wholly random ones would touch another page
 * of the years behind us with each call.
 */
export function newAttemptId(now: Date): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now.getTime(), 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
