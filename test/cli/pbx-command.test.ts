import assert from 'node:assert/strict';
import { readFileSync, realpathSync, statSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { pbxCommand } from '../../src/cli/pbx-command.js';
import { projectRoot } from '../../src/project-root.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../src/testbed/temporary-folder.js';

describe('genkidesu pbx write', () => {
  let folder: TemporaryFolder;
  beforeEach(() => (folder = makeTemporaryFolder('pbxcmd')));
  afterEach(() => folder.remove());

  async function write(trunk: unknown): Promise<{ dir: string; said: string; failed: boolean }> {
    const said: string[] = [];
    const print = (line: string): void => void said.push(line);
    const file = join(folder.path, 'trunk.json');
    writeFileSync(file, JSON.stringify(trunk));
    const dir = join(folder.path, 'pbx');
    const before = process.exitCode;
    process.exitCode = 0;
    await pbxCommand({ print, complain: print, environment: {}, clock: () => new Date() }).parseAsync([
      ...['node', 'pbx', 'write', '--dir', dir, '--trunk', file],
    ]);
    const failed = process.exitCode !== 0;
    process.exitCode = before;
    return { dir, said: said.join('\n'), failed };
  }

  const registered = {
    host: 'sip.example.jp',
    callerNumber: '0471234567',
    channelCap: 4,
    dtmfMode: 'inband',
    registration: { username: '81471234567', password: 'geheim-Kennwort' },
  };

  it('writes a trunk that registers, for its owner’s eyes only', async () => {
    const { dir } = await write(registered);
    const pjsip = join(dir, 'etc', 'pjsip.conf');
    const text = readFileSync(pjsip, 'utf8');
    assert.match(text, /type = registration[^]*client_uri = sip:81471234567@sip\.example\.jp/);
    assert.match(text, /dtmf_mode = inband/);
    assert.match(text, /outbound_auth = trunk-auth/);
    assert.doesNotMatch(text, /\{\{/);
    for (const file of [
      pjsip,
      ...['secrets.json', 'genkidesu.env', 'personal-data.key'].map((name) => join(dir, name)),
    ]) {
      assert.equal(statSync(file).mode & 0o777, 0o600, file);
    }
  });

  it('writes a trunk known by its address without any login', async () => {
    const { dir } = await write({ host: '192.0.2.10', callerNumber: '0471234567' });
    const text = readFileSync(join(dir, 'etc', 'pjsip.conf'), 'utf8');
    assert.match(text, /match = 192\.0\.2\.10/);
    assert.doesNotMatch(text, /type = registration|outbound_auth/);
  });

  it('keeps its passwords when it is written again', async () => {
    const first = readFileSync(join((await write(registered)).dir, 'genkidesu.env'), 'utf8');
    assert.equal(readFileSync(join((await write(registered)).dir, 'genkidesu.env'), 'utf8'), first);
  });

  it('writes the hotline: its numbers, the rule for emergencies, and a transport with TLS', async () => {
    const { dir } = await write({
      ...registered,
      hotlineNumbers: ['0120386117', '0473900117'],
      emergencyCalls: 'pass',
      wrapUpSeconds: 30,
      tls: { certificateFile: '/srv/tls/a.pem', keyFile: '/srv/tls/a.key', publicAddress: '192.0.2.7' },
    });
    const read = (file: string): string => readFileSync(join(dir, 'etc', file), 'utf8');
    assert.match(
      read('hotline.conf'),
      /exten => 0120386117,1,Return\(1\)\nexten => 0473900117,1,Return\(1\)\n/,
    );
    assert.match(read('counsellors.conf'), /"pass" = "pass"/);
    assert.match(read('queues.conf'), /wrapuptime = 30\n[^]*\[line-32\]\(line\)/);
    assert.match(read('pjsip.conf'), /bind = 0\.0\.0\.0:5061\ncert_file = \/srv\/tls\/a\.pem/);
    assert.match(read('pjsip.conf'), /external_media_address = 192\.0\.2\.7/);
    assert.match(readFileSync(join(dir, 'genkidesu.env'), 'utf8'), /ASTERISK_QUEUE_LOG=\/.*log\/queue_log\n/);
    assert.match(readFileSync(join(dir, 'genkidesu.env'), 'utf8'), /\nPBX_CERTIFICATE=\/srv\/tls\/a\.pem\n/);
    assert.equal(realpathSync(join(dir, 'share', 'sounds')), join(projectRoot, 'sounds'));
  });

  it('offers no hotline where there is none', async () => {
    const { dir } = await write(registered);
    assert.match(readFileSync(join(dir, 'etc', 'checkin.conf'), 'utf8'), /"no" = "yes"\]\?hotline/);
  });

  const wrong: [string, object, RegExp][] = [
    ['a caller number with letters', { ...registered, callerNumber: 'anonymous' }, /callerNumber/],
    ['a host with a line break', { ...registered, host: 'a\n[evil]' }, /host/],
    [
      'a password with a line break',
      { ...registered, registration: { username: 'a', password: 'b\nc=d' } },
      /password/,
    ],
    [
      'a hotline number with letters',
      { ...registered, hotlineNumbers: ['0120,1,System(x)'] },
      /hotlineNumbers/,
    ],
    [
      'a certificate that is no path',
      { ...registered, tls: { certificateFile: 'a b', keyFile: '/a' } },
      /certificateFile/,
    ],
    ['no channels at all', { ...registered, channelCap: 0 }, /channelCap/],
  ];
  for (const [what, trunk, named] of wrong) {
    it(`refuses ${what}, names the field and writes nothing`, async () => {
      const { dir, said, failed } = await write(trunk);
      assert.equal(failed, true);
      assert.match(said, named);
      assert.equal(existsSync(dir), false);
    });
  }
});
