import { json, Router } from 'express';
import { z } from 'zod';
import type { Organization } from '../organizations/organization-store.js';
import type { Screens } from '../wallboard/screens.js';
import { wallboardSettingsSchema, type WallboardSettings } from '../wallboard/wallboard-settings.js';
import { ApiError } from './api-error.js';
import { idParameter, readParameters } from './parameters.js';

export interface WallboardSource {
  organizations: () => readonly Organization[];
  settings: (organizationId: number) => Promise<WallboardSettings>;
  saveSettings: (organizationId: number, settings: WallboardSettings) => Promise<void>;
  screens: Screens;
}

const ofOrganization = z.object({ organization: idParameter });
const ofScreen = z.object({ organization: idParameter, id: idParameter });
const pairBody = z.object({
  /** As people type it: full-width digits and spaces too. */
  code: z.string().min(1).max(40),
  name: z.string().trim().min(1, 'a name, such as where it hangs').max(100),
});

/** What a tenant's board shows, and which television sets show it. Goes behind the token, below /api. */
export function wallboardRouter({ organizations, settings, saveSettings, screens }: WallboardSource): Router {
  const router = Router();
  const body = json({ limit: '10kb' });
  const organizationOf = (parameters: unknown): number => {
    const { organization } = readParameters(ofOrganization, parameters);
    if (organizations().some(({ id }) => id === organization)) return organization;
    throw new ApiError(404, 'noSuchOrganization', 'There is no such organization.');
  };

  router.get('/wallboards', (_request, response) => {
    response.json(organizations().map(({ id, name, timeZone }) => ({ id, name, timeZone })));
  });
  router.get('/wallboards/:organization/settings', async (request, response) => {
    response.json(await settings(organizationOf(request.params)));
  });
  router.put('/wallboards/:organization/settings', body, async (request, response) => {
    const organization = organizationOf(request.params);
    await saveSettings(organization, readParameters(wallboardSettingsSchema, request.body ?? {}));
    response.json(await settings(organization));
  });

  router.get('/wallboards/:organization/screens', async (request, response) => {
    response.json(await screens.list(organizationOf(request.params)));
  });
  router.post('/wallboards/:organization/screens', body, async (request, response) => {
    const organization = organizationOf(request.params);
    const { code, name } = readParameters(pairBody, request.body ?? {});
    if (!(await screens.pair(code, organization, name))) {
      throw new ApiError(404, 'noSuchCode', 'No screen shows this code now; it may have a newer one.');
    }
    response.status(201).json(await screens.list(organization));
  });
  router.delete('/wallboards/:organization/screens/:id', async (request, response) => {
    const organization = organizationOf(request.params);
    const { id } = readParameters(ofScreen, request.params);
    if (!(await screens.revoke(id, organization))) {
      throw new ApiError(404, 'noSuchScreen', 'There is no such screen.');
    }
    response.status(204).end();
  });
  return router;
}

const stateBody = z.object({ token: z.string().min(1).max(100) });

/** For television sets that nobody has let in yet: open to everybody, below /api. */
export function screensRouter({ screens }: Pick<WallboardSource, 'screens'>): Router {
  const router = Router();
  const body = json({ limit: '1kb' });
  router.post('/screens', async (_request, response) => {
    const begun = await screens.begin();
    if (!begun) throw new ApiError(429, 'slowDown', 'Too many screens wait to be let in; try again later.');
    response.status(201).json(begun);
  });
  // The token comes in the body, so that no log keeps it.
  router.post('/screens/state', body, async (request, response) => {
    const { token } = readParameters(stateBody, request.body ?? {});
    response.json({ state: await screens.state(token) });
  });
  return router;
}
