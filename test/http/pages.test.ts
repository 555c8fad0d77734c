import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder, type TemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { serveHttp, type Served } from '../support/http-visitor.js';
import { openLogins, type Logins } from '../support/logins.js';

describe('the pages', () => {
  let folder: TemporaryFolder;
  let logins: Logins;
  let served: Served;
  before(async () => {
    folder = makeTemporaryFolder('pages');
    mkdirSync(join(folder.path, 'assets'));
    writeFileSync(join(folder.path, 'index.html'), '<script nonce="__CSP_NONCE__"></script>');
    writeFileSync(join(folder.path, 'assets/index-abc.js'), 'start()');
    logins = await openLogins();
    served = await serveHttp(logins, { pagesFolder: folder.path });
  });
  after(async () => {
    await served.close();
    await logins.close();
    await folder.remove();
  });
  const open = (path: string, accept = 'text/html,*/*') =>
    fetch(`${served.url}${path}`, { headers: { accept } });

  it('are one page at every address, with a nonce of its own each time', async () => {
    const nonces = await Promise.all(
      ['/', '/wallboard', '/anything/below'].map(async (path) => {
        const answer = await open(path);
        const [, nonce = ''] = /nonce="([^"]+)"/.exec(await answer.text()) ?? [];
        const policy = answer.headers.get('content-security-policy') ?? '';
        assert.ok(policy.includes(`style-src 'self' 'nonce-${nonce}'`), policy);
        assert.doesNotMatch(policy, /unsafe/);
        assert.equal(answer.headers.get('cache-control'), 'no-store');
        return nonce;
      }),
    );
    assert.equal(new Set(nonces).size, 3);
  });

  it('consist of files that browsers may keep for ever, since their name is their content', async () => {
    const answer = await open('/assets/index-abc.js');
    assert.equal(await answer.text(), 'start()');
    assert.equal(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  });

  for (const [path, accept] of [
    ['/assets/index-old.js', '*/*'],
    ['/assets/..%2f..%2fpackage.json', '*/*'],
    ['/favicon.ico', 'text/html'],
    ['/api/elsewhere', 'text/html'],
    ['/elsewhere', 'application/json'],
  ] as const) {
    it(`are not what ${path} is, to who takes ${accept}`, async () => {
      const { status } = await open(path, accept);
      assert.ok([401, 404].includes(status), String(status));
    });
  }
});
