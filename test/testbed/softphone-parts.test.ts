import assert from 'node:assert/strict';
import { encodeNetstring, NetstringReader } from '../../src/testbed/netstring.js';
import { SipTrace } from '../../src/testbed/sip-trace.js';
import { numberOfUri, softphoneAccount } from '../../src/testbed/softphone-settings.js';

describe('netstrings', () => {
  it('come out as they went in, however the stream is cut', () => {
    const messages = ['{"type":"CALL_INCOMING"}', '', '元気です'];
    const stream = Buffer.from(messages.map(encodeNetstring).join(''));
    for (const size of [1, 2, 7, stream.length]) {
      const reader = new NetstringReader();
      const found: string[] = [];
      for (let at = 0; at < stream.length; at += size)
        found.push(...reader.push(stream.subarray(at, at + size)));
      assert.deepEqual(found, messages);
    }
  });

  it('are told from something else', () => {
    assert.throws(() => new NetstringReader().push(Buffer.from('HTTP/1.1 200 OK')), /not a netstring/);
  });
});

describe('what a softphone prints', () => {
  it('gives the tags of a call that was answered', () => {
    const trace = new SipTrace();
    const message = [
      'SIP/2.0 200 OK',
      'From: <sip:101@127.0.0.1>;tag=ours',
      'To: <sip:901@127.0.0.1>;tag=theirs',
      'Call-ID: abc',
      'CSeq: 3 INVITE',
      '',
    ];
    for (const line of message) trace.line(line);
    assert.deepEqual(trace.tagsOf('abc'), { ours: 'ours', theirs: 'theirs' });
  });

  it('gives none of other messages', () => {
    const trace = new SipTrace();
    for (const line of [
      'SIP/2.0 200 OK',
      'From: <a>;tag=x',
      'To: <b>;tag=y',
      'Call-ID: abc',
      'CSeq: 1 BYE',
      '',
    ])
      trace.line(line);
    assert.equal(trace.tagsOf('abc'), undefined);
  });
});

describe("a softphone's settings", () => {
  it('ask for encryption where it is wanted', () => {
    const account = softphoneAccount(
      {
        user: '101',
        password: 'p',
        registrar: { host: '127.0.0.1', port: 5061 },
        transport: 'tls',
        encrypted: true,
      },
      true,
    );
    assert.equal(
      account,
      '<sip:101@127.0.0.1:5061;transport=tls>;auth_user=101;auth_pass=p;regint=3600;mediaenc=srtp-mand',
    );
  });

  it('know the number in an address', () => {
    assert.equal(numberOfUri('sip:0473900000@127.0.0.1:5060'), '0473900000');
    assert.equal(numberOfUri('"x" <sips:*8@host>;tag=1'), '*8');
    assert.equal(numberOfUri('sip:127.0.0.1'), '');
  });
});
