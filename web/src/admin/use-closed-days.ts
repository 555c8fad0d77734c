import { ask } from '../api/client';
import { useNotices } from '../kit/notices';
import { useAction } from '../kit/use-action';
import { dayInWords } from '../text/dates';
import { useText } from '../text/text';

interface Changed {
  changed: { stationId: number; date: string }[];
  arePlanned: boolean;
}

/** Closing and opening days of stations and lines; each offers to take back exactly what it changed. */
export function useClosedDays(tenantId: number, reload: () => Promise<void>) {
  const { say, language } = useText();
  const { tell } = useNotices();
  const address = `/organizations/${tenantId}`;
  const said = (closing: boolean, dates: readonly string[]): string => {
    const days = [...new Set(dates)].map((date) => dayInWords(date, language)).join('、');
    return say(closing ? 'hours.closed' : 'hours.opened', { days });
  };
  const change = (
    closing: boolean,
    stationIds: readonly number[],
    dates: readonly string[],
  ): Promise<Changed> =>
    ask<Changed>('POST', `${address}/${closing ? 'closed-days' : 'open-days'}`, { stationIds, dates });
  const changeLine = (closing: boolean, lineId: number, date: string): Promise<unknown> => {
    const where = `${address}/lines/${lineId}/closed-days/${date}`;
    return closing ? ask('PUT', where, {}) : ask('DELETE', where);
  };

  const undo = useAction(async (closing: boolean, changed: Changed['changed']) => {
    for (const date of new Set(changed.map((one) => one.date))) {
      const stationIds = changed.filter((one) => one.date === date).map(({ stationId }) => stationId);
      await change(closing, stationIds, [date]);
    }
    await reload();
    tell(say('action.undone'));
  });
  const setDays = useAction(
    async (closing: boolean, stationIds: readonly number[], dates: readonly string[]) => {
      const { changed, arePlanned } = await change(closing, stationIds, dates);
      await reload();
      if (changed.length === 0) return;
      const text = said(
        closing,
        changed.map(({ date }) => date),
      );
      tell(arePlanned ? `${text} ${say('hours.planned')}` : text, () => void undo.run(!closing, changed));
    },
  );
  const undoLine = useAction(async (closing: boolean, lineId: number, date: string) => {
    await changeLine(closing, lineId, date);
    await reload();
    tell(say('action.undone'));
  });
  const setLineDay = useAction(async (closing: boolean, lineId: number, date: string) => {
    await changeLine(closing, lineId, date);
    await reload();
    tell(said(closing, [date]), () => void undoLine.run(!closing, lineId, date));
  });
  return { setDays, setLineDay };
}
