import assert from 'node:assert/strict';
import { judgeTrunk } from '../../src/doctor/trunk-findings.js';

describe('the doctor’s look at the line to the carrier', () => {
  for (const [what, facts, states] of [
    ['one that needs no registration', { contacts: ['NonQualified'], registrations: [] }, ['good', 'good']],
    ['one that is registered', { contacts: ['Reachable'], registrations: ['Registered'] }, ['good', 'good']],
    ['one that was refused', { contacts: ['Reachable'], registrations: ['Rejected'] }, ['good', 'bad']],
    ['one that cannot be reached', { contacts: ['Unreachable'], registrations: [] }, ['bad', 'good']],
    [
      'one of two that cannot',
      { contacts: ['Unreachable', 'Reachable'], registrations: [] },
      ['good', 'good'],
    ],
    ['one that leads nowhere', { contacts: [], registrations: [] }, ['bad', 'good']],
    ['none at all', { contacts: undefined, registrations: [] }, ['bad']],
  ] as const) {
    it(`judges ${what}`, () => {
      assert.deepEqual(
        judgeTrunk(facts).map(({ state }) => state),
        states,
      );
    });
  }

  it('says what to do: the password after a refusal, the network after silence', () => {
    const mendOf = (isAnswered: boolean): string =>
      judgeTrunk({ contacts: ['NonQualified'], registrations: ['Rejected'], isAnswered })
        .map(({ said, mend }) => said + mend)
        .join('');
    assert.match(mendOf(true), /断られました.*パスワード.*genkidesu trunk apply/);
    assert.match(mendOf(false), /答えがありません.*ネットワーク/);
    assert.doesNotMatch(mendOf(false), /username/);
  });
});
