import { useCallback, useRef, useState } from 'react';
import { tellFailure } from '../api/client';
import { useText } from '../text/text';
import { useNotices } from './notices';

/**
 * Something a button does: once at a time, however often it is clicked; what goes wrong is said in a notice.
 *
 * @returns `run` settles with whether it went well
 */
export function useAction<Given extends unknown[]>(
  work: (...given: Given) => Promise<void>,
): { run: (...given: Given) => Promise<boolean>; isBusy: boolean } {
  const { say } = useText();
  const { warn } = useNotices();
  const [isBusy, setBusy] = useState(false);
  const busy = useRef(false);
  const run = useCallback(
    async (...given: Given): Promise<boolean> => {
      if (busy.current) return false;
      busy.current = true;
      setBusy(true);
      try {
        await work(...given);
        return true;
      } catch (error) {
        warn(tellFailure(error, say));
        return false;
      } finally {
        busy.current = false;
        setBusy(false);
      }
    },
    [work, warn, say],
  );
  return { run, isBusy };
}
