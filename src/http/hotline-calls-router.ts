import { z } from 'zod';
import { boundsOfDay, localDate } from '../checkins/local-day.js';
import type { Clock } from '../clock.js';
import type { CallListStore } from '../hotline/call-list-store.js';
import type { KpiStore } from '../hotline/kpi-store.js';
import { kpisOf } from '../hotline/kpis.js';
import type { PlaceStore } from '../users/place-store.js';
import { narrowTo } from './acting.js';
import { ApiError } from './api-error.js';
import { idParameter, readParameters } from './parameters.js';
import { route, type Route } from './route.js';

const mostCalls = 1000;
const longestSpanMs = 31 * 86_400_000;

const lineParameters = z.object({ id: idParameter });
const kpiQuery = z.object({ window: z.enum(['15', '30', 'day']).default('30') });
const moment = z.iso
  .datetime({ offset: true, error: 'a moment such as 2026-11-24T10:00:00+09:00' })
  .transform((text) => new Date(text));
const callsQuery = z
  .object({ from: moment, to: moment, line: idParameter.optional() })
  .refine(({ from, to }) => from < to && to.getTime() - from.getTime() <= longestSpanMs, {
    path: ['to'],
    message: 'after from, by at most 31 days',
  });

const missing = { code: 'noSuchLine', message: 'There is no such line.' };

export interface HotlineCallsSource {
  kpis: Pick<KpiStore, 'line' | 'facts'>;
  calls: Pick<CallListStore, 'arrivedBetween'>;
  places: Pick<PlaceStore, 'ofLine'>;
  clock: Clock;
}

/** The hotline's calls as they were, and the figures of a line. */
export function hotlineCallsRoutes({ kpis, calls, places, clock }: HotlineCallsSource): Route[] {
  return [
    route(
      {
        method: 'get',
        path: '/hotline/lines/:id/kpis',
        input: { query: kpiQuery },
        permission: 'figures.see',
        scope: ({ params }) => places.ofLine(readParameters(lineParameters, params).id),
        missing,
      },
      async (request, response) => {
        const { id } = readParameters(lineParameters, request.params);
        const { window } = readParameters(kpiQuery, request.query);
        const line = await kpis.line(id);
        if (!line) throw new ApiError(404, missing.code, missing.message);
        const until = clock();
        const from =
          window === 'day'
            ? boundsOfDay(localDate(until, line.timeZone), line.timeZone).from
            : new Date(until.getTime() - Number(window) * 60_000);
        const figures = kpisOf(await kpis.facts(line, from, until));
        response.json({ lineId: id, name: line.name, window, from, until, figures });
      },
    ),
    route(
      {
        method: 'get',
        path: '/hotline/calls',
        permission: 'call.see',
        scope: 'narrowed',
        input: { query: callsQuery },
      },
      async ({ query }, response, asking) => {
        const { from, to, line } = readParameters(callsQuery, query);
        const found = await calls.arrivedBetween({
          ...{ from, until: to, lineId: line, limit: mostCalls + 1 },
          organizationId: narrowTo(asking, 'call.see'),
        });
        response.json({ calls: found.slice(0, mostCalls), isComplete: found.length <= mostCalls });
      },
    ),
  ];
}
