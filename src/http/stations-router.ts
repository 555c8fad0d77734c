import { z } from 'zod';
import type { LedgerStore } from '../checkins/ledger-store.js';
import { localDate } from '../checkins/local-day.js';
import type { Clock } from '../clock.js';
import type { RecordLook } from '../users/looks.js';
import { mayDo } from '../users/permissions.js';
import type { PlaceStore } from '../users/place-store.js';
import { ApiError } from './api-error.js';
import { dateParameter, idParameter, readParameters } from './parameters.js';
import { route, type Route } from './route.js';

const stationParameters = z.object({ id: idParameter });
const dayParameters = z.object({ id: idParameter, date: dateParameter });
const missing = { code: 'noSuchStation', message: 'There is no such station.' };

export interface StationsSource {
  ledgers: Pick<LedgerStore, 'stations' | 'day'>;
  places: Pick<PlaceStore, 'ofStation'>;
  recordLook: RecordLook;
  clock: Clock;
}

/** The stations, and the ledger of a station's day. */
export function stationsRoutes({ ledgers, places, recordLook, clock }: StationsSource): Route[] {
  return [
    route(
      { method: 'get', path: '/stations', permission: 'station.see', scope: 'narrowed' },
      async (_request, response, { actor }) => {
        const now = clock();
        const stations = (await ledgers.stations()).filter(({ id, organizationId }) =>
          mayDo(actor, 'station.see', { organizationId, stationId: id }),
        );
        response.json(stations.map((station) => ({ ...station, today: localDate(now, station.timeZone) })));
      },
    ),
    route(
      {
        method: 'get',
        path: '/stations/:id/days/:date',
        input: { params: dayParameters },
        permission: 'ledger.see',
        scope: ({ params }) => places.ofStation(readParameters(stationParameters, params).id),
        missing,
      },
      async (request, response, { signedIn, reason }) => {
        const { id, date } = readParameters(dayParameters, request.params);
        const ledger = await ledgers.day(id, date, clock());
        if (!ledger) throw new ApiError(404, missing.code, missing.message);
        const { organizationId } = ledger.station;
        const whom = { subject: 'station', subjectId: id, organizationId } as const;
        await recordLook(signedIn?.user.id, 'ledger.see', whom, reason);
        response.json(ledger);
      },
    ),
  ];
}
