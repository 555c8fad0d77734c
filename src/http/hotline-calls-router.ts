import { Router } from 'express';
import { z } from 'zod';
import { boundsOfDay, localDate } from '../checkins/local-day.js';
import type { Clock } from '../clock.js';
import type { CallListStore } from '../hotline/call-list-store.js';
import type { KpiStore } from '../hotline/kpi-store.js';
import { kpisOf } from '../hotline/kpis.js';
import { ApiError } from './api-error.js';
import { idParameter, readParameters } from './parameters.js';

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

export interface HotlineCallsSource {
  kpis: Pick<KpiStore, 'line' | 'facts'>;
  calls: Pick<CallListStore, 'arrivedBetween'>;
  clock: Clock;
}

/** The hotline's calls as they were, and the figures of a line. Goes behind the token, below /api. */
export function hotlineCallsRouter({ kpis, calls, clock }: HotlineCallsSource): Router {
  const router = Router();
  router.get('/hotline/lines/:id/kpis', async (request, response) => {
    const { id } = readParameters(lineParameters, request.params);
    const { window } = readParameters(kpiQuery, request.query);
    const line = await kpis.line(id);
    if (!line) throw new ApiError(404, 'noSuchLine', `There is no line ${id}.`);
    const until = clock();
    const from =
      window === 'day'
        ? boundsOfDay(localDate(until, line.timeZone), line.timeZone).from
        : new Date(until.getTime() - Number(window) * 60_000);
    const figures = kpisOf(await kpis.facts(line, from, until));
    response.json({ lineId: id, name: line.name, window, from, until, figures });
  });
  router.get('/hotline/calls', async (request, response) => {
    const { from, to, line } = readParameters(callsQuery, request.query);
    const found = await calls.arrivedBetween({ from, until: to, lineId: line, limit: mostCalls + 1 });
    response.json({ calls: found.slice(0, mostCalls), isComplete: found.length <= mostCalls });
  });
  return router;
}
