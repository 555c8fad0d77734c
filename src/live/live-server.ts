import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import type { PictureView } from '../hotline/picture-view.js';
import type { Logger } from '../log.js';
import { mayDo, type Scope } from '../users/permissions.js';
import type { Sessions } from '../users/sessions.js';
import type { WallboardView } from '../wallboard/wallboard-view.js';
import { BoardRooms, roomOf, type BoardKind } from './board-rooms.js';
import { listenToClient } from './client-words.js';
import { Entering } from './entering.js';
import type { Knock, TurnedAway, Visitor } from './live-entry.js';
import {
  liveEvents,
  type ClientToServer,
  type LiveCall,
  type LiveRefusal,
  type ServerToClient,
} from './live-events.js';

export interface LiveServerOptions {
  server: HttpServer;
  /** Who connects, by what they show. */
  enter: (knock: Knock) => Promise<Visitor | TurnedAway>;
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
  /** The first one, until it is shown. */
  board?: WallboardView | undefined;
}

export type LiveSocket = Socket<ClientToServer, ServerToClient, object, OfConnection>;

/** Clients have nothing to say: what is longer than a login is no client of ours. */
const longestMessageBytes = 4096;
/** A screen that sleeps, or whose network is gone without a word, is noticed on both sides within the sum of these. */
const [pingEveryMs, pingPatienceMs] = [5000, 10_000];

/** Pictures, calls and boards, to the screens of each organization by itself. */
export class LiveServer {
  readonly #io: Server<ClientToServer, ServerToClient, object, OfConnection>;
  readonly #options: LiveServerOptions;
  readonly #forget: () => void;
  readonly #boards = new BoardRooms();
  readonly #entering = new Entering();

  constructor(options: LiveServerOptions) {
    this.#options = options;
    const { server, sessions, log } = options;
    this.#io = new Server(server, {
      path: '/live',
      serveClient: false,
      maxHttpBufferSize: longestMessageBytes,
      connectTimeout: 10_000,
      pingInterval: pingEveryMs,
      pingTimeout: pingPatienceMs,
    });
    this.#io.use((socket, next) => {
      const leave = (): void => void this.#entering.end(socket);
      this.#entering.begin(socket);
      socket.conn.once('close', leave);
      this.#admit(socket)
        .catch((error: unknown): LiveRefusal => {
          log.error({ event: 'live.failed', err: error }, 'a screen could not be let in');
          return 'internal';
        })
        .then((refusal) => {
          if (refusal === undefined) {
            next();
            return;
          }
          leave();
          socket.conn.off('close', leave);
          next(new Error(refusal));
        }, next);
    });
    this.#io.on('connection', (socket) => this.#greet(socket));
    this.#forget = sessions.onEnded(({ sessionId }) => {
      this.#cutOff(({ session }) => session?.id === sessionId, 'sessionEnded');
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
    return this.#boards.list();
  }

  /** To a whole room, so that a board is put into words once, however many show it. */
  tellWallboard(kind: BoardKind, view: WallboardView): void {
    // Who is too slow for this one gets the next: an old board is worth nothing.
    this.#io.to(roomOf(kind)).volatile.emit('wallboard', view);
  }

  /** A revoked television goes dark now, not at its next start. */
  cutOffScreen(id: number): void {
    this.#cutOff((visitor) => visitor.show === 'wallboard' && visitor.screenId === id, 'screenRevoked');
  }

  /** What is kept of those who are connected, or on their way in: nothing, once they are gone. */
  get holds(): { connected: number; entering: number; boards: number } {
    return {
      connected: this.#io.sockets.sockets.size,
      entering: this.#entering.size,
      boards: this.#boards.list().length,
    };
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
    if ('refusal' in visitor) {
      const { refusal: code, userId, organizationId } = visitor;
      const said = { event: 'live.refused', code, userId, organizationId };
      if (code === 'forbidden') this.#options.log.warn(said, 'somebody may not see that');
      else this.#options.log.debug(said, 'nobody whom we know');
      return code;
    }
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
    if (this.#entering.end(socket, visitor)) {
      // Trying again tells it why.
      socket.disconnect(true);
      return;
    }
    const { organizationId, session, show } = visitor;
    const watch = session && this.#options.sessions.watch(session.id);
    if (watch) socket.once('disconnect', () => watch.stop());
    listenToClient(socket, {
      onWatching: show === 'wallboard' ? (isVisible) => watch?.keepAlive(isVisible) : undefined,
      log: this.#options.log,
    });
    const picture = show === 'hotline' ? this.#options.picture(organizationId) : undefined;
    if (picture) tell(socket, 'picture', { organizationId }, picture);
    if (board) tell(socket, 'wallboard', { organizationId }, board);
    socket.data.board = undefined;
    if (show === 'wallboard' && mayHear(visitor, 'wallboard', { organizationId })) {
      const { room, leave } = this.#boards.enter(visitor);
      void socket.join(room);
      socket.once('disconnect', leave);
    }
    this.#options.log.debug({ event: 'live.connected', organizationId, show }, 'a screen is connected');
  }

  #sockets(): Iterable<LiveSocket> {
    return this.#io.sockets.sockets.values();
  }

  #cutOff(isMeant: (visitor: Visitor) => boolean, why: 'sessionEnded' | 'screenRevoked'): void {
    this.#entering.cutOff(isMeant);
    for (const socket of this.#sockets()) {
      const { visitor } = socket.data;
      if (!isMeant(visitor)) continue;
      const { organizationId, session, show } = visitor;
      const who = 'screenId' in visitor ? { screenId: visitor.screenId } : {};
      const of = { sessionId: session?.id, userId: session?.userId, ...who };
      this.#options.log.info(
        { event: 'live.cutOff', why, organizationId, show, ...of },
        'a screen is cut off',
      );
      socket.disconnect(true);
    }
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

/** The only way out, but for the rooms of boards: who enters one is asked the same. */
function tell<Name extends keyof ServerToClient>(
  socket: LiveSocket,
  event: Name,
  scope: Scope,
  view: Parameters<ServerToClient[Name]>[0],
): void {
  const told = [view] as Parameters<ServerToClient[Name]>;
  if (mayHear(socket.data.visitor, event, scope)) socket.emit(event, ...told);
}
