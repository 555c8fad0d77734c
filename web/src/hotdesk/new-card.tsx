import { Button } from '@mantine/core';
import { useCallback } from 'react';
import { useNavigate } from 'react-router';
import { ask } from '../api/client';
import { useAction } from '../kit/use-action';
import { useText } from '../text/text';
import { useHotdesk } from './hotdesk';

/** Somebody came, or wrote: a card without a call. */
export function NewCard() {
  const { say } = useText();
  const navigate = useNavigate();
  const { organizationId, desk } = useHotdesk();
  const { run, isBusy } = useAction(
    useCallback(async () => {
      const { id } = await ask<{ id: number }>('POST', `/organizations/${organizationId}/cards`, {
        channel: 'visit',
      });
      await navigate(`/cards/${id}`);
    }, [organizationId, navigate]),
  );
  if (!desk?.own) return null;
  return (
    <Button variant="default" loading={isBusy} onClick={() => void run()}>
      {say('card.new')}
    </Button>
  );
}
