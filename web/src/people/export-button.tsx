import { Button, Modal, NativeSelect, Stack, Text, Textarea } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { askFile } from '../api/client';
import { useAction } from '../kit/use-action';
import { useText } from '../text/text';
import type { Station } from './types';

/** Takes a station's list out as a file: only for a stated reason, which stands in the file too. */
export function ExportButton({ stations }: { stations: readonly Station[] }) {
  const { say } = useText();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [station, setStation] = useState(String(stations[0]?.id ?? ''));
  const { run, isBusy } = useAction(async () => {
    const file = await askFile('GET', `/subscribers/export?station=${station}`, { reason: reason.trim() });
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file);
    link.download = `subscribers-${station}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
    setOpen(false);
    setReason('');
  });
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {say('people.export')}
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={say('people.export')}>
        <form
          onSubmit={(event: SyntheticEvent) => {
            event.preventDefault();
            if (reason.trim() !== '') void run();
          }}
        >
          <Stack>
            <Text size="sm">{say('people.export.hint')}</Text>
            <NativeSelect
              label={say('people.station')}
              value={station}
              onChange={(event) => setStation(event.currentTarget.value)}
              data={stations.map(({ id, name }) => ({ value: String(id), label: name }))}
            />
            <Textarea
              label={say('people.export.reason')}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              maxLength={300}
              autosize
              minRows={2}
              required
            />
            <Button type="submit" loading={isBusy}>
              {say('action.download')}
            </Button>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
