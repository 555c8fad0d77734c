import assert from 'node:assert/strict';
import { askHowTheyAre, type CallScript } from '../../src/checkins/call-script.js';
import { FakeCall, type Reaction } from '../support/fake-call.js';

const script: CallScript = {
  opening: ['opening'],
  ask: ['ask'],
  askAgain: ['no-key', 'ask'],
  wrongKey: ['wrong-key'],
  confirm: (digit, answer) => [`digit-${digit}`, `confirm-${answer}`],
  goodbye: ['goodbye'],
  callAgainLater: ['call-again-later'],
  staffWillCall: ['staff-will-call'],
  answers: new Map([
    ['1', 'ok'],
    ['2', 'unwell'],
    ['3', 'contactRequested'],
  ]),
  repeatKey: '0',
  ignoredKeys: '*#',
  maxAsks: 3,
  keySeconds: 8,
};

async function talk(reactions: Reaction[], isLastTry = false) {
  const call = new FakeCall(reactions);
  const keys: string[] = [];
  const witness = ({ digit }: { digit: string }): Promise<void> => {
    keys.push(digit);
    return Promise.resolve();
  };
  const end = await askHowTheyAre(call, script, witness, isLastTry);
  return { end, keys: keys.join(''), said: call.said.map((sounds) => sounds.join(' ')) };
}

const answer = (given: string) => ({ kind: 'answer', answer: given });

describe('the conversation', () => {
  it('takes a key, says what it understood and says goodbye', async () => {
    const { end, keys, said } = await talk(['1']);
    assert.deepEqual([end, keys], [answer('ok'), '1']);
    assert.deepEqual(said, ['opening ask', 'digit-1 confirm-ok', 'goodbye']);
  });

  it('asks again after a wrong key', async () => {
    const { end, keys, said } = await talk(['5', '1']);
    assert.deepEqual([end, keys, said[1]], [answer('ok'), '51', 'wrong-key ask']);
  });

  it('repeats the question without a word about a mistake', async () => {
    const { end, said } = await talk(['0', '2']);
    assert.deepEqual([end, said[1]], [answer('unwell'), 'ask']);
  });

  it('does not take the star of a pulse phone for an answer', async () => {
    const { end, keys } = await talk(['*', '1']);
    assert.deepEqual([end, keys], [answer('ok'), '1']);
  });

  for (const [isLastTry, lastWords] of [
    [false, 'call-again-later'],
    [true, 'staff-will-call'],
  ] as const) {
    it(`ends with ${lastWords} after three questions into silence`, async () => {
      const { end, said } = await talk([], isLastTry);
      assert.deepEqual(end, { kind: 'noKey' });
      assert.deepEqual(said, ['opening ask', 'no-key ask', 'no-key ask', lastWords]);
    });
  }

  it('tells wrong keys from silence', async () => {
    assert.deepEqual((await talk(['5', 'silence', '6'])).end, { kind: 'wrongKeys' });
    assert.deepEqual((await talk(['0', '0', '0', '0'])).end, { kind: 'noKey' });
  });

  it('takes a correction while it confirms, and says the new answer', async () => {
    const { end, keys, said } = await talk(['1', '2']);
    assert.deepEqual([end, keys], [answer('unwell'), '12']);
    assert.deepEqual(said.slice(1), ['digit-1 confirm-ok', 'digit-2 confirm-unwell', 'goodbye']);
  });

  it('does not take a key without a meaning for a correction', async () => {
    assert.deepEqual((await talk(['1', '9', '0', '*'])).end, answer('ok'));
  });

  it('ends for somebody who presses keys without end', async () => {
    const { end, said } = await talk(Array.from({ length: 50 }, (_, n) => String((n % 3) + 1)));
    assert.deepEqual([end, said.length], [answer('contactRequested'), 8]);
  });

  for (const broken of ['hungUp', 'linkLost'] as const) {
    it(`ends as ${broken} before a key, and keeps the answer after one`, async () => {
      assert.deepEqual((await talk([broken])).end, { kind: broken });
      assert.deepEqual((await talk(['silence', broken])).end, { kind: broken });
      assert.deepEqual((await talk(['5', broken])).end, { kind: broken });
      assert.deepEqual((await talk(['1', broken])).end, answer('ok'));
      assert.deepEqual((await talk(['1', '2', broken])).end, answer('unwell'));
    });
  }
});
