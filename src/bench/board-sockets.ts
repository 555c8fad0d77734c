import type { Socket } from 'socket.io-client';
import type { ServerToClient } from '../live/live-events.js';
import type { CallsTile } from '../wallboard/calls-tile.js';
import { BenchError } from './bench-error.js';
import type { CallLeft } from './board-lag.js';
import { neededForBench } from './needed-for-bench.js';
import type { BoardTicket } from './wallboard-town.js';

/** The service sends a board each second at least; without one for so long it is not the present any more. */
const staleMs = 3000;

/** Boards without a browser: what a set's socket hears, and when. */
export class BoardSockets {
  readonly #boards: SocketBoard[] = [];

  /** Opens them, a few at a time, and settles when each has its first board. @param port where the service listens */
  static async open(port: number, tickets: readonly BoardTicket[]): Promise<BoardSockets> {
    const { io } = await neededForBench('socket.io-client', () => import('socket.io-client'));
    const sockets = new BoardSockets();
    for (let from = 0; from < tickets.length; from += 20) {
      const opened = tickets.slice(from, from + 20).map((ticket) => {
        const url = `http://127.0.0.1:${port}`;
        const socket: Socket<ServerToClient> = io(url, {
          path: '/live',
          auth: ticket.login,
          transports: ['websocket'],
          forceNew: true,
          ...(ticket.sessionToken !== undefined && {
            // As the browser of a page of ours sends them.
            extraHeaders: { cookie: `genkidesu=${ticket.sessionToken}`, origin: url },
          }),
        });
        return new SocketBoard(ticket.organizationId, socket);
      });
      sockets.#boards.push(...opened);
      await Promise.all(opened.map(({ isLive }) => isLive));
    }
    return sockets;
  }

  get records(): readonly SocketBoard[] {
    return this.#boards;
  }

  /** Boards received by all of them together. */
  get views(): number {
    return this.#boards.reduce((sum, { views }) => sum + views, 0);
  }

  /** How often a connection was lost. */
  get lost(): number {
    return this.#boards.reduce((sum, { lost }) => sum + lost, 0);
  }

  /** How often a board was without news for longer than a board may be. */
  get stale(): number {
    return this.#boards.reduce((sum, { stale }) => sum + stale, 0);
  }

  close(): void {
    for (const board of this.#boards) board.close();
  }
}

class SocketBoard {
  readonly isLive: Promise<void>;
  readonly left: CallLeft[] = [];
  openedAt = Infinity;
  views = 0;
  lost = 0;
  stale = 0;
  #going = new Set<string>();
  #heardAt = performance.now();

  constructor(
    readonly organizationId: number,
    private readonly socket: Socket<ServerToClient>,
  ) {
    this.isLive = new Promise((resolve, reject) => {
      socket.on('wallboard', ({ calls }) => {
        this.#take(calls);
        resolve();
      });
      socket.on('connect_error', ({ message }) =>
        reject(new BenchError(`no board for a socket: ${message}`)),
      );
    });
    socket.on('disconnect', () => this.lost++);
  }

  close(): void {
    this.socket.off('disconnect');
    this.socket.disconnect();
  }

  #take({ calls }: CallsTile): void {
    const at = Date.now();
    this.openedAt = Math.min(this.openedAt, at);
    const now = performance.now();
    if (this.views > 0 && now - this.#heardAt > staleMs) this.stale++;
    this.#heardAt = now;
    this.views++;
    const going = new Set(calls.flatMap(({ who, state }) => (state === 'ended' ? [] : [who])));
    for (const who of this.#going) if (!going.has(who)) this.left.push({ who, at });
    this.#going = going;
  }
}
