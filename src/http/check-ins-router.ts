import { Router } from 'express';
import { z } from 'zod';
import type { TimelineStore } from '../checkins/timeline-store.js';
import { ApiError } from './api-error.js';
import { idParameter, readParameters } from './parameters.js';

const checkinParameters = z.object({ id: idParameter });

/** How a check-in went. */
export function checkInsRouter({ timelines }: { timelines: Pick<TimelineStore, 'of'> }): Router {
  const router = Router();
  router.get('/check-ins/:id/timeline', async (request, response) => {
    const { id } = readParameters(checkinParameters, request.params);
    const timeline = await timelines.of(id);
    if (!timeline) throw new ApiError(404, 'noSuchCheckin', `There is no check-in ${id}.`);
    response.json(timeline);
  });
  return router;
}
