import { z } from 'zod';
import type { Organization } from '../organizations/organization-store.js';
import { mayDo, type Scope } from '../users/permissions.js';
import type { Screens } from '../wallboard/screens.js';
import { wallboardSettingsSchema, type WallboardSettings } from '../wallboard/wallboard-settings.js';
import { ApiError } from './api-error.js';
import { idParameter, readBody, readParameters } from './parameters.js';
import { route, type FindScope, type Route } from './route.js';

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
const stateBody = z.object({ token: z.string().min(1).max(100) });
const missing = { code: 'noSuchOrganization', message: 'There is no such organization.' };

/** What a tenant's board shows, and which television sets show it. */
export function wallboardRoutes({
  organizations,
  settings,
  saveSettings,
  screens,
}: WallboardSource): Route[] {
  const organizationOf = (parameters: unknown): number =>
    readParameters(ofOrganization, parameters).organization;
  const scope: FindScope = ({ params }): Scope | undefined => {
    const organizationId = organizationOf(params);
    return organizations().some(({ id }) => id === organizationId) ? { organizationId } : undefined;
  };
  const see = { permission: 'wallboard.see', scope, missing } as const;
  const edit = { permission: 'wallboard.edit', scope, missing } as const;

  return [
    route(
      { method: 'get', path: '/wallboards', permission: 'wallboard.see', scope: 'narrowed' },
      (_request, response, { actor }) => {
        const own = organizations().filter(({ id }) => mayDo(actor, 'wallboard.see', { organizationId: id }));
        response.json(
          own.map(({ id, name, timeZone }) => {
            const here = { organizationId: id };
            const mayEdit = mayDo(actor, 'wallboard.edit', here);
            return { id, name, timeZone, mayEdit, maySeeNames: mayDo(actor, 'ledger.see', here) };
          }),
        );
      },
    ),
    route(
      { method: 'get', path: '/wallboards/:organization/settings', ...see },
      async (request, response) => {
        response.json(await settings(organizationOf(request.params)));
      },
    ),
    route(
      {
        method: 'put',
        path: '/wallboards/:organization/settings',
        ...edit,
        input: { body: wallboardSettingsSchema },
      },
      async (request, response) => {
        const organization = organizationOf(request.params);
        await saveSettings(organization, readBody(wallboardSettingsSchema, request));
        response.json(await settings(organization));
      },
    ),
    route(
      { method: 'get', path: '/wallboards/:organization/screens', ...edit },
      async (request, response) => {
        response.json(await screens.list(organizationOf(request.params)));
      },
    ),
    route(
      { method: 'post', path: '/wallboards/:organization/screens', ...edit, input: { body: pairBody } },
      async (request, response) => {
        const organization = organizationOf(request.params);
        const { code, name } = readBody(pairBody, request);
        if (!(await screens.pair(code, organization, name))) {
          throw new ApiError(404, 'noSuchCode', 'No screen shows this code now; it may have a newer one.');
        }
        response.status(201).json(await screens.list(organization));
      },
    ),
    route(
      { method: 'delete', path: '/wallboards/:organization/screens/:id', ...edit },
      async (request, response) => {
        const { id, organization } = readParameters(ofScreen, request.params);
        if (!(await screens.revoke(id, organization))) {
          throw new ApiError(404, 'noSuchScreen', 'There is no such screen.');
        }
        response.status(204).end();
      },
    ),
    ...openRoutes(screens),
  ];
}

/** For television sets that nobody has let in yet. */
function openRoutes(screens: Screens): Route[] {
  return [
    route({ method: 'post', path: '/screens', permission: 'anyone' }, async (_request, response) => {
      const begun = await screens.begin();
      if (!begun) throw new ApiError(429, 'slowDown', 'Too many screens wait to be let in; try again later.');
      response.status(201).json(begun);
    }),
    // The token comes in the body, so that no log keeps it.
    route(
      { method: 'post', path: '/screens/state', permission: 'anyone', input: { body: stateBody } },
      async (request, response) => {
        const { token } = readBody(stateBody, request);
        response.json({ state: await screens.state(token) });
      },
    ),
  ];
}
