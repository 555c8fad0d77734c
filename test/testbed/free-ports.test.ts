import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { runToEnd } from '../../src/testbed/child-process.js';
import { freeTcpPort, freeUdpPort, freeUdpRange } from '../../src/testbed/free-ports.js';

describe('free ports', () => {
  it('are ports a server can listen on, and not one twice while it listens', async () => {
    const port = await freeTcpPort();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    assert.notEqual(await freeTcpPort(), port);
    await new Promise((resolve) => server.close(resolve));
  });

  it('are found for UDP on any loopback address', async () => {
    const port = await freeUdpPort('127.0.0.2');
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(port, '127.0.0.2', resolve));
    assert.notEqual(await freeUdpPort('127.0.0.2'), port);
    await new Promise<void>((resolve) => socket.close(resolve));
  });

  it('are not given twice, neither here nor in another process that looks at the same time', async () => {
    const module = new URL('../../src/testbed/free-ports.ts', import.meta.url).href;
    const script = `
      const { freeTcpPort, freeUdpPort } = await import('${module}');
      for (let count = 0; count < 40; count++) console.log(await (count % 2 ? freeTcpPort() : freeUdpPort()));`;
    const theirs = runToEnd([process.execPath, '--import=tsx', '--input-type=module', '-e', script]);
    const ours: number[] = [];
    for (let count = 0; count < 40; count++) ours.push(await (count % 2 ? freeTcpPort() : freeUdpPort()));
    const { code, lastLines } = await theirs;
    assert.equal(code, 0, lastLines.join('\n'));
    assert.equal(new Set([...ours, ...lastLines.map(Number)]).size, 80);
  }).timeout(20_000);

  it('come in a row for RTP, from an even one on', async () => {
    const { first, last } = await freeUdpRange('127.0.0.1', 100);
    assert.equal(first % 2, 0);
    assert.equal(last - first + 1, 100);
  });

  it('leave out a row with one taken port in it', async () => {
    const taken = createSocket('udp4');
    await new Promise<void>((resolve) => taken.bind(0, '127.0.0.1', resolve));
    const { port } = taken.address();
    const { first, last } = await freeUdpRange('127.0.0.1', 4);
    assert.ok(port < first || port > last);
    await new Promise<void>((resolve) => taken.close(resolve));
  });

  it('are refused at once for an address that is not ours', async () => {
    await assert.rejects(freeUdpRange('192.0.2.1', 4), { code: 'EADDRNOTAVAIL' });
  });
});
