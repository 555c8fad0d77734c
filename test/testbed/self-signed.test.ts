import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { makeSelfSigned } from '../../src/testbed/self-signed.js';

describe('a certificate that vouches for itself', () => {
  const { certificate, key } = makeSelfSigned('127.0.0.1', new Date('2026-11-23T00:00:00Z'));
  const read = new X509Certificate(certificate);

  it('is good for its address, and for no other', () => {
    assert.equal(read.checkIP('127.0.0.1'), '127.0.0.1');
    assert.equal(read.checkIP('127.0.0.2'), undefined);
  });

  it('is signed with its own key', () => {
    assert.ok(read.verify(read.publicKey));
    assert.match(key, /PRIVATE KEY/);
  });

  it('is good for a year', () => {
    assert.equal(new Date(read.validTo).toISOString(), '2027-11-23T00:00:00.000Z');
  });
});
