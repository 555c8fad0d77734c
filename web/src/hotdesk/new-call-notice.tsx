import { Alert, Button, Group } from '@mantine/core';
import { useEffect } from 'react';
import { useText } from '../text/text';

/** While somebody writes elsewhere, a new card waits for them: their cursor is not taken away. */
export function NewCallNotice({ onOpen }: { onOpen: () => void }) {
  const { say } = useText();
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== 'F2') return;
      event.preventDefault();
      onOpen();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [onOpen]);
  return (
    <Alert color="red" variant="outline" role="alert" m="sm" data-testid="new-card">
      <Group justify="space-between">
        <strong>☎ {say('card.newCall')}</strong>
        <Button onClick={onOpen}>{say('card.newCallOpen')}</Button>
      </Group>
    </Alert>
  );
}
