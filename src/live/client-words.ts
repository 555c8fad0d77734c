import type { Socket } from 'socket.io';
import type { Logger } from '../log.js';
import type { ClientToServer, LiveRefusal, ServerToClient } from './live-events.js';
import type { Visitor } from './live-entry.js';

/**
 * Hears what a client says. There is one word, and only of those who look at a board; everything else is answered
 * with a code when an answer was asked for, does nothing, and is logged once for each connection.
 */
export function listenToClient(
  socket: Socket<ClientToServer, ServerToClient, object, { visitor: Visitor }>,
  {
    onWatching,
    log,
  }: {
    /** Undefined for those who may not say it. */
    onWatching: ((isVisible: boolean) => void) | undefined;
    log: Logger;
  },
): void {
  let isLogged = false;
  socket.onAny((name: string, ...told: unknown[]) => {
    const [first] = told;
    if (name === 'watching' && onWatching && typeof first === 'boolean') {
      onWatching(first);
      return;
    }
    const answer = told.at(-1);
    const code: LiveRefusal = 'forbidden';
    if (typeof answer === 'function') (answer as (refusal: { code: string }) => void)({ code });
    if (isLogged) return;
    isLogged = true;
    const { session, organizationId } = socket.data.visitor;
    log.warn(
      { event: 'live.refused', code, userId: session?.userId, sessionId: session?.id, organizationId },
      'a screen sent what it may not',
    );
  });
}
