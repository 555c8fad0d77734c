import assert from 'node:assert/strict';
import { sipRefusalOf } from '../../../src/asterisk/ami/sip-refusals.js';

describe('what the exchange tells of refusals', () => {
  const table: [event: string, service: string, reason: string | undefined][] = [
    ['InvalidAccountID', 'PJSIP', 'unknownAccount'],
    ['ChallengeResponseFailed', 'PJSIP', 'wrongPassword'],
    ['InvalidPassword', 'PJSIP', 'wrongPassword'],
    ['FailedACL', 'PJSIP', 'address'],
    ['SuccessfulAuth', 'PJSIP', undefined],
    ['ChallengeSent', 'PJSIP', undefined],
    ['InvalidPassword', 'AMI', undefined],
  ];
  for (const [event, service, reason] of table) {
    it(`takes ${event} of ${service} as ${reason ?? 'none'}`, () => {
      assert.equal(sipRefusalOf({ event, service }), reason);
    });
  }
});
