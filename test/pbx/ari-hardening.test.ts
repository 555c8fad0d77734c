import assert from 'node:assert/strict';
import { connect, type Client } from 'ari-client';
import { AriSocket } from '../../src/asterisk/ari/ari-socket.js';
import { forgetPeer, registerPeer } from '../../src/asterisk/ari/harden-ari-client.js';
import { createLog } from '../../src/log.js';
import { findAsterisk } from '../../src/testbed/find-asterisk.js';
import { openStage, type Stage } from '../../src/testbed/stage.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { until } from '../../src/testbed/until.js';
import { townTimeoutMs } from '../support/pbx-town.js';
import { TcpProxy } from '../support/tcp-proxy.js';

const user = 'genkidesu';

describe('the hardened ARI client against a real Asterisk', function () {
  this.timeout(townTimeoutMs);

  let folder: TemporaryFolder;
  let stage: Stage;
  let proxy: TcpProxy;
  const registered = new Set<string>();
  before(async () => {
    folder = makeTemporaryFolder('ari');
    stage = await openStage(await findAsterisk(), folder.path, { channelCap: 2 });
    proxy = await TcpProxy.open(stage.pbx.httpPort);
  });
  after(async () => {
    for (const url of registered) forgetPeer(url);
    await proxy.close();
    await stage.close();
    await folder.remove();
  });

  async function client(
    url = `http://127.0.0.1:${stage.pbx.httpPort}`,
    password = stage.pbx.ariPassword,
    limits: Parameters<typeof registerPeer>[3] = {},
  ): Promise<Client> {
    registered.add(url);
    registerPeer(url, user, password, limits);
    return connect(url, user, password);
  }

  it('tells a channel that is gone as status 404', async () => {
    const { channels } = await client();
    await assert.rejects(channels.hangup({ channelId: 'nobody' }), {
      name: 'AriError',
      code: 'EARIHTTP',
      status: 404,
    });
  });

  it('tells a wrong password as a rejection, and the process lives on', async () => {
    await assert.rejects(client(`http://127.0.0.1:${proxy.port}`, 'quite-wrong'), (error: Error) => {
      assert.ok(!error.message.includes('quite-wrong'));
      return error.name === 'AriError';
    });
    const { asterisk } = await client();
    assert.match((await asterisk.getInfo()).system?.version ?? '', /^22\./);
  });

  it('answers every one of 200 requests at once over a few sockets', async () => {
    const { channels } = await client(undefined, undefined, { maxSockets: 5 });
    const lists = await Promise.all(Array.from({ length: 200 }, async () => channels.list()));
    assert.ok(lists.every((list) => list.length === 0));
  });

  it('gives a request up when Asterisk falls silent', async () => {
    const url = `http://127.0.0.1:${proxy.port}`;
    const { channels } = await client(url);
    // Only from here on: to connect takes many requests, of which none may be late on a busy machine.
    registerPeer(url, user, stage.pbx.ariPassword, { timeoutMs: 500 });
    proxy.fallSilent();
    try {
      await assert.rejects(channels.list(), { name: 'AriError', code: 'ETIMEDOUT', status: 0 });
    } finally {
      proxy.mend();
    }
    // A kept socket that was just dropped may still be taken once.
    const answers = async (): Promise<boolean> =>
      channels.list().then(
        () => true,
        () => false,
      );
    await until(answers, { what: 'requests pass again' });
  });

  it('tells a refused connection as such', async () => {
    const { channels } = await client(`http://127.0.0.1:${proxy.port}`);
    proxy.cut();
    await assert.rejects(channels.list(), { name: 'AriError', status: 0 });
    proxy.mend();
  });

  it('opens no event socket with a wrong password, goes on trying, and tells the password to nobody', async () => {
    const said: string[] = [];
    const socket = new AriSocket({
      baseUrl: `http://127.0.0.1:${stage.pbx.httpPort}`,
      user,
      password: 'quite-wrong',
      application: 'genkidesu-test',
      log: createLog('debug', { write: (line) => said.push(line) }),
    });
    socket.start();
    await until(() => said.length >= 2, { what: 'it was refused twice' });
    socket.stop();
    assert.ok(!socket.isUp);
    assert.match(said.join(''), /401/);
    assert.ok(!said.join('').includes('quite-wrong'));
  });

  it('notices within two pings that the event socket is half-open, and comes back', async () => {
    const socket = new AriSocket({
      baseUrl: `http://127.0.0.1:${proxy.port}`,
      user,
      password: stage.pbx.ariPassword,
      application: 'genkidesu-test',
      log: createLog('silent'),
      pingMs: 300,
    });
    socket.start();
    try {
      await until(() => socket.isUp, { what: 'the socket is up' });
      proxy.fallSilent();
      await until(() => !socket.isUp, { what: 'the silence is noticed' });
      proxy.mend();
      await until(() => socket.isUp, { what: 'the socket is up again', timeoutMs: 10_000 });
    } finally {
      socket.stop();
      proxy.mend();
    }
  });
});
