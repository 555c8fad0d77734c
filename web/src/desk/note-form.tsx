import { Button, Stack, Textarea } from '@mantine/core';
import { useCallback, useState } from 'react';
import { ask } from '../api/client';
import { useNotices } from '../kit/notices';
import { useAction } from '../kit/use-action';
import { useText } from '../text/text';

/** Words about an alert, for whoever sees to it next. */
export function NoteForm({ alertId, onDone }: { alertId: number; onDone: () => void }) {
  const { say } = useText();
  const { tell } = useNotices();
  const [words, setWords] = useState('');
  const { run, isBusy } = useAction(
    useCallback(async () => {
      await ask('POST', `/alerts/${alertId}/note`, { words });
      tell(say('alerts.noted'));
      onDone();
    }, [alertId, words, onDone, say, tell]),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <Stack my="sm" maw="40rem" gap="xs">
        <Textarea
          label={say('alerts.noteLabel')}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          maxLength={2000}
          autosize
          minRows={2}
          required
          autoFocus
        />
        <Button type="submit" loading={isBusy} w="fit-content">
          {say('action.save')}
        </Button>
      </Stack>
    </form>
  );
}
