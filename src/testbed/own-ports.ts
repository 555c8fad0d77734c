import { createServer } from 'node:net';

/** Below the range from which Linux hands out ports by itself (32768 and up), and apart from those for RTP. */
const FROM = 11_000;
const TO = 20_000;
const SLICE = 100;

let mine: Promise<number> | undefined;
let given = 0;

/**
 * Ports that no other process of ours is told of while this one lives, in turn: between being found free and being
 * taken by the program it was found for, a port of the kernel's choice may be given to somebody else.
 *
 * Each process keeps a slice by listening on its first port, which nobody else is given; the kernel ends that with us.
 */
export async function nextOwnPort(): Promise<number> {
  mine ??= keepSlice();
  const first = await mine;
  return first + 1 + (given++ % (SLICE - 1));
}

/** How many ports there are before the first comes round again. */
export const ownPorts = SLICE - 1;

async function keepSlice(): Promise<number> {
  const slices = (TO - FROM) / SLICE;
  const begin = Math.floor(Math.random() * slices);
  for (let step = 0; step < slices; step++) {
    const first = FROM + SLICE * ((begin + step) % slices);
    if (await isKept(first)) return first;
  }
  throw new Error('every slice of ports is kept by another process');
}

function isKept(port: number): Promise<boolean> {
  const server = createServer();
  server.unref();
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(true));
  });
}
