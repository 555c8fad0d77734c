import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { makeTemporaryFolder, type TemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { openSealed, sealFile, VoiceBoxError, type VoiceRefusal } from '../../src/voice/voice-box.js';
import { readVoiceKey, type VoiceKey } from '../../src/voice/voice-key.js';

function keyOf(text: string): VoiceKey {
  const key = readVoiceKey(text);
  assert.ok(key);
  return key;
}

const key = keyOf('ab'.repeat(32));
const name = '2026/11/1.gkv';

describe('the key of recordings', () => {
  it('is read from hexadecimal digits and from base64, to the same key', () => {
    const bytes = randomBytes(32);
    const keys = ['hex', 'base64', 'base64url'].map((form) => keyOf(bytes.toString(form as BufferEncoding)));
    for (const one of keys) assert.deepEqual([one.key, one.id], [bytes, keys[0]?.id]);
  });

  for (const text of ['', 'short', 'ab'.repeat(31), 'ab'.repeat(33), `${'a'.repeat(43)}!`, 'ｱ'.repeat(43)]) {
    it(`is not ${JSON.stringify(text.slice(0, 8))} of ${text.length} characters`, () => {
      assert.equal(readVoiceKey(text), undefined);
    });
  }
});

describe('a sealed recording', () => {
  let folder: TemporaryFolder;
  let plain: string;
  let sealed: string;
  // More than one piece of a stream, and no whole number of them.
  const sound = Buffer.concat([Buffer.from('RIFF plain sound '), randomBytes(200_001)]);

  beforeEach(async () => {
    folder = makeTemporaryFolder('voice');
    [plain, sealed] = [join(folder.path, 'a.wav'), join(folder.path, 'a.gkv')];
    await writeFile(plain, sound);
    assert.equal(await sealFile(plain, sealed, key, name), sound.length);
  });
  afterEach(() => folder.remove());

  const refused = (code: VoiceRefusal) => (error: unknown) =>
    error instanceof VoiceBoxError && error.code === code;

  it('opens to the same sound, as often as one likes', async () => {
    const opened = await openSealed(sealed, key, name);
    assert.equal(opened.bytes, sound.length);
    for (let time = 0; time < 2; time++) assert.ok((await buffer(opened.sound())).equals(sound));
  });

  it('has nothing of the sound in it, nor the same bytes twice, and only we may read it', async () => {
    const bytes = await readFile(sealed);
    assert.ok(!bytes.includes(Buffer.from('plain sound')));
    assert.ok(!bytes.includes(sound.subarray(100, 132)));
    await sealFile(plain, `${sealed}2`, key, name);
    assert.ok(!(await readFile(`${sealed}2`)).subarray(24).equals(bytes.subarray(24)));
    assert.equal((await stat(sealed)).mode & 0o777, 0o600);
  });

  it('does not open with another key', async () => {
    await assert.rejects(openSealed(sealed, keyOf('cd'.repeat(32)), name), refused('otherKey'));
  });

  it('does not open under another name: nobody can put one recording in the place of another', async () => {
    await assert.rejects(openSealed(sealed, key, '2026/11/2.gkv'), refused('tampered'));
  });

  for (const [what, at] of [
    ['nonce', 15],
    ['first byte', 24],
    ['middle', 100_000],
    ['tag', -1],
  ] as const) {
    it(`does not open, not even its beginning, when its ${what} was changed`, async () => {
      const bytes = await readFile(sealed);
      const place = at < 0 ? bytes.length + at : at;
      bytes[place] = (bytes[place] ?? 0) ^ 1;
      await writeFile(sealed, bytes);
      await assert.rejects(openSealed(sealed, key, name), refused('tampered'));
    });
  }

  it('does not open when a part of it is missing, or it is something else', async () => {
    await truncate(sealed, 100_000);
    await assert.rejects(openSealed(sealed, key, name), refused('tampered'));
    await assert.rejects(openSealed(plain, key, name), refused('notSealed'));
    await truncate(sealed, 10);
    await assert.rejects(openSealed(sealed, key, name), refused('notSealed'));
    await rm(sealed);
    await assert.rejects(openSealed(sealed, key, name), /ENOENT/);
  });
});
