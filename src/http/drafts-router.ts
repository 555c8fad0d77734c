import { z } from 'zod';
import type { Clock } from '../clock.js';
import type { DraftStore } from '../users/draft-store.js';
import { readBody, readParameters } from './parameters.js';
import { route, whoIsIn, type Route } from './route.js';

export interface DraftsSource {
  drafts: DraftStore;
  clock: Clock;
}

const place = z.object({
  form: z.string().regex(/^[a-zA-Z]{1,32}$/, 'a form'),
  subject: z.string().regex(/^[\w-]{1,40}$/, 'an id'),
});
const longestBody = 60_000;
const draftBody = z.strictObject({
  body: z.json().refine((body) => JSON.stringify(body).length <= longestBody, 'too long for a draft'),
});

/** Forms that somebody has begun: each person's own, and nobody else's. */
export function draftsRoutes({ drafts, clock }: DraftsSource): Route[] {
  const path = '/drafts/:form/:subject';
  return [
    route({ method: 'get', path, permission: 'self' }, async (request, response, asking) => {
      const { form, subject } = readParameters(place, request.params);
      const draft = await drafts.find(whoIsIn(asking).user.id, form, subject);
      // Most forms have none: that is no fault.
      response.json(draft ? { draft } : {});
    }),
    route({ method: 'put', path, permission: 'self' }, async (request, response, asking) => {
      const { form, subject } = readParameters(place, request.params);
      const { body } = readBody(draftBody, request);
      const savedAt = clock();
      await drafts.save(whoIsIn(asking).user.id, form, subject, body, savedAt);
      response.json({ savedAt });
    }),
    route({ method: 'delete', path, permission: 'self' }, async (request, response, asking) => {
      const { form, subject } = readParameters(place, request.params);
      await drafts.drop(whoIsIn(asking).user.id, form, subject);
      response.status(204).end();
    }),
  ];
}
