import { useEffect, useState } from 'react';
import { ask } from '../api/client';

const beatEveryMs = 8000;

/** Says every few seconds that this record is open here, and hears who else has it open. */
export function useEditors(subscriberId: number, mayEdit: boolean): string[] {
  const [others, setOthers] = useState<string[]>([]);
  useEffect(() => {
    if (!mayEdit) return;
    const path = `/subscribers/${subscriberId}/editing`;
    const beat = (): void => {
      ask<{ others: string[] }>('POST', path, {})
        .then((answer) => setOthers(answer.others))
        // Not being told is no reason to say something wrong.
        .catch(() => setOthers([]));
    };
    beat();
    const timer = setInterval(beat, beatEveryMs);
    return () => {
      clearInterval(timer);
      ask('POST', path, { leaving: true }).catch(() => undefined);
    };
  }, [subscriberId, mayEdit]);
  return others;
}
