import assert from 'node:assert/strict';
import { findMismatches, type PersonResult } from '../../src/demo/judge.js';
import { numberOf, personOf, simulatedPeople } from '../../src/demo/simulated-people.js';
import type { CarrierCall } from '../../src/testbed/carrier-record.js';

const number = numberOf('01', 7);
const well: PersonResult = {
  number,
  name: '試験',
  state: 'answered',
  result: 'ok',
  alertReason: undefined,
  attempts: 1,
  keys: '1',
};

function callTo(called: string, digits = ''): CarrierCall {
  const at = new Date(0);
  const keys = digits.split('').map((digit) => ({ digit, at }));
  return {
    id: called + digits,
    number: called,
    from: '',
    startedAt: at,
    ringingAt: at,
    answeredAt: at,
    endedAt: at,
    keys,
  };
}

describe('the judge of the demo', () => {
  it('finds nothing when the database and the carrier tell the same', () => {
    assert.deepEqual(findMismatches([well], [callTo(number, '1')]), []);
  });

  const wrong: [string, PersonResult, CarrierCall[]][] = [
    ['a call that the carrier never saw', well, []],
    ['a second call to the same person', well, [callTo(number, '1'), callTo(number, '')]],
    ['a key that was not kept', { ...well, keys: '' }, [callTo(number, '1')]],
    [
      'a well person who became an alert',
      { ...well, state: 'alerted', alertReason: 'noResponse' },
      [callTo(number, '1')],
    ],
    ['a check-in that never ended', { ...well, state: 'due' }, [callTo(number, '1')]],
    ['a call to nobody of the list', well, [callTo(number, '1'), callTo('0473999999')]],
  ];
  for (const [what, result, calls] of wrong) {
    it(`sees ${what}`, () => {
      assert.notDeepEqual(findMismatches([result], calls), []);
    });
  }

  it('knows every simulated person by number, and nobody else', () => {
    for (const person of simulatedPeople) assert.equal(personOf(numberOf(person.code, 3)), person);
    assert.equal(personOf('0312345678'), undefined);
  });
});
