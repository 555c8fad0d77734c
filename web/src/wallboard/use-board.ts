import { useEffect, useRef, useState } from 'react';
import { io, type Socket } from 'socket.io-client';
import type { ClientToServer, LiveLogin, ServerToClient } from '../../../src/live/live-events';
import type { WallboardView } from '../../../src/wallboard/wallboard-view';

export interface LiveBoard {
  view: WallboardView | undefined;
  /** When the view came, by this page's own clock (`performance.now()`). */
  cameAt: number;
  /** What the service's clock is ahead of ours; its moments are counted by it. */
  aheadMs: number;
  isConnected: boolean;
  /** The service has turned us away: trying again is of no use. */
  isRefused: boolean;
}

const nothing: LiveBoard = { view: undefined, cameAt: 0, aheadMs: 0, isConnected: false, isRefused: false };
const tryAgainMs = 1500;

/** Follows a board. Each message is a whole one, so that a lost one is made good by the next. */
export function useBoard(login: LiveLogin | undefined): LiveBoard {
  const [board, setBoard] = useState(nothing);
  const key = JSON.stringify(login);
  const last = useRef(key);
  useEffect(() => {
    if (last.current !== key) setBoard(nothing);
    last.current = key;
    if (!login) return undefined;
    const socket: Socket<ServerToClient, ClientToServer> = io({
      path: '/live',
      auth: login,
      transports: ['websocket', 'polling'],
      reconnectionDelay: 300,
      reconnectionDelayMax: tryAgainMs,
      timeout: 4000,
    });
    let again: number | undefined;
    // A board that is seen keeps its login; nobody types anything at one.
    const tellSeen = (): void => {
      if (socket.connected) socket.emit('watching', document.visibilityState === 'visible');
    };
    socket.on('connect', tellSeen);
    document.addEventListener('visibilitychange', tellSeen);
    socket.on('wallboard', (view) => {
      const aheadMs = new Date(view.asOf).getTime() - Date.now();
      setBoard({ view, cameAt: performance.now(), aheadMs, isConnected: true, isRefused: false });
    });
    socket.on('disconnect', (reason) => {
      setBoard((before) => ({ ...before, isConnected: false }));
      // Cut off on purpose: whether we may come back is told when we try.
      if (reason === 'io server disconnect') socket.connect();
    });
    socket.on('connect_error', ({ message }) => {
      const isRefused = message === 'unauthorized' || message === 'forbidden';
      setBoard((before) => ({ ...before, isConnected: false, isRefused }));
      // Socket.IO tries again by itself unless it was an answer of the service, such as one while it starts.
      if (!isRefused && !socket.active) again = window.setTimeout(() => socket.connect(), tryAgainMs);
    });
    return () => {
      window.clearTimeout(again);
      document.removeEventListener('visibilitychange', tellSeen);
      socket.disconnect();
    };
    // The key stands for the login's content.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
  return board;
}
