import { z } from 'zod';
import type { TimelineStore } from '../checkins/timeline-store.js';
import { localDate } from '../checkins/local-day.js';
import type { OrganizationStore } from '../organizations/organization-store.js';
import type { PauseStore } from '../subscribers/pause-store.js';
import type { ListedPerson, PeoplePage, PersonHistory } from '../subscribers/person-view.js';
import type { RecordStore } from '../subscribers/record-store.js';
import type { SearchHit, SubscriberSearch } from '../subscribers/subscriber-search.js';
import { mayDo } from '../users/permissions.js';
import { narrowTo } from './acting.js';
import { ApiError } from './api-error.js';
import { idParameter, readParameters } from './parameters.js';
import { route, whoIsIn, type Asking, type Route } from './route.js';
import { noSuchSubscriber, peopleRoutesOf, subscriberId, type PeopleSource } from './subscriber-scopes.js';
import type { Editors } from '../subscribers/editors.js';

export interface SubscribersSource extends PeopleSource {
  search: SubscriberSearch;
  records: RecordStore;
  pauses: Pick<PauseStore, 'ofPeople' | 'pausedOn'>;
  timelines: Pick<TimelineStore, 'of'>;
  stations: Pick<OrganizationStore, 'stations'>;
  editors: Editors;
}

const withoutText = (query: object): object => ({ ...query, text: '' });

const perPage = 50;
const mostFound = 20_000;
const historyPerPage = 10;
const remindDays = 3;
const flag = z.enum(['1', '0']).optional();
const listQuery = z.object({
  text: z.string().max(100).default(''),
  organization: idParameter.optional(),
  station: idParameter.optional(),
  paused: flag,
  withdrawn: flag,
  after: z.coerce.number().int().min(0).max(mostFound).default(0),
});
const historyQuery = z.object({ before: z.coerce.number().int().min(0).optional() });
const editingBody = z.object({ leaving: z.boolean().optional() });

/** The people of a tenant: finding them, and all that is known of one. */
export function subscribersRoutes(source: SubscribersSource): Route[] {
  const { search, records, pauses, timelines, organizations, stations, editors, recordLook, clock } = source;
  const { atPerson, look } = peopleRoutesOf(source);

  /** The stations whose people may be seen, of one organization. */
  async function reachable(asking: Asking, organizationId: number): Promise<number[]> {
    return (await stations.stations())
      .filter((station) => station.organizationId === organizationId)
      .map(({ id }) => id)
      .filter((stationId) =>
        mayDo(asking.actor, 'subscriber.see', { organizationId, stationId }, asking.reason),
      );
  }

  async function pageOf(
    hits: readonly SearchHit[],
    { after, zone, today }: { after: number; zone: string; today: string },
  ): Promise<Omit<PeoplePage, 'endingSoon'>> {
    const shown = hits.slice(after, after + perPage);
    const ids = shown.map((hit) => hit.subscriberId);
    const pausesOf = await pauses.ofPeople(ids, today);
    const plans = await records.plansOf(ids);
    const last = await records.lastOf(
      ids.map((id) => ({ id })),
      clock(),
      zone,
    );
    const people = shown.map(({ subscriberId: id, stationId, memberNumber, name, kana, withdrawn }) => {
      const [pause] = pausesOf.get(id) ?? [];
      const plan = plans.get(id);
      const lastOne = last.get(id);
      const line: ListedPerson = { id, stationId, memberNumber, name, kana, withdrawn };
      if (plan) line.plan = plan;
      if (pause) line.pause = { fromOn: pause.fromOn, untilOn: pause.untilOn };
      if (lastOne) line.last = lastOne;
      return line;
    });
    const next = after + shown.length;
    return { people, total: hits.length, today, ...(next < hits.length && { after: next }) };
  }

  async function list(given: unknown, asking: Asking): Promise<PeoplePage> {
    const wish = readParameters(listQuery, given);
    const organizationId = narrowTo(asking, 'subscriber.see', wish.organization);
    const organization = organizations().get(organizationId ?? 0);
    if (!organization) throw new ApiError(400, 'badParameter', 'organization: whose people');
    const mine = await reachable(asking, organization.id);
    const stationIds = wish.station === undefined ? mine : mine.filter((id) => id === wish.station);
    const today = localDate(clock(), organization.timeZone);
    const whom = { subject: 'organization', subjectId: organization.id, organizationId } as const;
    await recordLook(asking.signedIn?.user.id, 'subscriber.see', whom, asking.reason);
    const includeWithdrawn = wish.withdrawn === '1';
    const found = await search.search(organization.id, {
      ...{ text: wish.text.trim(), stationIds, limit: mostFound, includeWithdrawn },
    });
    const paused = await pauses.pausedOn(organization.id, today);
    const hits = wish.paused === '1' ? found.filter((hit) => paused.has(hit.subscriberId)) : found;
    const page = await pageOf(hits, { after: wish.after, zone: organization.timeZone, today });
    return { ...page, endingSoon: await endingSoon(found, paused, today) };
  }

  return [
    route(
      { method: 'get', path: '/subscribers', permission: 'subscriber.see', scope: 'narrowed' },
      async (request, response, asking) => {
        response.json(await list(withoutText(request.query), asking));
      },
    ),
    // Names and numbers stay out of addresses, which are logged in many places.
    route(
      { method: 'post', path: '/subscribers/search', permission: 'subscriber.see', scope: 'narrowed' },
      async (request, response, asking) => {
        response.json(await list((request.body as unknown) ?? {}, asking));
      },
    ),
    atPerson('get', '', 'subscriber.see', async (request, response, asking) => {
      const id = subscriberId(request);
      await look(asking, id);
      const record = await records.find(id, clock());
      if (!record) throw noSuchSubscriber();
      const policies = organizations().get(record.organizationId)?.policies;
      const { callingHours } = policies?.[record.person.policyPreset] ?? { callingHours: undefined };
      response.json({ ...record, callingHours });
    }),
    atPerson('get', '/history', 'checkin.see', async (request, response, asking) => {
      const id = subscriberId(request);
      const { before } = readParameters(historyQuery, request.query);
      await look(asking, id, 'checkin.see');
      const until = before === undefined ? clock() : new Date(before);
      const found = await records.checkinsBefore(id, until, historyPerPage);
      const told = await Promise.all(found.map((checkin) => timelines.of(checkin.id)));
      const last = found.at(-1);
      const history: PersonHistory = {
        checkIns: told.filter((timeline) => timeline !== undefined),
        ...(found.length === historyPerPage && last && { before: last.dueAt.getTime() }),
      };
      response.json(history);
    }),
    atPerson('post', '/editing', 'subscriber.edit', (request, response, asking) => {
      const { leaving } = readParameters(editingBody, (request.body as unknown) ?? {});
      const { user } = whoIsIn(asking);
      response.json({ others: editors.beat(subscriberId(request), user, leaving === true) });
    }),
  ];

  async function endingSoon(
    hits: readonly SearchHit[],
    paused: ReadonlySet<number>,
    today: string,
  ): Promise<PeoplePage['endingSoon']> {
    const some = hits.filter((hit) => paused.has(hit.subscriberId));
    const until = new Date(Date.parse(`${today}T00:00:00Z`) + remindDays * 86_400_000)
      .toISOString()
      .slice(0, 10);
    const found = await pauses.ofPeople(
      some.map((hit) => hit.subscriberId),
      today,
    );
    return some.flatMap(({ subscriberId: id, name }) => {
      const [pause] = found.get(id) ?? [];
      return pause && pause.untilOn <= until ? [{ id, name, untilOn: pause.untilOn }] : [];
    });
  }
}
