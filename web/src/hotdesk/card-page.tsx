import { Alert, Center, Loader, Text } from '@mantine/core';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useParams } from 'react-router';
import { tellFailure } from '../api/client';
import { PageFrame } from '../kit/page';
import { useText } from '../text/text';
import { cardDesk } from './card-desk';
import { CardForm } from './card-form';
import { CardSheet } from './card-sheet';
import { CardSide } from './card-side';
import { CardTabs } from './card-tabs';
import classes from './hotdesk.module.css';
import { useHotdesk } from './hotdesk';
import { ReadCard } from './read-card';
import { useMe } from '../api/me';

/** One card: what is being written on the left, what is known of the person and their case on the right. */
export function CardPage() {
  const { may } = useMe();
  const id = Number(useParams().id);
  return may('card.edit') ? <WrittenCard key={id} cardId={id} /> : <ReadCard key={id} cardId={id} />;
}

function WrittenCard({ cardId }: { cardId: number }) {
  const { say } = useText();
  const { choices, desk } = useHotdesk();
  const all = useSyncExternalStore(cardDesk.subscribe, cardDesk.all);
  const open = all.find(({ card }) => card.id === cardId);
  const isThere = open !== undefined;
  const [failure, setFailure] = useState<unknown>();
  useEffect(() => {
    // A card that a call has just brought is whole already.
    if (isThere) return;
    cardDesk.load(cardId).catch(setFailure);
    // Once for each card: closing it must not fetch it again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [cardId]);
  if (!open || !choices || !desk) {
    return failure === undefined ? (
      <Center mih="12rem">
        <Loader aria-label={say('app.loading')} />
      </Center>
    ) : (
      <Alert color="red" role="alert" variant="outline" m="md">
        {tellFailure(failure, say)}
      </Alert>
    );
  }
  const zone = desk.timeZone;
  return (
    <PageFrame title={say('card.titleOf', { id: cardId })} wide>
      <div data-testid="card" data-call={open.callId} data-card={cardId}>
        <div className={classes.screenOnly}>
          <CardTabs all={all} current={cardId} />
          <Text size="sm" c="var(--dim)" mb="xs">
            {say('card.hint')}
          </Text>
          <div className={classes.columns}>
            <CardForm open={open} choices={choices} zone={zone} />
            <CardSide open={open} choices={choices} zone={zone} />
          </div>
        </div>
        <CardSheet card={open.card} choices={choices} zone={zone} />
      </div>
    </PageFrame>
  );
}
