import { z } from 'zod';
import { localDate } from '../checkins/local-day.js';
import type { Clock } from '../clock.js';
import { erasureReasons } from '../retention/erasure-request.js';
import type { RetentionModule } from '../retention/retention-module.js';
import { theService, type RetentionTenant } from '../retention/retention.js';
import {
  cutOf,
  isWithin,
  nextRun,
  ruleBounds,
  serviceItself,
  serviceRuleKinds,
  tenantRuleKinds,
  type RuleBounds,
  type RuleKind,
} from '../retention/rules.js';
import { ApiError } from './api-error.js';
import { boundedJson } from './bounded-json.js';
import { authorOf, versionOf } from './changes.js';
import { pageLimit, readIds } from './organization-scope.js';
import { idParameter, readBody, readParameters } from './parameters.js';
import { route, type Asking, type Route } from './route.js';
import { noSuchSubscriber, peopleRoutesOf, subscriberId, type PeopleSource } from './subscriber-scopes.js';
import { tenantRoutes, type TenantSource } from './tenant-routes.js';

export interface RetentionSource extends TenantSource, PeopleSource {
  places: TenantSource['places'] & PeopleSource['places'];
  retention: Pick<RetentionModule, 'rules' | 'requests' | 'erasures' | 'retention' | 'personErasure'>;
  /** Undefined when there is no such tenant. */
  zoneOf: (organizationId: number) => Promise<string | undefined>;
  /** The service itself keeps no log of who looked for longer. */
  accessLogMonths: number;
  clock: Clock;
}

const change = z.strictObject({ months: z.number().int(), version: z.number().int().min(0) });
const tenantKind = z.object({ kind: z.enum(tenantRuleKinds) });
const serviceKind = z.object({ kind: z.enum(serviceRuleKinds) });
const logQuery = z.object({ before: idParameter.optional(), limit: pageLimit });
const request = z.strictObject({
  memberNumber: z.string().trim().min(1, 'the member number').max(40),
  reason: z.enum(erasureReasons),
});
const inputs = {
  'get /erasures': { query: logQuery },
  'put /retention/:kind': { params: tenantKind, body: change },
};

/** How long what is kept, what was erased, and who asked to be forgotten. */
export function retentionRoutes(source: RetentionSource): Route[] {
  const { retention: module, zoneOf, clock, places } = source;
  const { rules, requests, erasures, retention, personErasure } = module;
  const { at } = tenantRoutes(source, inputs);
  const { atPerson, look } = peopleRoutesOf(source);

  const boundsOf = (kind: RuleKind): RuleBounds => {
    const bounds = ruleBounds[kind];
    if (kind !== 'accessLog') return bounds;
    const most = Math.max(1, Math.min(bounds.most, source.accessLogMonths));
    return { ...bounds, most, least: Math.min(bounds.least, most) };
  };
  const tenantOf = async (id: number): Promise<RetentionTenant> => ({
    id,
    timeZone: (await zoneOf(id)) ?? theService.timeZone,
  });
  const rulesOf = async ({ id, timeZone }: RetentionTenant): Promise<object[]> => {
    const today = localDate(clock(), timeZone);
    return (await rules.of(id)).map((rule) => ({
      ...rule,
      ...pickBounds(boundsOf(rule.kind)),
      keptFrom: cutOf(ruleBounds[rule.kind], rule.months, today, timeZone).date,
      ofService: id === serviceItself,
    }));
  };
  const changeRule = async (
    organizationId: number,
    kind: RuleKind,
    { months, version }: z.output<typeof change>,
    asking: Asking,
  ): Promise<{ version: number }> => {
    if (!isWithin(boundsOf(kind), months))
      throw new ApiError(422, 'monthsOutOfBounds', 'Not so long, or not so short.');
    const changed = await rules.change(organizationId, { kind, months, version }, authorOf(asking, clock));
    return { version: versionOf(changed, 'noSuchRule') };
  };

  return [
    at('get', '/retention', 'retention.see', async ({ params }, response) => {
      const tenant = await tenantOf(readIds(params).organizationId);
      response.json({
        timeZone: tenant.timeZone,
        nextRun: nextRun(clock(), tenant.timeZone),
        rules: [...(await rulesOf(tenant)), ...(await rulesOf(theService))],
        marked: await requests.countMarked(tenant.id),
      });
    }),
    // Apart: to count takes its time.
    at('get', '/retention/preview', 'retention.see', async ({ params }, response) => {
      const tenant = await tenantOf(readIds(params).organizationId);
      const counts = [...(await retention.preview(tenant)), ...(await retention.preview(theService))];
      response.json({ counts: Object.fromEntries(counts.map(({ kind, count }) => [kind, count])) });
    }),
    at('get', '/erasures', 'retention.see', async ({ params, query }, response, { actor }) => {
      const { before, limit } = readParameters(logQuery, query);
      const { organizationId } = readIds(params);
      // What the service itself erased is no tenant's business.
      const whose = actor.role === 'operator' ? [organizationId, serviceItself] : [organizationId];
      const found = await erasures.list(whose, limit + 1, before);
      const entries = found.slice(0, limit);
      response.json({ entries, before: found.length > limit ? entries.at(-1)?.id : undefined });
    }),
    at('put', '/retention/:kind', 'retention.edit', async (asked, response, asking) => {
      const { kind } = readParameters(tenantKind, asked.params);
      const { organizationId } = readIds(asked.params);
      response.json(await changeRule(organizationId, kind, readBody(change, asked), asking));
    }),
    route(
      {
        ...{ method: 'put', path: '/retention/:kind', permission: 'service.edit', scope: 'service' },
        body: boundedJson,
        input: { params: serviceKind, body: change },
      },
      async (asked, response, asking) => {
        const { kind } = readParameters(serviceKind, asked.params);
        response.json(await changeRule(serviceItself, kind, readBody(change, asked), asking));
      },
    ),
    atPerson('get', '/erasure', 'subscriber.see', async (asked, response, asking) => {
      const id = subscriberId(asked);
      await look(asking, id);
      response.json(await personErasure.stateOf(id));
    }),
    atPerson('post', '/erasure', 'subscriber.erase', async (asked, response, asking) => {
      const id = subscriberId(asked);
      const wanted = readBody(request, asked);
      const place = await places.ofSubscriber(id);
      if (place?.organizationId === undefined) throw noSuchSubscriber();
      const { timeZone } = await tenantOf(place.organizationId);
      const whom = { subscriberId: id, organizationId: place.organizationId, timeZone };
      const marked = await personErasure.mark(whom, wanted, authorOf(asking, clock));
      switch (marked.kind) {
        case 'marked':
          response.json(marked.state);
          return;
        case 'notFound':
          throw noSuchSubscriber();
        case 'wrongMemberNumber':
          throw new ApiError(422, 'wrongMemberNumber', 'That is not the member number of this person.');
        case 'changedMeanwhile':
          throw new ApiError(409, 'changedMeanwhile', 'Somebody else has changed this record.');
      }
    }),
    atPerson('delete', '/erasure', 'subscriber.erase', async (asked, response, asking) => {
      const id = subscriberId(asked);
      if (!(await personErasure.takeBack(id, authorOf(asking, clock))))
        throw new ApiError(409, 'nothingToTakeBack', 'There is nothing to take back any more.');
      response.json(await personErasure.stateOf(id));
    }),
  ];
}

function pickBounds({ usual, least, most }: RuleBounds): Omit<RuleBounds, 'from'> {
  return { usual, least, most };
}
