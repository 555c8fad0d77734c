import { z } from 'zod';
import type { TimelineStore } from '../checkins/timeline-store.js';
import type { RecordLook } from '../users/looks.js';
import type { PlaceStore } from '../users/place-store.js';
import { ApiError } from './api-error.js';
import { idParameter, readParameters } from './parameters.js';
import { route, type Route } from './route.js';

const checkinParameters = z.object({ id: idParameter });
const missing = { code: 'noSuchCheckin', message: 'There is no such check-in.' };

export interface CheckInsSource {
  timelines: Pick<TimelineStore, 'of'>;
  places: Pick<PlaceStore, 'ofCheckin'>;
  recordLook: RecordLook;
}

/** How a check-in went. */
export function checkInsRoutes({ timelines, places, recordLook }: CheckInsSource): Route[] {
  return [
    route(
      {
        method: 'get',
        path: '/check-ins/:id/timeline',
        permission: 'checkin.see',
        scope: ({ params }) => places.ofCheckin(readParameters(checkinParameters, params).id),
        missing,
      },
      async (request, response, { signedIn, reason }) => {
        const { id } = readParameters(checkinParameters, request.params);
        const timeline = await timelines.of(id);
        if (!timeline) throw new ApiError(404, missing.code, missing.message);
        const { organizationId } = timeline;
        const whom = { subject: 'checkin', subjectId: id, organizationId } as const;
        await recordLook(signedIn?.user.id, 'checkin.see', whom, reason);
        response.json(timeline);
      },
    ),
  ];
}
