import { createSocket, type Socket } from 'node:dgram';
import { createServer } from 'node:net';
import { nextOwnPort, ownPorts } from './own-ports.js';

/** Below the range from which Linux hands out ports by itself (32768 and up), so nobody is given ours. */
const RANGE_FROM = 20_000;
const RANGE_TO = 32_000;
const ATTEMPTS = 200;

/**
 * A TCP port of `host` (default 127.0.0.1) nobody listens on now, and that is given to nobody else meanwhile.
 *
 * @throws Error when there is none
 */
export async function freeTcpPort(host = '127.0.0.1'): Promise<number> {
  return ownPort(host, async (port) => {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port, host, exclusive: true }, resolve);
    });
    await new Promise((resolve) => server.close(resolve));
  });
}

/** A UDP port of `host` (default 127.0.0.1) nobody is bound to now: see freeTcpPort. */
export async function freeUdpPort(host = '127.0.0.1'): Promise<number> {
  return ownPort(host, async (port) => closed(await bound(port, host)));
}

async function ownPort(host: string, take: (port: number) => Promise<void>): Promise<number> {
  for (let attempt = 0; attempt < ownPorts; attempt++) {
    const port = await nextOwnPort();
    try {
      await take(port);
      return port;
    } catch (error) {
      if (!isTaken(error)) throw error;
    }
  }
  throw new Error(`found no free port on ${host}`);
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
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
