import { cardDesignRoutes, type CardDesignSource } from './card-design-router.js';
import { cardsRoutes, type CardsSource } from './cards-router.js';
import { casesRoutes, type CasesSource } from './cases-router.js';
import { countsRoutes, type CountsSource } from './counts-router.js';
import { referralsRoutes, type ReferralsSource } from './referrals-router.js';
import type { Route } from './route.js';
import { voiceRoutes, type VoiceSource } from './voice-router.js';

export type ConsultationsSource = CardsSource &
  CasesSource &
  ReferralsSource &
  CountsSource &
  VoiceSource &
  CardDesignSource;

/** Everything about consultations and recordings, each for one organization. */
export function consultationsRoutes(source: ConsultationsSource): Route[] {
  return [
    ...casesRoutes(source),
    ...cardsRoutes(source),
    ...cardDesignRoutes(source),
    ...referralsRoutes(source),
    ...countsRoutes(source),
    ...voiceRoutes(source),
  ];
}
