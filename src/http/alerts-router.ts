import { z } from 'zod';
import type { AlertListStore } from '../alerts/alert-list-store.js';
import { closeReasons } from '../alerts/alert-work.js';
import type { AlertWorkStore, StepAnswer } from '../alerts/alert-work-store.js';
import type { TimelineStore } from '../checkins/timeline-store.js';
import type { Clock } from '../clock.js';
import type { StationCallStore } from '../desk/station-call-store.js';
import type { RecordLook } from '../users/looks.js';
import type { PlaceStore } from '../users/place-store.js';
import { narrowTo } from './acting.js';
import { ApiError } from './api-error.js';
import { idParameter, readBody, readParameters } from './parameters.js';
import { route, whoIsIn, type Asking, type Route } from './route.js';

const idParameters = z.object({ id: idParameter });
const listQuery = z.object({
  state: z.enum(['open', 'closed']).default('open'),
  station: idParameter.optional(),
});
const words = z.string().trim().max(2000, 'at most 2000 characters');
const takeBody = z.object({ takeOver: z.boolean().default(false) });
const noteBody = z.object({ words: words.min(1, 'something to keep') });
/** What was done: `other` says nothing without words. */
const doneBody = z
  .object({ reason: z.enum(closeReasons), words: words.default('') })
  .refine(({ reason, words: said }) => reason !== 'other' || said !== '', {
    path: ['words'],
    message: 'say what was done',
  });
const missing = { code: 'noSuchAlert', message: 'There is no such alert.' };
const missingCheckin = { code: 'noSuchCheckin', message: 'There is no such check-in.' };

export interface AlertsSource {
  alerts: Pick<AlertListStore, 'list' | 'find' | 'events' | 'ofService' | 'scopeOf' | 'nameOf'>;
  work: AlertWorkStore;
  calls: Pick<StationCallStore, 'ofAlert'>;
  timelines: Pick<TimelineStore, 'of'>;
  places: Pick<PlaceStore, 'ofCheckin'>;
  recordLook: RecordLook;
  clock: Clock;
}

