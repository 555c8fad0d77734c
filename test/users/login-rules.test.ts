import assert from 'node:assert/strict';
import { lockSeconds, tellsOwner } from '../../src/users/lock-out.js';
import { isMailAddress, normalizeMail } from '../../src/users/mail-address.js';
import { normalizePassword, passwordProblem } from '../../src/users/password-rule.js';
import { endOfSession, isLive, stageAfterPassword } from '../../src/users/session-life.js';
import { invitationLetter } from '../../src/users/letters.js';

describe('the lock of an account', () => {
  for (const [failures, seconds] of [
    [1, 0],
    [4, 0],
    [5, 30],
    [6, 60],
    [7, 120],
    [8, 300],
    [9, 900],
    [10, 900],
    [100_000, 900],
  ] as const) {
    it(`lasts ${seconds} seconds after ${failures} wrong tries in a row`, () => {
      assert.equal(lockSeconds(failures), seconds);
    });
  }

  it('is told to the owner when it begins, and not at every turn', () => {
    assert.deepEqual([4, 5, 6, 50].map(tellsOwner), [false, true, false, false]);
  });
});

describe('a chosen password', () => {
  for (const [typed, problem] of [
    ['みまもりでんわ2026', undefined],
    ['correct horse battery', undefined],
    ['みまもり', 'tooShort'],
    ['123456789', 'tooShort'],
    ['x'.repeat(201), 'tooLong'],
    ['aaaaaaaaaaaa', 'tooPlain'],
    ['1234567890', 'tooPlain'],
    ['９８７６５４３２１０', 'tooPlain'],
    ['Password2026', 'tooPlain'],
    ['genkidesu2026!', 'tooPlain'],
    ['Hanako.Yamada@city.example.jp', 'likeTheMail'],
    ['hanako.yamada1', 'likeTheMail'],
  ] as const) {
    it(`"${typed.slice(0, 30)}" is ${problem ?? 'fine'}`, () => {
      assert.equal(passwordProblem(typed, 'hanako.yamada@city.example.jp'), problem);
    });
  }

  it('is the same in full width and half width', () => {
    assert.equal(normalizePassword('ＡＢＣ１２３ｶﾅ'), 'ABC123カナ');
  });
});

describe('a mail address', () => {
  for (const [typed, good] of [
    ['hanako@city.example.jp', true],
    [' Ｈａｎａｋｏ＠city.example.jp', true],
    ['hanako', false],
    ['a@b@c', false],
    ['a@b.jp, c@d.jp', false],
    ['a@b.jp\nBcc: c@d.jp', false],
    ['"a b"@c.jp', false],
  ] as const) {
    it(`${JSON.stringify(typed)} is ${good ? 'one' : 'none'}`, () => {
      assert.equal(isMailAddress(typed), good);
    });
  }

  it('is the same however it is typed', () => {
    assert.equal(normalizeMail(' Ｈａｎａｋｏ＠City.example.jp'), 'hanako@city.example.jp');
  });
});

describe('a session', () => {
  const limits = { idleMinutes: 60, hours: 12 };
  const at = (time: string) => new Date(`2026-11-24T${time}:00Z`);

  for (const [role, hasTotp, stage] of [
    ['operator', false, 'totpSetup'],
    ['tenantAdmin', false, 'totpSetup'],
    ['operator', true, 'totp'],
    ['tenantAdmin', true, 'totp'],
    ['station', false, 'full'],
    ['station', true, 'totp'],
    ['counsellor', false, 'full'],
    ['supervisor', false, 'full'],
    ['auditor', false, 'full'],
  ] as const) {
    it(`of ${role} ${hasTotp ? 'with' : 'without'} a second factor begins as ${stage}`, () => {
      assert.equal(stageAfterPassword({ role, hasTotp }), stage);
    });
  }

  for (const [stage, end] of [
    ['full', '21:00'],
    ['totp', '09:05'],
    ['totpSetup', '09:30'],
  ] as const) {
    it(`that is ${stage} at 9:00 ends at ${end}`, () => {
      assert.deepEqual(endOfSession(stage, at('09:00'), limits), at(end));
    });
  }

  for (const [seen, now, live] of [
    ['09:00', '09:59', true],
    ['09:00', '10:00', false],
    ['20:30', '20:59', true],
    ['20:30', '21:00', false],
  ] as const) {
    it(`seen at ${seen} ${live ? 'lives' : 'is over'} at ${now}`, () => {
      assert.equal(isLive({ seenAt: at(seen), expiresAt: at('21:00') }, at(now), limits), live);
    });
  }
});

describe('a letter', () => {
  it('gives no line to what somebody typed as a name', () => {
    const { body } = invitationLetter('花子\r\n\r\nhttp://evil.example', '松戸市', 'http://x/welcome#t', 7);
    assert.match(body, /^花子 http:\/\/evil\.example 様$/m);
  });
});
