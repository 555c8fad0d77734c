import type { Socket } from 'socket.io-client';
import type { PictureView } from '../hotline/picture-view.js';
import type { ServerToClient } from '../live/live-events.js';
import { until } from '../testbed/until.js';

/** A supervisor's screen and the orders given at it, in the benchmark's own process. */
export interface HotlineScreen {
  picture(): PictureView | undefined;
  /** When each call's card came, in epoch ms, by the call's id. */
  readonly cards: ReadonlyMap<string, number>;
  /** Orders that the service did not carry out. */
  readonly refused: { count: number };
  order(extension: string, what: 'login' | 'pause' | 'resume', body?: unknown): Promise<void>;
  close(): void;
}

/** @param port where the service listens */
export async function openScreen(
  port: number,
  token: string,
  organizationId: number,
): Promise<HotlineScreen> {
  // Only who develops has this library: the service itself must start without it.
  const { io } = await import('socket.io-client');
  const url = `http://127.0.0.1:${port}`;
  const socket: Socket<ServerToClient> = io(url, {
    path: '/live',
    auth: { token, organizationId },
    transports: ['websocket'],
  });
  let picture: PictureView | undefined;
  const cards = new Map<string, number>();
  socket.on('picture', (view) => (picture = view));
  socket.on('call', ({ callId }) => {
    if (!cards.has(callId)) cards.set(callId, Date.now());
  });
  const refused = { count: 0 };
  await until(() => picture?.heard, { what: 'the queues are heard', timeoutMs: 30_000 });
  return {
    picture: () => picture,
    cards,
    refused,
    order: async (extension, what, body = {}) => {
      const response = await fetch(`${url}/api/hotline/counsellors/${extension}/${what}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!response.ok) refused.count++;
    },
    close: () => {
      socket.disconnect();
    },
  };
}
