import assert from 'node:assert/strict';
import { judgeSpoolFile } from '../../src/voice/take-in.js';
import { wavSeconds } from '../../src/voice/wav-seconds.js';
import { judgeVoiceKey } from '../../src/doctor/voice-check.js';

const now = new Date('2026-11-24T01:00:00Z');
const ago = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);
const missing = { kind: 'missing' } as const;
const there = (seconds: number) => ({ kind: 'there', changedAt: ago(seconds) }) as const;
const talking = { createdAt: ago(600), callEndedAt: undefined, callIsKnown: true };
const ended = (seconds: number) => ({ ...talking, callEndedAt: ago(seconds) });
const unknown = (seconds: number) => ({
  createdAt: ago(seconds),
  callEndedAt: undefined,
  callIsKnown: false,
});

describe('a recording in the spool', () => {
  for (const [what, file, recording, verdict] of [
    ['waits while the call goes on', there(0), talking, 'wait'],
    ['waits while the call goes on, on hold and silent', there(300), talking, 'wait'],
    ['waits until its last bytes are written', there(1), ended(1), 'wait'],
    ['is taken in when the call is over', there(2), ended(3), 'takeIn'],
    ['may come a little after the call', missing, ended(60), 'wait'],
    ['may come during the call', missing, talking, 'wait'],
    ['is lost when it never came', missing, ended(120), 'lost'],
    ['is lost at once when it is no plain file', { kind: 'refused' }, talking, 'lost'],
    ['of a call that nobody knows waits an hour', there(3599), unknown(9000), 'wait'],
    ['of a call that nobody knows is taken in then', there(3600), unknown(9000), 'takeIn'],
    ['of a call that nobody knows is lost when it is not there', missing, unknown(120), 'lost'],
  ] as const) {
    it(what, () => assert.equal(judgeSpoolFile(file, recording, now), verdict));
  }
});

describe('the length of a recording', () => {
  const head = Buffer.alloc(44);
  head.write('RIFF');
  head.writeUInt32LE(16_000, 28);

  it('comes from its size, whatever its head says', () => {
    assert.equal(wavSeconds(head, 44 + 16_000 * 3 + 1), 4);
  });
  it('is not guessed', () => {
    assert.equal(wavSeconds(Buffer.alloc(44), 100), undefined);
    assert.equal(wavSeconds(head.subarray(0, 20), 100), undefined);
  });
});

describe('the doctor', () => {
  it('warns while recordings cannot be encrypted, and says what to do', () => {
    const { state, mend } = judgeVoiceKey(false);
    assert.equal(state, 'warning');
    assert.match(mend, /openssl rand -base64 32/);
    assert.equal(judgeVoiceKey(true).state, 'good');
  });
});
