import { useEffect } from 'react';
import type { CounsellorView } from '../../../src/hotline/picture-view';
import { ask } from '../api/client';
import { cardDesk } from './card-desk';

/** The card of an answered call usually comes by itself well before this. */
const patienceMs = 2000;

/**
 * Fetches the card of the call that one is on, when nobody told of it: the page was opened, or connected again,
 * after the call was answered.
 *
 * @param onFound told once for each such card
 */
export function useMissedCard(
  organizationId: number,
  own: CounsellorView | undefined,
  onFound: (cardId: number) => void,
): void {
  const callId = own?.state === 'talking' ? own.callId : null;
  useEffect(() => {
    if (callId === null) return undefined;
    const timer = setTimeout(() => {
      if (cardDesk.all().some((open) => open.callId === callId)) return;
      const path = `/organizations/${organizationId}/calls/${encodeURIComponent(callId)}/card`;
      ask<{ cardId: number }>('GET', path)
        .then(async ({ cardId }) => {
          await cardDesk.load(cardId, callId);
          onFound(cardId);
        })
        // There may be none: the list of unfinished cards shows what there is.
        .catch(() => undefined);
    }, patienceMs);
    return () => clearTimeout(timer);
  }, [organizationId, callId, onFound]);
}
