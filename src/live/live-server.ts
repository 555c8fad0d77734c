import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import type { PictureView } from '../hotline/picture-view.js';
import type { Logger } from '../log.js';
import type { WallboardView } from '../wallboard/wallboard-view.js';
import type { ClientToServer, LiveCall, LiveRefusal, ServerToClient } from './live-events.js';
import type { Knock, Visitor } from './live-entry.js';

export interface LiveServerOptions {
  server: HttpServer;
  /** Who connects, by what they show; undefined turns them away. */
  enter: (knock: Knock) => Promise<Visitor | undefined>;
  /** Has the end of a session told to `cutOffSession`. @returns how to stop */
  watchSession: (sessionId: number) => () => void;
  /** Undefined when there is no such organization. */
  picture: (organizationId: number) => PictureView | undefined;
  wallboard: (of: { organizationId: number; showsNames: boolean }) => Promise<WallboardView | undefined>;
  log: Logger;
}

interface OfConnection {
  visitor: Visitor;
  board?: WallboardView;
}

/** Clients have nothing to say: what is longer than a login is no client of ours. */
const longestMessageBytes = 4096;

/** Pictures, calls and boards, to the screens of each organization by itself. */
export class LiveServer {
  readonly #io: Server<ClientToServer, ServerToClient, Record<string, never>, OfConnection>;
  readonly #options: LiveServerOptions;

  constructor(options: LiveServerOptions) {
    this.#options = options;
    this.#io = new Server(options.server, {
      path: '/live',
      serveClient: false,
      maxHttpBufferSize: longestMessageBytes,
      connectTimeout: 10_000,
    });
    this.#io.use((socket, next) => {
      this.#letIn({ auth: socket.handshake.auth, headers: socket.handshake.headers }).then(
        (entered) => {
          if (typeof entered === 'string') {
            next(new Error(entered));
            return;
          }
          socket.data = entered;
          next();
        },
        (error: unknown) => {
          options.log.error({ event: 'live.enter_failed', err: error }, 'a screen could not be let in');
          next(new Error('unavailable'));
        },
      );
    });
    this.#io.on('connection', (socket) => {
      const { visitor, board } = socket.data;
      if (visitor.sessionId !== undefined) {
        const stopWatching = options.watchSession(visitor.sessionId);
        socket.on('disconnect', stopWatching);
      }
      void socket.join(roomsOf(visitor));
      const picture = visitor.show === 'hotline' && options.picture(visitor.organizationId);
      if (picture) socket.emit('picture', picture);
      if (board) socket.emit('wallboard', board);
      options.log.debug({ event: 'live.connected', show: visitor.show }, 'a screen is connected');
    });
  }

  /** Sends everybody their picture as it is now. */
  tellPicture(): void {
    for (const room of this.#io.of('/').adapter.rooms.keys()) {
      const id = Number(/^organization:(\d+)$/.exec(room)?.[1]);
      const view = Number.isInteger(id) ? this.#options.picture(id) : undefined;
      if (view) this.#io.to(room).emit('picture', view);
    }
  }

  tellCall(organizationId: number, call: LiveCall): void {
    this.#io.to(`organization:${organizationId}`).emit('call', call);
  }

  /** Boards that somebody looks at. */
  watchedBoards(): { organizationId: number; showsNames: boolean }[] {
    return [...this.#io.of('/').adapter.rooms.keys()].flatMap((room) => {
      const found = /^wallboard:(\d+):(names|private)$/.exec(room);
      return found ? [{ organizationId: Number(found[1]), showsNames: found[2] === 'names' }] : [];
    });
  }

  tellWallboard(to: { organizationId: number; showsNames: boolean }, view: WallboardView): void {
    // Who is too slow for this one gets the next: an old board is worth nothing.
    this.#io.to(boardRoom(to)).volatile.emit('wallboard', view);
  }

  /** A revoked television goes dark now, not at its next start. */
  cutOffScreen(id: number): void {
    this.#io.in(`screen:${id}`).disconnectSockets(true);
  }

  /** Who has logged out sees nothing any more. */
  cutOffSession(id: number): void {
    this.#io.in(`session:${id}`).disconnectSockets(true);
  }

  /** Cuts the screens off; the HTTP server is closed by its owner. */
  close(): void {
    this.#io.disconnectSockets(true);
    // The whole one's close() would end the HTTP server, which others still use.
    this.#io.engine.close();
  }

  /** @returns who they are with their first board, or why they stay outside */
  async #letIn(knock: Knock): Promise<OfConnection | LiveRefusal> {
    const visitor = await this.#options.enter(knock);
    if (!visitor) return 'unauthorized';
    if (visitor.show === 'hotline') {
      return this.#options.picture(visitor.organizationId) ? { visitor } : 'noSuchOrganization';
    }
    const board = await this.#options.wallboard(visitor);
    return board ? { visitor, board } : 'noSuchOrganization';
  }
}

function roomsOf(visitor: Visitor): string[] {
  const { organizationId, sessionId } = visitor;
  const ofSession = sessionId === undefined ? [] : [`session:${sessionId}`];
  if (visitor.show === 'hotline') return [`organization:${organizationId}`, ...ofSession];
  const ofScreen = visitor.screenId === undefined ? [] : [`screen:${visitor.screenId}`];
  return [boardRoom(visitor), ...ofSession, ...ofScreen];
}

function boardRoom({ organizationId, showsNames }: { organizationId: number; showsNames: boolean }): string {
  return `wallboard:${organizationId}:${showsNames ? 'names' : 'private'}`;
}
