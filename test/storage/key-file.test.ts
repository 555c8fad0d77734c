import assert from 'node:assert/strict';
import { chmodSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, readConfig } from '../../src/config.js';
import {
  KeyFileError,
  makeKeyFile,
  newKey,
  openKeyFile,
  readKeyFile,
  replaceKeyFile,
} from '../../src/storage/key-file.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { testKeyText } from '../support/test-codec.js';

const [first, second] = [newKey(new Date('2026-11-24')), newKey(new Date('2027-04-01'))];

describe('a key file', () => {
  let folder: TemporaryFolder;
  let file: string;
  beforeEach(() => {
    folder = makeTemporaryFolder('keys');
    file = join(folder.path, 'personal-data.key');
  });
  afterEach(() => folder.remove());

  it('is made for its owner alone, and never in place of another', () => {
    makeKeyFile(file, [first]);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.deepEqual(readKeyFile(file), [first]);
    assert.match(first.id, /^20261124-[0-9a-f]{6}$/);
    assert.throws(() => makeKeyFile(file, [second]), KeyFileError);
    assert.deepEqual(readKeyFile(file), [first]);
  });

  it('is refused when others can read it, when it is not there, and when it holds something else', () => {
    assert.throws(() => readKeyFile(file), /cannot be read; make one with: genkidesu key new/);
    makeKeyFile(file, [first]);
    chmodSync(file, 0o640);
    assert.throws(() => readKeyFile(file), /chmod 600/);
    writeFileSync(file, 'hello');
    chmodSync(file, 0o600);
    assert.throws(() => readKeyFile(file), KeyFileError);
  });

  it('shows its new current key two seconds later, and a key that a value needs at once', () => {
    makeKeyFile(file, [first]);
    let now = 0;
    const keys = openKeyFile(file, () => now);
    replaceKeyFile(file, [first, second]);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    now = 1999;
    assert.equal(keys.current().id, first.id);
    now = 2000;
    assert.equal(keys.current().id, second.id);

    const late = openKeyFile(file, () => now);
    const third = newKey(new Date('2028-04-01'));
    replaceKeyFile(file, [first, second, third]);
    assert.deepEqual(late.find(third.id), third);
    assert.equal(late.current().id, third.id);
    assert.equal(late.find('nobody'), undefined);
  });

  it('may be gone or broken while the process lives: what is known goes on', () => {
    makeKeyFile(file, [first]);
    let now = 0;
    const keys = openKeyFile(file, () => now);
    writeFileSync(file, 'broken');
    now = 5000;
    assert.equal(keys.current().id, first.id);
    rmSync(file);
    now = 10_000;
    assert.equal(keys.current().id, first.id);
    makeKeyFile(file, [first, second]);
    now = 15_000;
    assert.equal(keys.current().id, second.id);
  });

  it('is a setting that is needed, and is not given in two ways', () => {
    const rest = {
      LOOKUP_KEY: 'a key for these tests',
      ARI_PASSWORD: 'x',
      AMI_PASSWORD: 'x',
      CALLER_NUMBER: '0471234567',
    };
    const problem = (settings: Record<string, string>): string => {
      try {
        readConfig({ ...rest, ...settings });
        return '';
      } catch (error) {
        assert.ok(error instanceof ConfigError);
        return error.message;
      }
    };
    assert.match(
      problem({}),
      /PERSONAL_DATA_KEY: needed, and not set; make a key with "genkidesu key new FILE"/,
    );
    assert.match(problem({ PERSONAL_DATA_KEY: 'none' }), /PERSONAL_DATA_KEY: the key none is not 32 bytes/);
    makeKeyFile(file, [first]);
    assert.equal(problem({ PERSONAL_DATA_KEY_FILE: file }), '');
    assert.match(problem({ PERSONAL_DATA_KEY_FILE: file, PERSONAL_DATA_KEY: testKeyText }), /not both/);
    chmodSync(file, 0o644);
    assert.match(problem({ PERSONAL_DATA_KEY_FILE: file }), /PERSONAL_DATA_KEY_FILE: .*chmod 600/);
  });
});
