import { Button, Group, Paper, TextInput } from '@mantine/core';
import { useCallback, useState } from 'react';
import { ask } from '../api/client';
import { useMe } from '../api/me';
import { useNotices } from '../kit/notices';
import { useAction } from '../kit/use-action';
import { useText } from '../text/text';

/** Which telephone rings here for calls by click: set by those who may, and asked for by everybody else. */
export function DeskNumber({ stationId, onSet }: { stationId: number; onSet: () => void }) {
  const { say } = useText();
  const { may } = useMe();
  const { tell } = useNotices();
  const [number, setNumber] = useState('');
  const { run, isBusy } = useAction(
    useCallback(async () => {
      await ask('PUT', `/stations/${stationId}/desk-number`, { number });
      tell(say('today.deskSaved'));
      onSet();
    }, [stationId, number, onSet, say, tell]),
  );
  return (
    <Paper withBorder p="sm" mb="md" className="no-print">
      <p>{say('today.noDesk')}</p>
      {may('station.edit') && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void run();
          }}
        >
          <Group align="flex-end">
            <TextInput
              label={say('today.deskNumber')}
              value={number}
              onChange={(event) => setNumber(event.currentTarget.value)}
              inputMode="tel"
              required
            />
            <Button type="submit" loading={isBusy}>
              {say('action.save')}
            </Button>
          </Group>
        </form>
      )}
    </Paper>
  );
}
