import type { IncomingHttpHeaders, Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { z } from 'zod';
import type { PictureView } from '../hotline/picture-view.js';
import type { Logger } from '../log.js';
import { mayDo, type Actor, type Scope } from '../users/permissions.js';
import type { Sessions } from '../users/sessions.js';
import {
  liveEvents,
  type ClientToServer,
  type LiveCall,
  type LiveLogin,
  type ServerToClient,
} from './live-events.js';

/** Who opens a socket. */
export interface Entrant {
  actor: Actor;
  /** Undefined for the machine account. */
  session: { id: number; userId: number } | undefined;
}

/** Somebody's screen, bound to one organization for as long as it is connected. */
export interface Screen extends Entrant {
  organizationId: number;
}

export interface LiveServerOptions {
  server: HttpServer;
  /** Who it is, by the cookie of a login or the machine's token; undefined: nobody who may come in. */
  enter: (handshake: {
    headers: IncomingHttpHeaders;
    token: string | undefined;
  }) => Promise<Entrant | undefined>;
  sessions: Pick<Sessions, 'watch' | 'onEnded'>;
  /** Undefined when there is no such organization. */
  view: (organizationId: number) => PictureView | undefined;
  /** Notes that somebody is shown a call's card; without that it is not shown. */
  recordLook: (screen: Screen, call: LiveCall) => Promise<void>;
  log: Logger;
}

type LiveSocket = Socket<ClientToServer, ServerToClient, object, Screen>;

const loginSchema: z.ZodType<LiveLogin> = z.object({
  token: z.string().min(1).optional(),
  organizationId: z.number().int().positive().optional(),
});
/** Clients have nothing to say: what is longer than a login is no client of ours. */
const longestMessageBytes = 4096;

/** Pictures and calls, to the screens of each organization by itself. */
export class LiveServer {
  readonly #io: Server<ClientToServer, ServerToClient, object, Screen>;
  readonly #options: LiveServerOptions;
  readonly #forget: () => void;

  constructor(options: LiveServerOptions) {
    this.#options = options;
    const { server, sessions, log } = options;
    this.#io = new Server(server, {
      path: '/live',
      serveClient: false,
      maxHttpBufferSize: longestMessageBytes,
      connectTimeout: 10_000,
    });
    this.#io.use((socket, next) => {
      this.#admit(socket).then(
        (refusal) => next(refusal === undefined ? undefined : new Error(refusal)),
        (error: unknown) => {
          log.error({ event: 'live.failed', err: error }, 'a screen could not be let in');
          next(new Error('internal'));
        },
      );
    });
    this.#io.on('connection', (socket) => {
      const { organizationId, session } = socket.data;
      if (session) socket.once('disconnect', sessions.watch(session.id));
      const view = options.view(organizationId);
      if (view) this.#tell(socket, 'picture', { organizationId }, view);
      log.debug({ event: 'live.connected', organizationId }, 'a screen is connected');
    });
    this.#forget = sessions.onEnded(({ sessionId }) => {
      for (const socket of this.#io.sockets.sockets.values())
        if (socket.data.session?.id === sessionId) socket.disconnect(true);
    });
  }

  /** Sends everybody their picture as it is now. */
  tellPicture(): void {
    const views = new Map<number, PictureView | undefined>();
    for (const socket of this.#io.sockets.sockets.values()) {
      const { organizationId } = socket.data;
      if (!views.has(organizationId)) views.set(organizationId, this.#options.view(organizationId));
      const view = views.get(organizationId);
      if (view) this.#tell(socket, 'picture', { organizationId }, view);
    }
  }

  /** @param whose the organization, and the counsellor who has answered */
  tellCall(whose: Scope, call: LiveCall): void {
    for (const socket of this.#io.sockets.sockets.values()) {
      if (!this.#mayHear(socket, 'call', whose)) continue;
      void this.#withCard(socket.data, call).then((shown) => this.#tell(socket, 'call', whose, shown));
    }
  }

  /** Cuts the screens off; the HTTP server is closed by its owner. */
  close(): void {
    this.#forget();
    this.#io.disconnectSockets(true);
    // The whole one's close() would end the HTTP server, which others still use.
    this.#io.engine.close();
  }

  /** Binds a socket to who opened it and to one organization. @returns why not */
  async #admit(socket: LiveSocket): Promise<string | undefined> {
    const login = loginSchema.safeParse(socket.handshake.auth);
    if (!login.success) return 'unauthorized';
    const { token, organizationId: wanted } = login.data;
    const entrant = await this.#options.enter({ headers: socket.handshake.headers, token });
    if (!entrant) return 'unauthorized';
    const organizationId = wanted ?? entrant.actor.organizationId;
    const reachable =
      organizationId !== undefined && mayDo(entrant.actor, liveEvents.picture, { organizationId });
    if (!reachable || !this.#options.view(organizationId)) return 'noSuchOrganization';
    socket.data = { ...entrant, organizationId };
    return undefined;
  }

  #mayHear({ data }: LiveSocket, event: keyof ServerToClient, scope: Scope): boolean {
    return data.organizationId === scope.organizationId && mayDo(data.actor, liveEvents[event], scope);
  }

  /** The only way out. */
  #tell<Name extends keyof ServerToClient>(
    socket: LiveSocket,
    event: Name,
    scope: Scope,
    ...told: Parameters<ServerToClient[Name]>
  ): void {
    if (this.#mayHear(socket, event, scope)) socket.emit(event, ...told);
  }

  async #withCard(screen: Screen, call: LiveCall): Promise<LiveCall> {
    if (call.card === null) return call;
    try {
      await this.#options.recordLook(screen, call);
      return call;
    } catch (error) {
      const { callId } = call;
      this.#options.log.error(
        { event: 'live.lookFailed', callId, err: error },
        'a look was not written down',
      );
      return { ...call, card: null };
    }
  }
}
