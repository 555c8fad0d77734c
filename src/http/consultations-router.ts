import { Router } from 'express';
import { boundedJson } from './bounded-json.js';
import { cardsRouter, type CardsRouterParts } from './cards-router.js';
import { casesRouter, type CasesRouterParts } from './cases-router.js';
import { countsRouter } from './counts-router.js';
import { requireOrganization } from './organization-scope.js';
import { referralsRouter } from './referrals-router.js';
import { voiceRouter, type VoiceRouterParts } from './voice-router.js';

export type ConsultationsRouterParts = CardsRouterParts &
  CasesRouterParts &
  VoiceRouterParts &
  Parameters<typeof countsRouter>[0];

/** Everything about consultations and recordings, each for one organization. Goes behind the token, below /api. */
export function consultationsRouter(parts: ConsultationsRouterParts): Router {
  const router = Router();
  router.use(
    '/organizations/:organizationId',
    requireOrganization(parts.tenants),
    boundedJson,
    ofOrganization(parts),
  );
  return router;
}

function ofOrganization(parts: ConsultationsRouterParts): Router {
  const router = Router({ mergeParams: true });
  router.use(
    casesRouter(parts),
    cardsRouter(parts),
    referralsRouter(parts),
    countsRouter(parts),
    voiceRouter(parts),
  );
  return router;
}
