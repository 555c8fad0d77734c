import assert from 'node:assert/strict';
import { callNumberOf, callsOf, parseShortLog } from '../../src/testbed/sipp-log.js';

/** @param what seconds after some moment, S or R, CSeq, first line */
function logOf(...what: [number, 'S' | 'R', string, string][]): string {
  const line = ([seconds, direction, cseq, first]: (typeof what)[number]): string =>
    `2026-11-23\t15:05:39.667815\t${(1795446339 + seconds).toFixed(6)}\t${direction}\t1-77@127.0.0.2\tCSeq:${cseq}\t${first}\n`;
  return what.map(line).join('');
}

const asked = [0, 'S', '1 INVITE', 'INVITE sip:901@127.0.0.1:5060 SIP/2.0'] as const;
const ringing = [0.1, 'R', '1 INVITE', 'SIP/2.0 180 Ringing'] as const;
const answered = [0.25, 'R', '1 INVITE', 'SIP/2.0 200 OK'] as const;
const start = 1795446339_000;

describe("SIPp's log of messages", () => {
  const callOf = (text: string) => callsOf(parseShortLog(text), () => '0473901001')[0];

  it('tells when a call was placed, rang, was answered and ended, and who ended it', () => {
    const text = logOf([...asked], [...ringing], [...answered], [2, 'S', '2 BYE', 'BYE sip:x SIP/2.0']);
    assert.deepEqual(callOf(text), {
      callId: '1-77@127.0.0.2',
      who: '0473901001',
      invitedAt: start,
      ringingAt: start + 100,
      answeredAt: start + 250,
      endedAt: start + 2000,
      endedBy: 'phone',
    });
  });

  it('tells that the other side said goodbye', () => {
    const text = logOf([...asked], [...answered], [2, 'R', '9 BYE', 'BYE sip:caller SIP/2.0']);
    assert.equal(callOf(text)?.endedBy, 'exchange');
  });

  it('takes a call put on hold for one call', () => {
    const text = logOf(
      [...asked],
      [...answered],
      [1, 'R', '3 INVITE', 'INVITE sip:caller SIP/2.0'],
      [1.1, 'S', '3 INVITE', 'SIP/2.0 200 OK'],
    );
    assert.equal(callOf(text)?.answeredAt, start + 250);
    assert.equal(callOf(text)?.endedAt, undefined);
  });

  it('tells who gave up from who was refused', () => {
    const gaveUp = logOf(
      [...asked],
      [...ringing],
      [5, 'S', '1 CANCEL', 'CANCEL sip:901 SIP/2.0'],
      [5.1, 'R', '1 INVITE', 'SIP/2.0 487 Request Terminated'],
    );
    const refused = logOf([...asked], [0.1, 'R', '1 INVITE', 'SIP/2.0 503 Service Unavailable']);
    assert.deepEqual(
      [gaveUp, refused].map((text) => callOf(text)?.endedBy),
      ['phone', 'exchange'],
    );
    assert.deepEqual(
      [gaveUp, refused].map((text) => callOf(text)?.refusedWith),
      [487, 503],
    );
  });

  it('leaves out a line that is still being written', () => {
    assert.equal(parseShortLog(logOf([...asked], [...answered]).slice(0, -10)).length, 1);
  });

  it('numbers the calls that SIPp placed, and no other', () => {
    assert.equal(callNumberOf('12-77@127.0.0.2'), 12);
    assert.equal(callNumberOf('8e9fd6c5-129e-441d-bae6-fd46342c48f6'), undefined);
  });
});
