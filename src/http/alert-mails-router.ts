import { z } from 'zod';
import type { AlertMailStore } from '../alerts/alert-mail-store.js';
import type { StationContactStore } from '../alerts/station-contact-store.js';
import { alertReasons } from '../checkins/retry-policy.js';
import type { Clock } from '../clock.js';
import { isMailAddress, normalizeMail } from '../users/mail-address.js';
import { mayDo } from '../users/permissions.js';
import type { PlaceStore } from '../users/place-store.js';
import { ApiError } from './api-error.js';
import { idParameter, readBody, readParameters } from './parameters.js';
import { route, whoIsIn, type Handler, type Route, type RouteSpec } from './route.js';

const idParameters = z.object({ id: idParameter });
const contactParameters = z.object({ id: idParameter, contact: idParameter });
const reasonsBody = z.object({ reasons: z.array(z.enum(alertReasons)) });
const switchBody = z.object({ isOn: z.boolean() });
const contactBody = z.object({
  name: z.string().trim().min(1, 'a name').max(100, 'at most 100 characters'),
  mail: z.string().refine(isMailAddress, 'a mail address').transform(normalizeMail),
});
const missing = { code: 'noSuchStation', message: 'There is no such station.' };

export interface AlertMailsSource {
  mails: Pick<AlertMailStore, 'undelivered'>;
  contacts: StationContactStore;
  places: Pick<PlaceStore, 'ofStation'>;
  clock: Clock;
}

/** Who hears of a station's alerts by mail, and what did not arrive. */
export function alertMailsRoutes({ mails, contacts, places, clock }: AlertMailsSource): Route[] {
  const at = (
    method: RouteSpec['method'],
    path: string,
    permission: 'station.edit' | 'alert.handle',
    handler: Handler,
    body?: z.ZodType,
  ): Route =>
    route(
      {
        ...{ method, path: `/stations/:id${path}`, permission, missing },
        input: body ? { body } : {},
        scope: ({ params }) => places.ofStation(readParameters(idParameters, params).id),
      },
      handler,
    );
  const stationIn = (params: unknown): number => readParameters(idParameters, params).id;
  const noContact = () => new ApiError(404, 'noSuchContact', 'This station has no such contact.');

  return [
    route(
      { method: 'get', path: '/alert-mails/undelivered', permission: 'alert.see', scope: 'narrowed' },
      async (_request, response, { actor, reason }) => {
        const all = await mails.undelivered(clock());
        response.json(
          all.filter(({ organizationId, station }) =>
            mayDo(actor, 'alert.see', { organizationId, stationId: station.id }, reason),
          ),
        );
      },
    ),
    at('get', '/alert-mails', 'station.edit', async ({ params }, response) => {
      response.json(await contacts.settings(stationIn(params)));
    }),
    at(
      'put',
      '/alert-mails',
      'station.edit',
      async (request, response) => {
        const id = stationIn(request.params);
        await contacts.setReasons(id, readBody(reasonsBody, request).reasons);
        response.json(await contacts.settings(id));
      },
      reasonsBody,
    ),
    at('get', '/alert-mails/mine', 'alert.handle', async ({ params }, response, asking) => {
      const { id: userId } = whoIsIn(asking).user;
      const { users } = await contacts.settings(stationIn(params));
      response.json({ isOn: users.find(({ id }) => id === userId)?.isOn ?? false });
    }),
    at(
      'put',
      '/alert-mails/mine',
      'alert.handle',
      async (request, response, asking) => {
        const { isOn } = readBody(switchBody, request);
        await contacts.switchUser(stationIn(request.params), whoIsIn(asking).user.id, isOn);
        response.json({ isOn });
      },
      switchBody,
    ),
    at(
      'post',
      '/contacts',
      'station.edit',
      async (request, response) => {
        const id = stationIn(request.params);
        await contacts.addContact(id, readBody(contactBody, request), clock());
        response.status(201).json(await contacts.settings(id));
      },
      contactBody,
    ),
    at(
      'patch',
      '/contacts/:contact',
      'station.edit',
      async (request, response) => {
        const { id, contact } = readParameters(contactParameters, request.params);
        if (!(await contacts.switchContact(id, contact, readBody(switchBody, request).isOn)))
          throw noContact();
        response.json(await contacts.settings(id));
      },
      switchBody,
    ),
    at('delete', '/contacts/:contact', 'station.edit', async ({ params }, response) => {
      const { id, contact } = readParameters(contactParameters, params);
      if (!(await contacts.removeContact(id, contact))) throw noContact();
      response.json(await contacts.settings(id));
    }),
  ];
}
