import assert from 'node:assert/strict';
import { codeOfStep, fromBase32, stepAt, stepOfCode, toBase32, totpAddress } from '../../src/users/totp.js';

const secret = Buffer.from('12345678901234567890');

describe('codes of an authenticator app', () => {
  // RFC 6238, appendix B, the last six of its eight digits.
  for (const [seconds, code] of [
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ] as const) {
    it(`are ${code} at ${seconds} seconds`, () => {
      assert.equal(codeOfStep(secret, stepAt(new Date(seconds * 1000))), code);
    });
  }

  const now = new Date(1111111111_000);
  for (const [offset, taken] of [
    [-2, false],
    [-1, true],
    [0, true],
    [1, true],
    [2, false],
  ] as const) {
    it(`${taken ? 'count' : 'do not count'} ${offset} steps from now`, () => {
      const step = stepAt(now) + offset;
      assert.equal(stepOfCode(secret, codeOfStep(secret, step), now, 0), taken ? step : undefined);
    });
  }

  it('count once, and none before them counts after', () => {
    const step = stepAt(now);
    assert.equal(stepOfCode(secret, codeOfStep(secret, step), now, step), undefined);
    assert.equal(stepOfCode(secret, codeOfStep(secret, step - 1), now, step), undefined);
    assert.equal(stepOfCode(secret, codeOfStep(secret, step + 1), now, step), step + 1);
  });

  it('have their secret in base 32, as apps read it', () => {
    assert.equal(toBase32(secret), 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
    assert.deepEqual(fromBase32('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'), secret);
  });

  it('are offered to the camera with who they are for', () => {
    assert.equal(
      totpAddress('げんきです', 'a@b.jp', 'ABC'),
      'otpauth://totp/%E3%81%92%E3%82%93%E3%81%8D%E3%81%A7%E3%81%99:a%40b.jp?secret=ABC&issuer=%E3%81%92%E3%82%93%E3%81%8D%E3%81%A7%E3%81%99',
    );
  });
});
