import { useCallback, useEffect, useState } from 'react';
import { ask } from '../api/client';
import type { CallTold } from './told';

const everyMs = 1000;

export interface CallUnderWay {
  name: string;
  call: CallTold;
}

/** The call that was made by click from this page, followed until it is over. */
export function useCall(onEnded: () => void): {
  current: CallUnderWay | undefined;
  /** @throws ApiFailure */
  start: (subscriberId: number, name: string, position?: number) => Promise<void>;
  forget: () => void;
} {
  const [current, setCurrent] = useState<CallUnderWay>();
  const id = current?.call.state === 'ended' ? undefined : current?.call.id;
  useEffect(() => {
    if (id === undefined) return undefined;
    let gone = false;
    const look = async (): Promise<void> => {
      // A gap in the network: the next look tells.
      const call = await ask<CallTold>('GET', `/station-calls/${id}`).catch(() => undefined);
      if (gone || !call) return;
      setCurrent((now) => now && { ...now, call });
      if (call.state === 'ended') onEnded();
    };
    const timer = setInterval(() => void look(), everyMs);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [id, onEnded]);
  const start = useCallback(async (subscriberId: number, name: string, position?: number) => {
    const body = position === undefined ? {} : { position };
    const call = await ask<CallTold>('POST', `/subscribers/${subscriberId}/call`, body);
    setCurrent({ name, call });
  }, []);
  const forget = useCallback(() => setCurrent(undefined), []);
  return { current, start, forget };
}
