import { Router } from 'express';
import { z } from 'zod';
import type { LedgerStore } from '../checkins/ledger-store.js';
import { localDate } from '../checkins/local-day.js';
import type { Clock } from '../clock.js';
import { ApiError } from './api-error.js';
import { dateParameter, idParameter, readParameters } from './parameters.js';

const dayParameters = z.object({ id: idParameter, date: dateParameter });

/** The stations, and the ledger of a station's day. */
export function stationsRouter({
  ledgers,
  clock,
}: {
  ledgers: Pick<LedgerStore, 'stations' | 'day'>;
  clock: Clock;
}): Router {
  const router = Router();
  router.get('/stations', async (_request, response) => {
    const now = clock();
    const stations = await ledgers.stations();
    response.json(stations.map((station) => ({ ...station, today: localDate(now, station.timeZone) })));
  });
  router.get('/stations/:id/days/:date', async (request, response) => {
    const { id, date } = readParameters(dayParameters, request.params);
    const ledger = await ledgers.day(id, date, clock());
    if (!ledger) throw new ApiError(404, 'noSuchStation', `There is no station ${id}.`);
    response.json(ledger);
  });
  return router;
}
