import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFolderLock } from '../../src/testbed/folder-lock.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../src/testbed/temporary-folder.js';

describe('a folder lock', () => {
  let folder: TemporaryFolder;
  beforeEach(() => (folder = makeTemporaryFolder('lock')));
  afterEach(async () => folder.remove());

  it('lets one in at a time and is gone afterwards', async () => {
    const lock = join(folder.path, 'lock');
    let inside = 0;
    const work = async () => {
      assert.equal(++inside, 1);
      await new Promise((resolve) => setImmediate(resolve));
      inside--;
    };
    await Promise.all([withFolderLock(lock, work), withFolderLock(lock, work), withFolderLock(lock, work)]);
    assert.deepEqual(readdirSync(folder.path), []);
  });

  it('is taken over from an owner that died, even when its process id is used again', async () => {
    const lock = join(folder.path, 'lock');
    mkdirSync(lock);
    writeFileSync(join(lock, `${process.pid}-1`), '');
    assert.equal(await withFolderLock(lock, () => Promise.resolve('in')), 'in');
  });

  it('is free again when the work failed', async () => {
    const lock = join(folder.path, 'lock');
    await assert.rejects(
      withFolderLock(lock, () => Promise.reject(new Error('no disk'))),
      /no disk/,
    );
    assert.deepEqual(readdirSync(folder.path), []);
  });
});
