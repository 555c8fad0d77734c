import type { Request } from 'express';
import { z } from 'zod';
import { localDate } from '../checkins/local-day.js';
import type { Clock } from '../clock.js';
import type { Organization } from '../organizations/organization-store.js';
import type { RecordLook } from '../users/looks.js';
import type { Permission } from '../users/permissions.js';
import type { PlaceStore } from '../users/place-store.js';
import { ApiError } from './api-error.js';
import { boundedJson } from './bounded-json.js';
import { idParameter, readParameters } from './parameters.js';
import { route, type Asking, type FindScope, type Handler, type Route, type RouteSpec } from './route.js';

/** What every route about people needs. */
export interface PeopleSource {
  places: Pick<PlaceStore, 'ofSubscriber' | 'ofStation'>;
  recordLook: RecordLook;
  organizations: () => ReadonlyMap<number, Organization>;
  clock: Clock;
}

const idOnly = z.object({ id: idParameter });
const stationOnly = z.object({ station: idParameter });
const stationInBody = z.object({
  stationId: z
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
});

export const missingSubscriber = { code: 'noSuchSubscriber', message: 'There is no such subscriber.' };
export const missingStation = { code: 'noSuchStation', message: 'There is no such station.' };

export function noSuchSubscriber(): ApiError {
  return new ApiError(404, missingSubscriber.code, missingSubscriber.message);
}

export function noSuchStation(): ApiError {
  return new ApiError(404, missingStation.code, missingStation.message);
}

export function subscriberId(request: Request): number {
  return readParameters(idOnly, request.params).id;
}

export function stationOfQuery(request: Request): number {
  return readParameters(stationOnly, request.query).station;
}

/** Who acts, for the log of changes. */
export function changingOf({ signedIn }: Asking, clock: Clock): { userId: number | undefined; now: Date } {
  return { userId: signedIn?.user.id, now: clock() };
}

/** Declares routes about one person, about a station that the address names, or one that the body names. */
export function peopleRoutesOf({ places, recordLook, organizations, clock }: PeopleSource) {
  const of =
    (scope: FindScope, missing: { code: string; message: string }, prefix: string) =>
    (
      method: RouteSpec['method'],
      path: string,
      permission: Permission,
      handler: Handler,
      body: RouteSpec['body'] = boundedJson,
    ): Route =>
      route({ method, path: `${prefix}${path}`, permission, body, scope, missing }, handler);
  const organizationOf = async (stationId: number): Promise<Organization> => {
    const place = await places.ofStation(stationId);
    const organization = organizations().get(place?.organizationId ?? 0);
    if (!organization) throw noSuchStation();
    return organization;
  };
  return {
    atPerson: of(
      (request) => places.ofSubscriber(subscriberId(request)),
      missingSubscriber,
      '/subscribers/:id',
    ),
    atStation: of((request) => places.ofStation(stationOfQuery(request)), missingStation, '/subscribers'),
    forStation: of(
      (request) => places.ofStation(readParameters(stationInBody, request.body ?? {}).stationId),
      missingStation,
      '/subscribers',
    ),
    organizationOf,
    /** The station's day, `YYYY-MM-DD`. */
    todayAt: async (stationId: number) => localDate(clock(), (await organizationOf(stationId)).timeZone),
    /** Notes a look at a person's record, before it is shown. */
    look: async (
      { signedIn, reason }: Asking,
      id: number,
      what: Permission = 'subscriber.see',
    ): Promise<number> => {
      const place = await places.ofSubscriber(id);
      if (!place) throw noSuchSubscriber();
      const organizationId = place.organizationId;
      await recordLook(
        signedIn?.user.id,
        what,
        { subject: 'subscriber', subjectId: id, organizationId },
        reason,
      );
      return organizationId ?? 0;
    },
  };
}
