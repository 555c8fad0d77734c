import { id } from '../consultations/field-kinds.js';
import type { ReferralStore } from '../consultations/referral-store.js';
import {
  destinationFields,
  referralAnswerFields,
  referralFields,
  supportLabels as labels,
} from '../consultations/support-fields.js';
import type { Clock } from '../clock.js';
import { ownCounsellor } from './acting.js';
import { readBody } from './bounded-json.js';
import { idOfAdded } from './cases-router.js';
import { notHere, readIds } from './organization-scope.js';
import type { Route } from './route.js';
import { tenantRoutes, type TenantInputs, type TenantSource } from './tenant-routes.js';

const newReferralFields = referralFields.extend({ askedBy: id().optional() });
const inputs: TenantInputs = {
  'post /referral-destinations': { body: destinationFields },
  'put /referral-destinations/:destinationId': { body: destinationFields },
  'post /cases/:caseId/referrals': { body: newReferralFields },
  'put /referrals/:referralId/answer': { body: referralAnswerFields },
};

const mostOpen = 200;

export interface ReferralsSource extends TenantSource {
  referrals: ReferralStore;
  clock: Clock;
}

/** Referrals and whom they go to. */
export function referralsRoutes(source: ReferralsSource): Route[] {
  const { referrals, clock } = source;
  const { at, look } = tenantRoutes(source, inputs);

  return [
    at('get', '/referral-destinations', 'card.see', async (request, response) => {
      const { organizationId } = readIds(request.params);
      response.json(await referrals.destinations(organizationId));
    }),
    at('post', '/referral-destinations', 'card.edit', async (request, response) => {
      const { organizationId } = readIds(request.params);
      const destination = readBody(destinationFields, request.body, labels);
      response.status(201).json({ id: await referrals.addDestination(organizationId, destination, clock()) });
    }),
    at('put', '/referral-destinations/:destinationId', 'card.edit', async (request, response) => {
      const { organizationId, destinationId } = readIds(request.params, 'destinationId');
      const destination = readBody(destinationFields, request.body, labels);
      if (!(await referrals.changeDestination(organizationId, destinationId, destination)))
        throw notHere('Destination');
      response.status(204).end();
    }),
    at('delete', '/referral-destinations/:destinationId', 'card.edit', async (request, response) => {
      const { organizationId, destinationId } = readIds(request.params, 'destinationId');
      if (!(await referrals.removeDestination(organizationId, destinationId))) throw notHere('Destination');
      response.status(204).end();
    }),
    at('get', '/referrals/open', 'card.see', async (request, response, asking) => {
      const { organizationId } = readIds(request.params);
      await look(asking, 'organization', organizationId, organizationId);
      response.json(await referrals.open(organizationId, mostOpen));
    }),
    at('post', '/cases/:caseId/referrals', 'card.edit', async (request, response, asking) => {
      const { organizationId, caseId } = readIds(request.params, 'caseId');
      const { askedBy, ...asked } = readBody(newReferralFields, request.body, labels);
      const referral = { ...asked, askedBy: ownCounsellor(asking, askedBy) };
      const added = await referrals.add(organizationId, caseId, referral, clock());
      response.status(201).json({ id: idOfAdded(added) });
    }),
    at('put', '/referrals/:referralId/answer', 'card.edit', async (request, response) => {
      const { organizationId, referralId } = readIds(request.params, 'referralId');
      const answer = readBody(referralAnswerFields, request.body, labels);
      if (!(await referrals.answer(organizationId, referralId, answer))) throw notHere('Referral');
      response.status(204).end();
    }),
  ];
}
