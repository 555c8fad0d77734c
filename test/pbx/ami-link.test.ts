import assert from 'node:assert/strict';
import { createLog } from '../../src/log.js';
import { AmiError, AmiLink } from '../../src/asterisk/ami/ami-link.js';
import { findAsterisk } from '../../src/testbed/find-asterisk.js';
import { openStage, type Stage } from '../../src/testbed/stage.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { until } from '../../src/testbed/until.js';
import { townTimeoutMs } from '../support/pbx-town.js';
import { TcpProxy } from '../support/tcp-proxy.js';

describe('the manager link to a real Asterisk', function () {
  this.timeout(townTimeoutMs);

  let folder: TemporaryFolder;
  let stage: Stage;
  const links: AmiLink[] = [];
  before(async () => {
    folder = makeTemporaryFolder('ami');
    stage = await openStage(await findAsterisk(), folder.path, { channelCap: 2 });
  });
  afterEach(() => {
    for (const link of links.splice(0)) link.stop();
  });
  after(async () => {
    await stage.close();
    await folder.remove();
  });

  /** A started link, and what it logs. */
  function login(options: { port?: number; password?: string; timeoutMs?: number; pingMs?: number } = {}): {
    link: AmiLink;
    said: string[];
  } {
    const said: string[] = [];
    const link = new AmiLink({
      host: '127.0.0.1',
      port: stage.pbx.amiPort,
      user: 'genkidesu',
      password: stage.pbx.amiPassword,
      log: createLog('debug', { write: (line) => said.push(line) }),
      ...options,
    });
    links.push(link);
    link.start();
    return { link, said };
  }

  async function loggedIn(options: Parameters<typeof login>[0] = {}): Promise<AmiLink> {
    const { link } = login(options);
    await until(() => link.isUp, { what: 'the link is up' });
    return link;
  }

  it('answers a ping', async () => {
    const link = await loggedIn();
    const [answer] = await link.action({ action: 'Ping' });
    assert.equal(answer?.ping, 'Pong');
  });

  it('collects a list up to its end', async () => {
    const link = await loggedIn();
    const events = await link.action({ action: 'PJSIPShowEndpoints' }, { list: true });
    assert.deepEqual(
      events.filter(({ event }) => event === 'EndpointList').map(({ objectname }) => objectname),
      ['trunk', 'trunk-hotline'],
    );
  });

  it('tells the refusal of an action as an error of its own', async () => {
    const link = await loggedIn();
    await assert.rejects(link.action({ action: 'NoSuchThing' }), { name: 'AmiError', code: 'EAMI' });
  });

  it('lets no line break through: the rest of it would be an order', async () => {
    const link = await loggedIn();
    for (const value of ['x\r\nAction: Hangup', 'x\ny', 'x\0'])
      await assert.rejects(link.action({ action: 'DBGet', family: value, key: 'k' }), { code: 'EAMIINJ' });
  });

  it('holds nothing back while it is down: an order carried out later would be a surprise', async () => {
    const { link } = login();
    await assert.rejects(link.action({ action: 'Ping' }), { code: 'EAMIDOWN' });
    await until(() => link.isUp, { what: 'the link is up' });
    link.stop();
    await assert.rejects(link.action({ action: 'Ping' }), { code: 'EAMIDOWN' });
  });

  it('logs a wrong password without telling it, and goes on trying', async () => {
    const { link, said } = login({ password: 'quite-wrong' });
    const refusals = (): number => said.filter((line) => line.includes('ami.login_refused')).length;
    await until(() => refusals() >= 2, { what: 'it was refused twice', timeoutMs: 15_000 });
    assert.ok(!link.isUp);
    assert.ok(!said.join('').includes('quite-wrong'));
  });

  it('gives an action up when Asterisk falls silent, notices it, and comes back with the wire', async () => {
    const proxy = await TcpProxy.open(stage.pbx.amiPort);
    try {
      const link = await loggedIn({ port: proxy.port, timeoutMs: 500, pingMs: 700 });
      proxy.fallSilent();
      await assert.rejects(link.action({ action: 'Ping' }), (error) =>
        ['ETIMEDOUT', 'EAMILOST'].includes((error as AmiError).code),
      );
      await until(() => !link.isUp, { what: 'the silence is noticed' });
      proxy.mend();
      await until(() => link.isUp, { what: 'the link is up again', timeoutMs: 10_000 });
    } finally {
      await proxy.close();
    }
  });

  it('comes back by itself after Asterisk was killed, and fails what was asked meanwhile', async () => {
    const link = await loggedIn();
    let downs = 0;
    link.on('down', () => downs++);
    await stage.pbx.kill();
    await until(() => !link.isUp, { what: 'the link is down' });
    await assert.rejects(link.action({ action: 'Ping' }), { code: 'EAMIDOWN' });
    await stage.pbx.restart();
    await until(() => link.isUp, { what: 'the link is up again', timeoutMs: 15_000 });
    await link.action({ action: 'Ping' });
    assert.equal(downs, 1);
  });
});
