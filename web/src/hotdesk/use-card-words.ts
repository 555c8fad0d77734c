import type { Desk } from '../../../src/hotline/desk-store';
import { useMe } from '../api/me';
import { useAnswer } from '../kit/use-answer';
import type { CardChoices } from './hotdesk';

/** What lists of cards need, also for those who read cards and do not answer the hotline. */
export function useCardWords(): {
  organizationId: number | undefined;
  zone: string;
  choices: CardChoices | undefined;
} {
  const { state } = useMe();
  const organizationId = state.kind === 'in' ? state.me.organization?.id : undefined;
  const base = organizationId === undefined ? undefined : `/organizations/${organizationId}`;
  const { answer: choices } = useAnswer<CardChoices>(base && `${base}/card-choices`);
  const { answer: desk } = useAnswer<Desk>(base && `${base}/desk`);
  return { organizationId, zone: desk?.timeZone ?? 'Asia/Tokyo', choices };
}
