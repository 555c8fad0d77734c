import { createSocket, type Socket } from 'node:dgram';
import { createServer } from 'node:net';

/** Below the range from which Linux hands out ports by itself (32768 and up), so nobody is given ours. */
const RANGE_FROM = 20_000;
const RANGE_TO = 32_000;
const ATTEMPTS = 200;

/** A TCP port of `host` (default 127.0.0.1) nobody listens on now. */
export async function freeTcpPort(host = '127.0.0.1'): Promise<number> {
  const server = createServer();
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: 0, host, exclusive: true }, () => resolve(portOf(server.address())));
  });
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A UDP port of `host` (default 127.0.0.1) nobody is bound to now. */
export async function freeUdpPort(host = '127.0.0.1'): Promise<number> {
  const socket = await bound(0, host);
  const { port } = socket.address();
  await closed(socket);
  return port;
}

/**
 * `count` UDP ports in a row on `host`, for RTP: the first one is even, as RTP wants it.
 *
 * @throws Error when no such range is found
 */
export async function freeUdpRange(host: string, count: number): Promise<{ first: number; last: number }> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const first = RANGE_FROM + 2 * Math.floor((Math.random() * (RANGE_TO - RANGE_FROM - count)) / 2);
    const last = first + count - 1;
    if (await isRangeFree(host, first, last)) return { first, last };
  }
  throw new Error(`found no ${count} free UDP ports in a row on ${host}`);
}

async function isRangeFree(host: string, first: number, last: number): Promise<boolean> {
  const sockets: Socket[] = [];
  try {
    for (let port = first; port <= last; port++) sockets.push(await bound(port, host));
    return true;
  } catch (error) {
    // A host that is not ours will not become ours by asking for another port.
    if (error instanceof Error && 'code' in error && error.code === 'EADDRNOTAVAIL') throw error;
    return false;
  } finally {
    await Promise.all(sockets.map(closed));
  }
}

async function bound(port: number, host: string): Promise<Socket> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind({ port, address: host, exclusive: true }, () => resolve(socket));
  });
}

async function closed(socket: Socket): Promise<void> {
  await new Promise<void>((resolve) => socket.close(resolve));
}

function portOf(address: ReturnType<ReturnType<typeof createServer>['address']>): number {
  if (address === null || typeof address === 'string') throw new Error('a TCP server has no port');
  return address.port;
}
