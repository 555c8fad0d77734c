import { z } from 'zod';
import type { Clock } from '../clock.js';
import type { StationCallStore } from '../desk/station-call-store.js';
import type { CallRefusal, StationCalls } from '../desk/station-calls.js';
import { DeskNumberError, type StationSettingsStore } from '../desk/station-settings-store.js';
import type { TodayStore } from '../desk/today-store.js';
import type { RecordLook } from '../users/looks.js';
import type { PlaceStore } from '../users/place-store.js';
import { ApiError } from './api-error.js';
import { dateParameter, idParameter, readBody, readParameters } from './parameters.js';
import { route, type Route } from './route.js';

const idParameters = z.object({ id: idParameter });
const dayParameters = z.object({ id: idParameter, date: dateParameter });
const callParameters = z.object({ call: z.uuid('the id of a call') });
const callBody = z.object({ position: z.number().int().min(1).max(9).optional() });
const numberBody = z.object({ number: z.string().max(40, 'at most 40 characters') });
const missingStation = { code: 'noSuchStation', message: 'There is no such station.' };
const missingPerson = { code: 'noSuchSubscriber', message: 'There is no such person.' };
const missingCall = { code: 'noSuchCall', message: 'There is no such call.' };

export interface DeskSource {
  today: Pick<TodayStore, 'day' | 'glance'>;
  stationCalls: Pick<StationCalls, 'call'>;
  calls: Pick<StationCallStore, 'find' | 'scopeOf'>;
  settings: Pick<StationSettingsStore, 'deskNumber' | 'setDeskNumber'>;
  places: Pick<PlaceStore, 'ofStation' | 'ofSubscriber'>;
  recordLook: RecordLook;
  clock: Clock;
}

/** A station's day of work, and calls to people by click. */
export function deskRoutes(source: DeskSource): Route[] {
  const { today, stationCalls, calls, settings, places, recordLook, clock } = source;
  const stationOf = ({ params }: { params: unknown }) =>
    places.ofStation(readParameters(idParameters, params).id);
  const callOf = async ({ params }: { params: unknown }) => {
    const parsed = callParameters.safeParse(params);
    return parsed.success ? calls.scopeOf(parsed.data.call) : undefined;
  };

  return [
    route(
      {
        ...{ method: 'get', path: '/stations/:id/days/:date/work', permission: 'ledger.see' },
        ...{ scope: stationOf, missing: missingStation, input: { params: dayParameters } },
      },
      async ({ params }, response, { signedIn, reason }) => {
        const { id, date } = readParameters(dayParameters, params);
        const day = await today.day(id, date, clock());
        if (!day) throw new ApiError(404, missingStation.code, missingStation.message);
        const { organizationId } = day.station;
        const whom = { subject: 'station', subjectId: id, organizationId } as const;
        await recordLook(signedIn?.user.id, 'ledger.see', whom, reason);
        response.json(day);
      },
    ),
    route(
      {
        ...{ method: 'get', path: '/stations/:id/days/:date/weeks', permission: 'ledger.see' },
        ...{ scope: stationOf, missing: missingStation, input: { params: dayParameters } },
      },
      async ({ params }, response) => {
        const { id, date } = readParameters(dayParameters, params);
        response.json(await today.glance(id, date));
      },
    ),
    route(
      {
        ...{ method: 'post', path: '/subscribers/:id/call', permission: 'alert.handle' },
        input: { body: callBody },
        scope: ({ params }) => places.ofSubscriber(readParameters(idParameters, params).id),
        missing: missingPerson,
      },
      async (request, response, { signedIn }) => {
        const { id } = readParameters(idParameters, request.params);
        const { position } = readBody(callBody, request);
        const answer = await stationCalls.call(id, { userId: signedIn?.user.id, position });
        if (answer.kind === 'refused') throw refusal(answer.why);
        response.status(201).json(answer.call);
      },
    ),
    route(
      {
        ...{ method: 'get', path: '/station-calls/:call', permission: 'alert.see' },
        ...{ scope: callOf, missing: missingCall, input: { params: callParameters } },
      },
      async ({ params }, response) => {
        const call = await calls.find(readParameters(callParameters, params).call);
        if (!call) throw new ApiError(404, missingCall.code, missingCall.message);
        response.json(call);
      },
    ),
    route(
      {
        ...{ method: 'get', path: '/stations/:id/desk-number', permission: 'station.edit' },
        ...{ scope: stationOf, missing: missingStation },
      },
      async ({ params }, response) => {
        response.json({ number: await settings.deskNumber(readParameters(idParameters, params).id) });
      },
    ),
    route(
      {
        ...{ method: 'put', path: '/stations/:id/desk-number', permission: 'station.edit' },
        ...{ scope: stationOf, missing: missingStation, input: { body: numberBody } },
      },
      async (request, response) => {
        const { id } = readParameters(idParameters, request.params);
        const { number } = readBody(numberBody, request);
        try {
          response.json({ number: await settings.setDeskNumber(id, number) });
        } catch (error) {
          if (!(error instanceof DeskNumberError)) throw error;
          throw new ApiError(400, 'badDeskNumber', `This is no telephone number that we call: ${error.why}`);
        }
      },
    ),
  ];
}

const refusals: Record<CallRefusal, [status: number, message: string]> = {
  noSuchSubscriber: [404, missingPerson.message],
  noDeskNumber: [409, "The station's own telephone number is not set."],
  noNumber: [409, 'This person has no such telephone number.'],
  alreadyCalling: [409, 'A call to this person is being made already: pick up the telephone.'],
  beingCalled: [409, 'A check-in call to this person goes on; wait for its end.'],
  linesBusy: [503, 'All lines are in use; try again in a minute.'],
  exchangeNotOurs: [503, 'The exchange cannot be reached.'],
  exchangeRefused: [502, 'The exchange did not make the call.'],
};

function refusal(why: CallRefusal): ApiError {
  const [status, message] = refusals[why];
  return new ApiError(status, why, message);
}
