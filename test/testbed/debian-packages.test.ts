import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runToEnd } from '../../src/testbed/child-process.js';
import { unpackDebianPackages, type UnpackProgress } from '../../src/testbed/debian-packages.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { unpackedCommand } from '../../src/testbed/unpacked-program.js';

const hello = { name: 'hello', packages: ['hello'], suite: 'machine' };

describe('unpacking Debian packages', function () {
  this.timeout(120_000);

  let cache: TemporaryFolder;
  beforeEach(() => (cache = makeTemporaryFolder('cache')));
  afterEach(async () => cache.remove());

  it('happens once when two ask at once, and leaves a program that runs with its own libraries', async () => {
    const phases: UnpackProgress['phase'][] = [];
    const ask = async () =>
      unpackDebianPackages({ ...hello, cache: cache.path, onProgress: ({ phase }) => phases.push(phase) });
    const [one, other] = await Promise.all([ask(), ask()]);

    assert.deepEqual(one, other);
    assert.equal(phases.filter((phase) => phase === 'index').length, 2, 'one index, begun and done');
    assert.ok(phases.includes('wait'));
    assert.equal(readdirSync(cache.path).length, 1, 'no lock, no archives, no unfinished folder');
    const { lastLines } = await runToEnd(unpackedCommand(one, 'usr/bin/hello'), { env: { LC_ALL: 'C' } });
    assert.deepEqual(lastLines, ['Hello, world!']);
  });

  it('clears away what a killed attempt left', async () => {
    const unpacked = await unpackDebianPackages({ ...hello, cache: cache.path });
    const { root } = unpacked;
    const work = `${root}.work`;
    mkdirSync(join(work, 'root/usr'), { recursive: true });
    writeFileSync(join(work, 'root/usr/half'), '');
    await runToEnd(['rm', '-r', root]);
    await unpackDebianPackages({ ...hello, cache: cache.path });
    assert.deepEqual(readdirSync(cache.path), [root.slice(cache.path.length + 1)]);
    assert.ok(!readdirSync(join(root, 'usr')).includes('half'));
  });

  it('says what apt said when a package is unknown, and leaves nothing behind', async () => {
    await assert.rejects(
      unpackDebianPackages({ ...hello, packages: ['no-such-package-here'], cache: cache.path }),
      (error: Error & { code?: string }) => {
        assert.equal(error.code, 'downloadFailed');
        assert.match(error.message, /no-such-package-here/);
        return true;
      },
    );
    assert.deepEqual(readdirSync(cache.path), []);
  });

  it('says what to do where there is no apt-get', async () => {
    const path = process.env.PATH;
    process.env.PATH = '';
    try {
      await assert.rejects(unpackDebianPackages({ ...hello, cache: cache.path }), {
        code: 'notDebian',
        message: /apt-get.*install Asterisk 22\.9/s,
      });
    } finally {
      process.env.PATH = path;
    }
  });
});
