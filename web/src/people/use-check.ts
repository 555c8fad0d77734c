import { useEffect, useState } from 'react';
import { ask } from '../api/client';
import type { Checked } from './types';

const checkAfterMs = 500;

/** What the service says about a form while it is filled in. */
export function useCheck(
  stationId: number | undefined,
  person: Record<string, unknown>,
  except?: number,
): Checked | undefined {
  const [checked, setChecked] = useState<Checked>();
  const text = JSON.stringify({ stationId, person, except });
  useEffect(() => {
    if (stationId === undefined) return;
    let isCurrent = true;
    const timer = setTimeout(() => {
      ask<Checked>('POST', '/subscribers/check', JSON.parse(text))
        .then((answer) => {
          if (isCurrent) setChecked(answer);
        })
        // It is only a help: what is wrong is said again when the form is sent.
        .catch(() => undefined);
    }, checkAfterMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [text, stationId]);
  return checked;
}
