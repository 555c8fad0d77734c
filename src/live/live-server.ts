import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import type { PictureView } from '../hotline/picture-view.js';
import type { Logger } from '../log.js';
import { mayDo, type Scope } from '../users/permissions.js';
import type { Sessions } from '../users/sessions.js';
import type { WallboardView } from '../wallboard/wallboard-view.js';
import type { Knock, Visitor } from './live-entry.js';
import {
  liveEvents,
  type ClientToServer,
  type LiveCall,
  type LiveRefusal,
  type ServerToClient,
} from './live-events.js';

/** Whose board it is, and whether it has people's names. */
export interface BoardKind {
  organizationId: number;
  showsNames: boolean;
}

export interface LiveServerOptions {
  server: HttpServer;
  /** Who connects, by what they show; undefined turns them away. */
  enter: (knock: Knock) => Promise<Visitor | undefined>;
  sessions: Pick<Sessions, 'watch' | 'onEnded'>;
  /** Undefined when there is no such organization. */
  picture: (organizationId: number) => PictureView | undefined;
  wallboard: (of: BoardKind) => Promise<WallboardView | undefined>;
  /** Notes that somebody is shown a call's card; without that it is not shown. */
  recordLook: (visitor: Visitor, call: LiveCall) => Promise<void>;
  log: Logger;
}

interface OfConnection {
  visitor: Visitor;
  board?: WallboardView;
}

type LiveSocket = Socket<ClientToServer, ServerToClient, object, OfConnection>;

/** Clients have nothing to say: what is longer than a login is no client of ours. */
const longestMessageBytes = 4096;

/** Pictures, calls and boards, to the screens of each organization by itself. */
export class LiveServer {
  readonly #io: Server<ClientToServer, ServerToClient, object, OfConnection>;
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
          next(new Error('internal' satisfies LiveRefusal));
        },
      );
    });
    this.#io.on('connection', (socket) => this.#greet(socket));
    this.#forget = sessions.onEnded(({ sessionId }) => {
      this.#cutOff(({ session }) => session?.id === sessionId);
    });
  }

  /** Sends everybody their picture as it is now. */
  tellPicture(): void {
    const views = new Map<number, PictureView | undefined>();
    for (const socket of this.#sockets()) {
      const { organizationId } = socket.data.visitor;
      if (!views.has(organizationId)) views.set(organizationId, this.#options.picture(organizationId));
      const view = views.get(organizationId);
      if (view) tell(socket, 'picture', { organizationId }, view);
    }
  }

  /** @param whose the organization, and the counsellor who has answered */
  tellCall(whose: Scope, call: LiveCall): void {
    for (const socket of this.#sockets()) {
      const { visitor } = socket.data;
      if (!mayHear(visitor, 'call', whose)) continue;
      void this.#withCard(visitor, call).then((shown) => tell(socket, 'call', whose, shown));
    }
  }

  /** Boards that somebody looks at. */
  watchedBoards(): BoardKind[] {
    const boards = new Map<string, BoardKind>();
    for (const { data } of this.#sockets()) {
      if (data.visitor.show !== 'wallboard') continue;
      const { organizationId, showsNames } = data.visitor;
      boards.set(`${organizationId} ${showsNames}`, { organizationId, showsNames });
    }
    return [...boards.values()];
  }

  tellWallboard({ organizationId, showsNames }: BoardKind, view: WallboardView): void {
    for (const socket of this.#sockets()) {
      const { visitor } = socket.data;
      if (visitor.show !== 'wallboard' || visitor.showsNames !== showsNames) continue;
      // Who is too slow for this one gets the next: an old board is worth nothing.
      tell(socket, 'wallboard', { organizationId }, view, socket.volatile);
    }
  }

  /** A revoked television goes dark now, not at its next start. */
  cutOffScreen(id: number): void {
    this.#cutOff((visitor) => visitor.show === 'wallboard' && visitor.screenId === id);
  }

  /** Cuts the screens off; the HTTP server is closed by its owner. */
  close(): void {
    this.#forget();
    this.#io.disconnectSockets(true);
    // The whole one's close() would end the HTTP server, which others still use.
    this.#io.engine.close();
  }

  /** Binds a socket to who opened it and what it shows. @returns why not */
  async #admit(socket: LiveSocket): Promise<LiveRefusal | undefined> {
    const { auth, headers } = socket.handshake;
    const visitor = await this.#options.enter({ auth, headers });
    if (!visitor) return 'unauthorized';
    if (visitor.show === 'hotline') {
      if (!this.#options.picture(visitor.organizationId)) return 'noSuchOrganization';
      socket.data = { visitor };
      return undefined;
    }
    const board = await this.#options.wallboard(visitor);
    if (!board) return 'noSuchOrganization';
    socket.data = { visitor, board };
    return undefined;
  }

  #greet(socket: LiveSocket): void {
    const { visitor, board } = socket.data;
    const { organizationId, session, show } = visitor;
    if (session) socket.once('disconnect', this.#options.sessions.watch(session.id));
    const picture = show === 'hotline' ? this.#options.picture(organizationId) : undefined;
    if (picture) tell(socket, 'picture', { organizationId }, picture);
    if (board) tell(socket, 'wallboard', { organizationId }, board);
    this.#options.log.debug({ event: 'live.connected', organizationId, show }, 'a screen is connected');
  }

  #sockets(): Iterable<LiveSocket> {
    return this.#io.sockets.sockets.values();
  }

  #cutOff(isMeant: (visitor: Visitor) => boolean): void {
    for (const socket of this.#sockets()) if (isMeant(socket.data.visitor)) socket.disconnect(true);
  }

  async #withCard(visitor: Visitor, call: LiveCall): Promise<LiveCall> {
    if (call.card === null) return call;
    try {
      await this.#options.recordLook(visitor, call);
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

/** Whether the visitor has this on their screen, and may see it. */
function mayHear(visitor: Visitor, event: keyof ServerToClient, scope: Scope): boolean {
  return (
    (visitor.show === 'wallboard') === (event === 'wallboard') &&
    visitor.organizationId === scope.organizationId &&
    mayDo(visitor.actor, liveEvents[event], scope)
  );
}

/** The only way out. */
function tell<Name extends keyof ServerToClient>(
  socket: LiveSocket,
  event: Name,
  scope: Scope,
  view: Parameters<ServerToClient[Name]>[0],
  by: Pick<LiveSocket, 'emit'> = socket,
): void {
  const told = [view] as Parameters<ServerToClient[Name]>;
  if (mayHear(socket.data.visitor, event, scope)) by.emit(event, ...told);
}
