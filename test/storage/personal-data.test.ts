import assert from 'node:assert/strict';
import { createPersonalDataCodec, keyIdOf, PersonalDataError } from '../../src/storage/personal-data.js';
import {
  fixedKeys,
  readPersonalDataKeys,
  writePersonalDataKeys,
  type PersonalDataKey,
} from '../../src/storage/personal-data-keys.js';

const keyOf = (id: string, byte: number): PersonalDataKey => ({ id, key: Buffer.alloc(32, byte) });
const codecOf = (...keys: PersonalDataKey[]) =>
  createPersonalDataCodec({ lookupKey: 'a key for these tests', keys: fixedKeys(keys) });
const [spring, autumn] = [keyOf('spring', 1), keyOf('autumn', 2)];

/** What breaks when the work is done. */
function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof PersonalDataError);
    return error.code;
  }
  return 'nothing';
}

describe('personal data', () => {
  it('comes back as it was, whatever it is', () => {
    const codec = codecOf(spring);
    for (const text of [
      '見守 花子',
      '0473912345',
      'a',
      '𠮷田 👵🏻',
      ' x\n',
      'enc:1:spring:AAAA',
      '長'.repeat(10_000),
    ]) {
      const stored = codec.encode(text);
      assert.match(stored, /^enc:1:spring:[\w-]+$/);
      assert.equal(codec.decode(stored), text);
    }
  });

  it('stays empty where it is empty, and is never stored the same twice', () => {
    const codec = codecOf(spring);
    assert.equal(codec.encode(''), '');
    assert.equal(codec.decode(''), '');
    assert.notEqual(codec.encode('花子'), codec.encode('花子'));
  });

  it('is read as it is where it was stored before there was encryption', () => {
    assert.equal(codecOf(spring).decode('見守 花子'), '見守 花子');
    assert.equal(keyIdOf('見守 花子'), undefined);
  });

  it('is written with the last key and read with each of them', () => {
    const old = codecOf(spring).encode('花子');
    const both = codecOf(spring, autumn);
    assert.equal(both.decode(old), '花子');
    assert.deepEqual([keyIdOf(old), keyIdOf(both.encode('花子'))], ['spring', 'autumn']);
  });

  it('does not open without its key, with another key of that name, or changed by one letter', () => {
    const stored = codecOf(spring).encode('花子');
    assert.equal(
      codeOf(() => codecOf(autumn).decode(stored)),
      'unknownKey',
    );
    assert.equal(
      codeOf(() => codecOf(keyOf('spring', 9)).decode(stored)),
      'damaged',
    );
    for (let place = 'enc:1:spring:'.length; place < stored.length - 1; place++) {
      const letter = stored[place] === 'A' ? 'B' : 'A';
      const changed = stored.slice(0, place) + letter + stored.slice(place + 1);
      assert.equal(
        codeOf(() => codecOf(spring).decode(changed)),
        'damaged',
      );
    }
    for (const cut of ['enc:1:', 'enc:1:spring:', 'enc:1:spring:AAAA', stored.slice(0, -3)])
      assert.equal(
        codeOf(() => codecOf(spring).decode(cut)),
        'damaged',
      );
  });

  it('is bound to the name of its key', () => {
    const renamed = codecOf(spring).encode('花子').replace('spring', 'autumn');
    assert.equal(
      codeOf(() => codecOf(keyOf('autumn', 1)).decode(renamed)),
      'damaged',
    );
  });

  it('is found by a value that depends on the look-up key alone', () => {
    const found = codecOf(spring).lookup('number', '0473912345');
    assert.equal(codecOf(autumn).lookup('number', '0473912345'), found);
    assert.match(found, /^[0-9a-f]{64}$/);
  });

  it('is encrypted fast enough that no list of people waits for it', () => {
    const codec = codecOf(spring);
    const startedAt = performance.now();
    for (let n = 0; n < 20_000; n++) codec.decode(codec.encode('見守 花子'));
    // Some hundred milliseconds on a machine of two cores; the bound only finds what is wrong altogether.
    assert.ok(performance.now() - startedAt < 5000);
  });
});

describe('the keys of personal data', () => {
  const line = (id: string, byte: number): string => `${id} ${Buffer.alloc(32, byte).toString('base64')}`;

  it('are read from lines or from one line, the last being the current one, and written as they were', () => {
    for (const text of [
      `# two\n${line('a', 1)}\n\n${line('b-2', 2)}\n`,
      `${line('a', 1)}, ${line('b-2', 2)}`,
    ]) {
      const reading = readPersonalDataKeys(text);
      assert.ok(reading.ok);
      assert.deepEqual(
        reading.keys.map(({ id }) => id),
        ['a', 'b-2'],
      );
      assert.equal(fixedKeys(reading.keys).current().id, 'b-2');
      assert.deepEqual(readPersonalDataKeys(writePersonalDataKeys(reading.keys)), reading);
    }
  });

  const wrong: Record<string, [text: string, problem: RegExp]> = {
    nothing: ['', /no key/],
    'a comment alone': ['# none', /no key/],
    'a key without a name': [Buffer.alloc(32).toString('base64'), /a line is a key id/],
    'a name with a sign in it': [line('a_b', 1), /a line is a key id/],
    'three words': [`${line('a', 1)} more`, /a line is a key id/],
    'a short key': [`a ${Buffer.alloc(31).toString('base64')}`, /the key a is not 32 bytes/],
    'one name twice': [`${line('a', 1)}\n${line('a', 2)}`, /the key id a stands there twice/],
  };
  for (const [what, [text, problem]] of Object.entries(wrong)) {
    it(`are refused: ${what}`, () => {
      const reading = readPersonalDataKeys(text);
      assert.ok(!reading.ok);
      assert.match(reading.problem, problem);
    });
  }
});
