import { useCallback, useEffect, useRef, useState } from 'react';
import { ask } from '../api/client';

export interface Answered<Answer> {
  /** What was last heard; it stays when a later question fails. */
  answer: Answer | undefined;
  /** When it was heard. */
  at: Date | undefined;
  /** Why the last question has no answer. */
  failure: unknown;
  isLoading: boolean;
  reload: () => Promise<void>;
  /** Puts in place what is known to be true now, without asking. */
  replace: (answer: Answer) => void;
}

interface Heard<Answer> {
  path: string | undefined;
  answer?: Answer | undefined;
  at?: Date | undefined;
  failure?: unknown;
}

/**
 * What the service answers at an address, asked when the page opens and again every so often while it is seen.
 *
 * @param path below /api; undefined: nothing is asked yet
 */
export function useAnswer<Answer>(
  path: string | undefined,
  { everyMs, reason }: { everyMs?: number; reason?: string | undefined } = {},
): Answered<Answer> {
  const [heard, setHeard] = useState<Heard<Answer>>({ path });
  const latest = useRef(0);
  const reload = useCallback(async () => {
    if (path === undefined) return;
    const question = ++latest.current;
    try {
      const answer = await ask<Answer>('GET', path, undefined, reason);
      if (question === latest.current) setHeard({ path, answer, at: new Date() });
    } catch (failure) {
      if (question !== latest.current) return;
      // What was heard of another address says nothing about this one.
      setHeard((before) => (before.path === path ? { ...before, failure } : { path, failure }));
    }
  }, [path, reason]);
  useEffect(() => {
    const first = setTimeout(() => void reload());
    if (everyMs === undefined) return () => clearTimeout(first);
    const again = setInterval(() => {
      if (document.visibilityState === 'visible') void reload();
    }, everyMs);
    return () => {
      clearTimeout(first);
      clearInterval(again);
    };
  }, [reload, everyMs]);
  const replace = useCallback(
    (answer: Answer) => {
      latest.current++;
      setHeard({ path, answer, at: new Date() });
    },
    [path],
  );
  const known = heard.path === path ? heard : { path };
  const isLoading = path !== undefined && known.answer === undefined && known.failure === undefined;
  return { answer: known.answer, at: known.at, failure: known.failure, isLoading, reload, replace };
}
