import { useCallback, useEffect, useRef, useState } from 'react';
import { ask } from '../api/client';

export type DraftState =
  | { kind: 'idle' }
  | { kind: 'saved'; at: Date }
  /** There is no connection, or nobody is logged in: it is tried again until it works. */
  | { kind: 'unsaved' };

export interface Draft<Value> {
  state: DraftState;
  /** What was found of an earlier time, to be put into the form; undefined when there is none. */
  found: { value: Value; at: Date } | undefined;
  /** False until it is known whether there is one. */
  isKnown: boolean;
  /** Saves at once; for when a field is left. */
  flush: () => void;
  /** Forgets it: the form was sent, or given up. */
  drop: () => Promise<void>;
}

const saveAfterMs = 2500;
const tryAgainMs = 4000;

/**
 * Keeps what is typed into a form on the server, so that nothing is lost with a session, a connection or a browser.
 *
 * @param value what the form holds; undefined while nobody has changed anything
 * @param isMine whether what was found has the form of this form
 */
export function useDraft<Value>(
  form: string,
  subject: string,
  value: Value | undefined,
  isMine: (found: unknown) => found is Value,
): Draft<Value> {
  const path = `/drafts/${form}/${subject}`;
  const [state, setState] = useState<DraftState>({ kind: 'idle' });
  const [found, setFound] = useState<{ value: Value; at: Date }>();
  const [isKnown, setKnown] = useState(false);
  const latest = useRef<string | undefined>(undefined);
  const saved = useRef<string | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isOver = useRef(false);
  const check = useRef(isMine);

  useEffect(() => {
    let isCurrent = true;
    isOver.current = false;
    const look = (): void => {
      ask<{ draft?: { body: unknown; savedAt: string } }>('GET', path)
        .then(({ draft }) => {
          if (!isCurrent) return;
          if (draft && check.current(draft.body)) {
            saved.current = JSON.stringify(draft.body);
            setFound({ value: draft.body, at: new Date(draft.savedAt) });
          }
          setKnown(true);
        })
        .catch(() => {
          if (isCurrent) setTimeout(look, tryAgainMs);
        });
    };
    look();
    return () => {
      isCurrent = false;
    };
  }, [path]);

  const save = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current);
    const text = latest.current;
    if (text === undefined || text === saved.current || isOver.current) return;
    try {
      const { savedAt } = await ask<{ savedAt: string }>('PUT', path, { body: JSON.parse(text) as unknown });
      saved.current = text;
      if (!isOver.current) setState({ kind: 'saved', at: new Date(savedAt) });
    } catch {
      if (isOver.current) return;
      setState({ kind: 'unsaved' });
      timer.current = setTimeout(() => void save(), tryAgainMs);
    }
  }, [path]);

  const text = value === undefined ? undefined : JSON.stringify(value);
  useEffect(() => {
    latest.current = text;
    if (text === undefined || text === saved.current) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void save(), saveAfterMs);
  }, [text, save]);

  useEffect(() => {
    const saveNow = (): void => void save();
    document.addEventListener('visibilitychange', saveNow);
    return () => {
      document.removeEventListener('visibilitychange', saveNow);
      void save();
    };
  }, [save]);

  const drop = useCallback(async () => {
    isOver.current = true;
    clearTimeout(timer.current);
    setState({ kind: 'idle' });
    setFound(undefined);
    await ask('DELETE', path).catch(() => undefined);
    saved.current = latest.current;
    isOver.current = false;
  }, [path]);
  return { state, found, isKnown, flush: () => void save(), drop };
}
