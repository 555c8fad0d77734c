import { Router } from 'express';
import type { ReferralStore } from '../consultations/referral-store.js';
import {
  destinationFields,
  referralAnswerFields,
  referralFields,
  supportLabels as labels,
} from '../consultations/support-fields.js';
import type { Clock } from '../clock.js';
import { readBody } from './bounded-json.js';
import { idOfAdded } from './cases-router.js';
import { notHere, readIds } from './organization-scope.js';

const mostOpen = 200;

/** Referrals and whom they go to; mounted below /organizations/:organizationId. */
export function referralsRouter({ referrals, clock }: { referrals: ReferralStore; clock: Clock }): Router {
  const router = Router({ mergeParams: true });

  router.get('/referral-destinations', async (request, response) => {
    const { organizationId } = readIds(request.params);
    response.json(await referrals.destinations(organizationId));
  });
  router.post('/referral-destinations', async (request, response) => {
    const { organizationId } = readIds(request.params);
    const destination = readBody(destinationFields, request.body, labels);
    response.status(201).json({ id: await referrals.addDestination(organizationId, destination, clock()) });
  });
  router.put('/referral-destinations/:destinationId', async (request, response) => {
    const { organizationId, destinationId } = readIds(request.params, 'destinationId');
    const destination = readBody(destinationFields, request.body, labels);
    if (!(await referrals.changeDestination(organizationId, destinationId, destination)))
      throw notHere('Destination');
    response.status(204).end();
  });
  router.delete('/referral-destinations/:destinationId', async (request, response) => {
    const { organizationId, destinationId } = readIds(request.params, 'destinationId');
    if (!(await referrals.removeDestination(organizationId, destinationId))) throw notHere('Destination');
    response.status(204).end();
  });
  router.get('/referrals/open', async (request, response) => {
    const { organizationId } = readIds(request.params);
    response.json(await referrals.open(organizationId, mostOpen));
  });
  router.post('/cases/:caseId/referrals', async (request, response) => {
    const { organizationId, caseId } = readIds(request.params, 'caseId');
    const referral = readBody(referralFields, request.body, labels);
    const added = await referrals.add(organizationId, caseId, referral, clock());
    response.status(201).json({ id: idOfAdded(added) });
  });
  router.put('/referrals/:referralId/answer', async (request, response) => {
    const { organizationId, referralId } = readIds(request.params, 'referralId');
    const answer = readBody(referralAnswerFields, request.body, labels);
    if (!(await referrals.answer(organizationId, referralId, answer))) throw notHere('Referral');
    response.status(204).end();
  });
  return router;
}
