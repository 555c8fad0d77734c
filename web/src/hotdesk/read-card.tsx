import type { CardOnScreen } from '../../../src/consultations/card-edits';
import { useMe } from '../api/me';
import { AnswerView } from '../kit/answer-view';
import { PageFrame } from '../kit/page';
import { useAnswer } from '../kit/use-answer';
import { useText } from '../text/text';
import { CardSheet } from './card-sheet';
import type { CardChoices } from './hotdesk';
import type { Desk } from '../../../src/hotline/desk-store';

/** A card for those who may read it and not write on it. */
export function ReadCard({ cardId }: { cardId: number }) {
  const { say } = useText();
  const { state } = useMe();
  const id = state.kind === 'in' ? state.me.organization?.id : undefined;
  const base = id === undefined ? undefined : `/organizations/${id}`;
  const card = useAnswer<{ card: CardOnScreen }>(base && `${base}/cards/${cardId}`);
  const { answer: choices } = useAnswer<CardChoices>(base && `${base}/card-choices`);
  const { answer: desk } = useAnswer<Desk>(base && `${base}/desk`);
  return (
    <PageFrame title={say('card.titleOf', { id: cardId })}>
      <AnswerView of={card}>
        {(answer) =>
          choices && desk && <CardSheet card={answer.card} choices={choices} zone={desk.timeZone} onScreen />
        }
      </AnswerView>
    </PageFrame>
  );
}
