import { z } from 'zod';
import type { CardStore } from '../consultations/card-store.js';
import type { CaseStore } from '../consultations/case-store.js';
import { id, phone } from '../consultations/field-kinds.js';
import type { PersonStore } from '../consultations/person-store.js';
import type { ReferralStore } from '../consultations/referral-store.js';
import {
  actionFields,
  caseChangeFields,
  casePersonFields,
  leaseFields,
  newCaseFields,
  personChangeFields,
  supportLabels as labels,
} from '../consultations/support-fields.js';
import type { Added, SupportStore } from '../consultations/support-store.js';
import type { Clock } from '../clock.js';
import { ownCounsellor } from './acting.js';
import type { ApiError } from './api-error.js';
import { badReference, readBody } from './bounded-json.js';
import { notHere, pageLimit, readIds } from './organization-scope.js';
import { idParameter, readParameters } from './parameters.js';
import type { Route } from './route.js';
import { tenantRoutes, type TenantInputs, type TenantSource } from './tenant-routes.js';

export interface CasesSource extends TenantSource {
  cases: CaseStore;
  persons: PersonStore;
  support: SupportStore;
  referrals: ReferralStore;
  cards: CardStore;
  clock: Clock;
}

const listFields = z.object({
  state: z.enum(['open', 'closed']).optional(),
  before: idParameter.optional(),
  limit: pageLimit,
});
const newActionFields = actionFields.extend({ workerId: id().optional() });
const numberFields = z.strictObject({ number: phone() });
/** A case has a few cards; a hundred is a page that nobody reads. */
const mostCards = 100;

const inputs: TenantInputs = {
  'get /cases': { query: listFields },
  'post /cases': { body: newCaseFields },
  'patch /cases/:caseId': { body: caseChangeFields },
  'post /cases/:caseId/persons': { body: casePersonFields },
  'post /persons/find': { body: numberFields },
  'put /persons/:personId': { body: personChangeFields },
  'post /cases/:caseId/actions': { body: newActionFields },
  'post /cases/:caseId/leases': { body: leaseFields },
};

/** Cases, their people, what was done and what came of it. */
export function casesRoutes(source: CasesSource): Route[] {
  const { cases, persons, support, referrals, cards, clock } = source;
  const { at, look } = tenantRoutes(source, inputs);

  return [
    at('get', '/cases', 'card.see', async (request, response, asking) => {
      const { organizationId } = readIds(request.params);
      const { state, before: beforeId, limit } = readParameters(listFields, request.query);
      await look(asking, 'organization', organizationId, organizationId);
      response.json(await cases.list(organizationId, { state, beforeId, limit }));
    }),
    at('post', '/cases', 'card.edit', async (request, response) => {
      const { organizationId } = readIds(request.params);
      const { title } = readBody(newCaseFields, request.body, labels);
      response.status(201).json({ id: await cases.add(organizationId, title, clock()) });
    }),
    at('get', '/cases/:caseId', 'card.see', async (request, response, asking) => {
      const { organizationId, caseId } = readIds(request.params, 'caseId');
      const found = await cases.find(organizationId, caseId);
      if (!found) throw notHere('Case');
      await look(asking, 'case', caseId, organizationId);
      response.json({
        ...found,
        cards: await cards.list(organizationId, { caseId, limit: mostCards }),
        actions: await support.actionsOf(organizationId, caseId),
        referrals: await referrals.ofCase(organizationId, caseId),
        leases: await support.leasesOf(organizationId, caseId),
      });
    }),
    at('patch', '/cases/:caseId', 'card.edit', async (request, response) => {
      const { organizationId, caseId } = readIds(request.params, 'caseId');
      const change = readBody(caseChangeFields, request.body, labels);
      if (!(await cases.change(organizationId, caseId, change, clock()))) throw notHere('Case');
      response.status(204).end();
    }),
    at('post', '/cases/:caseId/persons', 'card.edit', async (request, response) => {
      const { organizationId, caseId } = readIds(request.params, 'caseId');
      const person = readBody(casePersonFields, request.body, labels);
      const put = await cases.putPerson(organizationId, caseId, person, clock());
      if (put === 'notFound') throw notHere('Case');
      if (typeof put === 'object') throw badReference(put.field, labels);
      response.status(201).json({ personId: put });
    }),
    at('get', '/persons/:personId', 'card.see', async (request, response, asking) => {
      const { organizationId, personId } = readIds(request.params, 'personId');
      const person = await persons.find(organizationId, personId);
      if (!person) throw notHere('Person');
      await look(asking, 'person', personId, organizationId);
      response.json(person);
    }),
    // A number never stands in an address: addresses are logged.
    at('post', '/persons/find', 'card.see', async (request, response, asking) => {
      const { organizationId } = readIds(request.params);
      const { number } = readBody(numberFields, request.body, { number: '電話番号' });
      const found = await persons.findByNumber(organizationId, number);
      for (const { id: personId } of found) await look(asking, 'person', personId, organizationId);
      response.json(found);
    }),
    at('put', '/persons/:personId', 'card.edit', async (request, response, asking) => {
      const { organizationId, personId } = readIds(request.params, 'personId');
      const change = readBody(personChangeFields, request.body, labels);
      const changed = await persons.change(organizationId, personId, { ...change, now: clock() });
      if (changed) {
        response.json(changed);
        return;
      }
      const current = await persons.find(organizationId, personId);
      if (!current) throw notHere('Person');
      await look(asking, 'person', personId, organizationId);
      response.status(409).json({
        error: { code: 'savedMeanwhile', message: `ほかの人が先に保存しました（版 ${current.version}）。` },
        person: current,
      });
    }),
    at('post', '/cases/:caseId/actions', 'card.edit', async (request, response, asking) => {
      const { organizationId, caseId } = readIds(request.params, 'caseId');
      const { workerId, ...done } = readBody(newActionFields, request.body, labels);
      const action = { ...done, workerId: ownCounsellor(asking, workerId) };
      const added = await support.addAction(organizationId, caseId, action, clock());
      response.status(201).json({ id: idOfAdded(added) });
    }),
    at('post', '/cases/:caseId/leases', 'card.edit', async (request, response) => {
      const { organizationId, caseId } = readIds(request.params, 'caseId');
      const lease = readBody(leaseFields, request.body, labels);
      const added = await support.addLease(organizationId, caseId, lease, clock());
      response.status(201).json({ id: idOfAdded(added) });
    }),
    at('post', '/leases/:leaseId/void', 'card.edit', async (request, response) => {
      const { organizationId, leaseId } = readIds(request.params, 'leaseId');
      if (!(await support.voidLease(organizationId, leaseId, clock()))) throw notHere('Lease');
      response.status(204).end();
    }),
  ];
}

/** @throws ApiError when nothing was added */
export function idOfAdded(added: Added): number {
  if (added.kind === 'added') return added.id;
  throw added.kind === 'notFound' ? (notHere('Case') satisfies ApiError) : badReference(added.field, labels);
}
