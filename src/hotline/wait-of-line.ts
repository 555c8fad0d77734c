import type { Line } from './line.js';
import type { KpiStore } from './kpi-store.js';
import { wrapUpEnd } from './picture-view.js';
import type { PresentCounsellor, QueuePicture } from './queue-picture.js';
import type { TaskStore } from './task-store.js';
import { estimateWaitMinutes } from './wait-estimate.js';

/** Minutes that a caller who joins the line now will wait; undefined when that can't be said. */
export async function waitOfLine(
  line: Pick<Line, 'id' | 'slot' | 'organizationId'>,
  at: Date,
  parts: {
    picture: QueuePicture;
    tasks: Pick<TaskStore, 'unsettled'>;
    kpis: Pick<KpiStore, 'recentTalkSeconds'>;
    wrapUpSeconds: number;
  },
): Promise<number | undefined> {
  const { picture, tasks, kpis, wrapUpSeconds } = parts;
  if (!picture.heard) return undefined;
  const present = picture.counsellors.filter(
    ({ memberships, state }) =>
      state !== 'unreachable' && memberships.some(({ slot, paused }) => slot === line.slot && !paused),
  );
  const wrapsUp = (one: PresentCounsellor): boolean => (wrapUpEnd(one, wrapUpSeconds) ?? at) > at;
  const free = present.filter((one) => one.state === 'free' && !wrapsUp(one));
  const due = (await tasks.unsettled(line.organizationId)).filter(
    ({ lineId, kind, state, dueAt }) =>
      lineId === line.id && kind === 'callBack' && state === 'open' && dueAt <= at,
  );
  return estimateWaitMinutes({
    waiting: picture.waiting.filter(({ slot }) => slot === line.slot).length,
    callBacksDue: due.length,
    counsellorsPresent: present.length,
    counsellorsFree: free.length,
    recentTalkSeconds: await kpis.recentTalkSeconds(line.id, at),
  });
}
