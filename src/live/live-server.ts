import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { z } from 'zod';
import type { PictureView } from '../hotline/picture-view.js';
import type { Logger } from '../log.js';
import type { ClientToServer, LiveCall, ServerToClient } from './live-events.js';

export interface LiveServerOptions {
  server: HttpServer;
  /** Whether this is the token that opens the API. */
  mayEnter: (token: string) => boolean;
  /** Undefined when there is no such organization. */
  view: (organizationId: number) => PictureView | undefined;
  log: Logger;
}

const loginSchema = z.object({ token: z.string().min(1), organizationId: z.number().int().positive() });
/** Clients have nothing to say: what is longer than a login is no client of ours. */
const longestMessageBytes = 4096;

/** Pictures and calls, to the screens of each organization by itself. */
export class LiveServer {
  readonly #io: Server<ClientToServer, ServerToClient>;
  readonly #view: LiveServerOptions['view'];

  constructor({ server, mayEnter, view, log }: LiveServerOptions) {
    this.#view = view;
    this.#io = new Server(server, {
      path: '/live',
      serveClient: false,
      maxHttpBufferSize: longestMessageBytes,
      connectTimeout: 10_000,
    });
    this.#io.use((socket, next) => {
      const login = loginSchema.safeParse(socket.handshake.auth);
      if (!login.success || !mayEnter(login.data.token)) {
        next(new Error('unauthorized'));
        return;
      }
      const { organizationId } = login.data;
      const first = this.#view(organizationId);
      if (!first) {
        next(new Error('noSuchOrganization'));
        return;
      }
      void socket.join(roomOf(organizationId));
      next();
    });
    this.#io.on('connection', (socket) => {
      const { organizationId } = loginSchema.parse(socket.handshake.auth);
      const view = this.#view(organizationId);
      if (view) socket.emit('picture', view);
      log.debug({ event: 'live.connected', organizationId }, 'a screen is connected');
    });
  }

  /** Sends everybody their picture as it is now. */
  tellPicture(): void {
    for (const room of this.#io.of('/').adapter.rooms.keys()) {
      const id = Number(/^organization:(\d+)$/.exec(room)?.[1]);
      const view = Number.isInteger(id) ? this.#view(id) : undefined;
      if (view) this.#io.to(room).emit('picture', view);
    }
  }

  tellCall(organizationId: number, call: LiveCall): void {
    this.#io.to(roomOf(organizationId)).emit('call', call);
  }

  /** Cuts the screens off; the HTTP server is closed by its owner. */
  close(): void {
    this.#io.disconnectSockets(true);
    // The whole one's close() would end the HTTP server, which others still use.
    this.#io.engine.close();
  }
}

function roomOf(organizationId: number): string {
  return `organization:${organizationId}`;
}
