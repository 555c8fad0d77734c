import { useEffect, useRef, useState } from 'react';
import { io, type Socket } from 'socket.io-client';
import type { PictureView } from '../../../src/hotline/picture-view';
import type { LiveCall, ServerToClient } from '../../../src/live/live-events';

export interface LiveHotline {
  picture: PictureView | undefined;
  isConnected: boolean;
  /** The service has turned us away: one has to log in again. */
  isRefused: boolean;
  /** What the service's clock is ahead of ours. */
  aheadMs: number;
}

const nothing: LiveHotline = { picture: undefined, isConnected: false, isRefused: false, aheadMs: 0 };

/**
 * Follows the hotline's picture and the calls that are answered.
 *
 * @param organizationId undefined: nobody follows anything
 * @param again another number connects anew, such as after a login
 */
export function useHotline(
  organizationId: number | undefined,
  again: number,
  onCall: (call: LiveCall) => void,
): LiveHotline {
  const [live, setLive] = useState(nothing);
  const told = useRef(onCall);
  useEffect(() => {
    told.current = onCall;
  }, [onCall]);
  useEffect(() => {
    if (organizationId === undefined) return undefined;
    const socket: Socket<ServerToClient> = io({
      path: '/live',
      auth: { organizationId },
      transports: ['websocket', 'polling'],
      reconnectionDelay: 300,
      reconnectionDelayMax: 1500,
      timeout: 4000,
    });
    let timer: number | undefined;
    socket.on('picture', (picture) => {
      const aheadMs = Date.parse(picture.asOf) - Date.now();
      setLive({ picture, isConnected: true, isRefused: false, aheadMs });
    });
    socket.on('call', (call) => told.current(call));
    socket.on('disconnect', (reason) => {
      setLive((before) => ({ ...before, isConnected: false }));
      if (reason === 'io server disconnect') socket.connect();
    });
    socket.on('connect_error', ({ message }) => {
      const isRefused = message === 'unauthorized';
      setLive((before) => ({ ...before, isConnected: false, isRefused }));
      if (!isRefused && !socket.active) timer = window.setTimeout(() => socket.connect(), 1500);
    });
    return () => {
      window.clearTimeout(timer);
      socket.disconnect();
    };
  }, [organizationId, again]);
  return live;
}
