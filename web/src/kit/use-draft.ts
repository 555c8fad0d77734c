import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ask } from '../api/client';
import { DraftSaver, type DraftState } from './draft-saver';

export interface Draft {
  state: DraftState;
  /** False until it is known whether there is one of an earlier time. */
  isKnown: boolean;
  /** Saves at once; for when a field is left. */
  flush: () => void;
  /** Forgets it: the form was sent, or given up. */
  drop: () => Promise<void>;
}

const askAgainMs = 4000;

/**
 * Keeps what is typed into a form on the server, so that nothing is lost with a session, a connection or a browser.
 *
 * @param value what the form holds; undefined while nobody has changed anything
 * @param isMine whether what was found has the form of this form
 * @param onFound told once of what an earlier time has left, to be put into the form
 */
export function useDraft<Value>(
  form: string,
  subject: string,
  value: Value | undefined,
  isMine: (found: unknown) => found is Value,
  onFound: (found: Value, at: Date) => void,
): Draft {
  const path = `/drafts/${form}/${subject}`;
  const [state, setState] = useState<DraftState>({ kind: 'idle' });
  const [isKnown, setKnown] = useState(false);
  const saver = useMemo(() => new DraftSaver(path, setState), [path]);
  const latest = useRef({ isMine, onFound });
  useEffect(() => {
    latest.current = { isMine, onFound };
  });

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isCurrent = true;
    const look = (): void => {
      ask<{ draft?: { body: unknown; savedAt: string } }>('GET', path)
        .then(({ draft }) => {
          if (!isCurrent) return;
          if (draft && latest.current.isMine(draft.body)) {
            saver.know(JSON.stringify(draft.body));
            latest.current.onFound(draft.body, new Date(draft.savedAt));
          }
          setKnown(true);
        })
        .catch(() => {
          if (isCurrent) timer = setTimeout(look, askAgainMs);
        });
    };
    look();
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [path, saver]);

  const text = value === undefined ? undefined : JSON.stringify(value);
  useEffect(() => saver.offer(text), [saver, text]);
  useEffect(() => {
    document.addEventListener('visibilitychange', saver.flush);
    return () => {
      document.removeEventListener('visibilitychange', saver.flush);
      saver.flush();
    };
  }, [saver]);
  const drop = useCallback(() => saver.drop(), [saver]);
  return { state, isKnown, flush: saver.flush, drop };
}