/** Alerts as work: who has them, what was done, how they ended. */
export function alertsRoutes(source: AlertsSource): Route[] {
  const { alerts, work, calls, timelines, places, recordLook, clock } = source;
  const alertOf = ({ params }: { params: unknown }) =>
    alerts.scopeOf(readParameters(idParameters, params).id);

  const answer = async (id: number) => {
    const alert = await alerts.find(id);
    if (!alert) throw new ApiError(404, missing.code, missing.message);
    return alert;
  };
  const settle = async (given: StepAnswer): Promise<void> => {
    if (given.kind !== 'refused') return;
    const named = given.why === 'takenByAnother' ? await alerts.nameOf(given.ownerId) : '';
    throw refusal(given.why, named);
  };
  const step = (
    name: string,
    act: (id: number, asking: Asking, body: unknown) => Promise<StepAnswer>,
    shape: z.ZodType = z.object({}),
  ): Route =>
    route(
      {
        ...{ method: 'post', path: `/alerts/:id/${name}`, permission: 'alert.handle' },
        ...{ scope: alertOf, missing, input: { body: shape } },
      },
      async (request, response, asking) => {
        const { id } = readParameters(idParameters, request.params);
        await settle(await act(id, asking, readBody(shape, request)));
        response.json(await answer(id));
      },
    );
  const doneNow = (asking: Asking) => ({ by: whoIsIn(asking).user.id, at: clock() });

  return [
    route(
      {
        ...{ method: 'get', path: '/alerts', permission: 'alert.see', scope: 'narrowed' },
        input: { query: listQuery },
      },
      async ({ query }, response, asking) => {
        const { state, station } = readParameters(listQuery, query);
        const organizationId = narrowTo(asking, 'alert.see');
        const { actor, signedIn, reason } = asking;
        const own = actor.role === 'station' ? actor.stationIds : undefined;
        const stationIds = station === undefined ? own : [station].filter((id) => own?.includes(id) ?? true);
        const list = await alerts.list({ organizationId, ...(stationIds && { stationIds }) }, state);
        // A station of another tenant has none here.
        const seen = list.filter(
          (alert) => organizationId === undefined || alert.organizationId === organizationId,
        );
        const whom = { subject: 'organization', subjectId: organizationId ?? 0, organizationId } as const;
        await recordLook(signedIn?.user.id, 'alert.see', whom, reason);
        response.json(seen);
      },
    ),
    route(
      {
        ...{ method: 'get', path: '/service/alerts', permission: 'service.see', scope: 'service' },
        input: { query: listQuery },
      },
      async ({ query }, response) => {
        response.json(await alerts.ofService(readParameters(listQuery, query).state));
      },
    ),
    route(
      { method: 'get', path: '/alerts/:id', permission: 'alert.see', scope: alertOf, missing },
      async ({ params }, response, { signedIn, reason }) => {
        const alert = await answer(readParameters(idParameters, params).id);
        const { organizationId, checkinId, person } = alert;
        const whom = { subject: 'subscriber', subjectId: person.id, organizationId } as const;
        await recordLook(signedIn?.user.id, 'alert.see', whom, reason);
        response.json({
          ...alert,
          steps: await alerts.events({ alertId: alert.id }),
          calls: await calls.ofAlert(alert.id),
          timeline: checkinId === undefined ? [] : ((await timelines.of(checkinId))?.events ?? []),
        });
      },
    ),
    step(
      'take',
      (id, asking, body) =>
        work.take(id, {
          userId: whoIsIn(asking).user.id,
          takeOver: takeBody.parse(body).takeOver,
          at: clock(),
        }),
      takeBody,
    ),
    step(
      'note',
      (id, asking, body) => work.note(id, { ...noteBody.parse(body), ...doneNow(asking) }),
      noteBody,
    ),
    step(
      'close',
      (id, asking, body) => work.close(id, { ...doneBody.parse(body), ...doneNow(asking) }),
      doneBody,
    ),
    step('reopen', (id, asking) => work.reopen(id, doneNow(asking))),
    route(
      {
        ...{ method: 'post', path: '/check-ins/:id/confirm', permission: 'checkin.confirm' },
        input: { body: doneBody },
        scope: ({ params }) => places.ofCheckin(readParameters(idParameters, params).id),
        missing: missingCheckin,
      },
      async (request, response, asking) => {
        const { id } = readParameters(idParameters, request.params);
        const given = await work.record(id, { ...readBody(doneBody, request), ...doneNow(asking) });
        await settle(given);
        response.json({ checkinId: id, ...(given.alertId !== undefined && { alertId: given.alertId }) });
      },
    ),
    route(
      {
        ...{ method: 'post', path: '/check-ins/:id/withdraw', permission: 'checkin.confirm' },
        scope: ({ params }) => places.ofCheckin(readParameters(idParameters, params).id),
        missing: missingCheckin,
      },
      async (request, response, asking) => {
        const { id } = readParameters(idParameters, request.params);
        await settle(await work.withdraw(id, doneNow(asking)));
        response.json({ checkinId: id });
      },
    ),
  ];
}

type Why = Extract<StepAnswer, { kind: 'refused' }>['why'];

const refusals: Record<Why, [status: number, message: string]> = {
  noSuchAlert: [404, missing.message],
  noSuchCheckin: [404, missingCheckin.message],
  alertClosed: [409, 'This alert is closed already.'],
  takenByAnother: [409, 'Somebody else sees to this alert: '],
  callUnderWay: [409, 'They are being called at this moment; wait for its end.'],
  notConfirmed: [409, 'Nobody has confirmed this check-in: there is nothing to take back.'],
};

function refusal(why: Why, named: string): ApiError {
  const [status, message] = refusals[why];
  return new ApiError(status, why, message + named);
}
