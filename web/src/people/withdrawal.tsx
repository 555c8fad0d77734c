import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ask } from '../api/client';
import { useNotices } from '../kit/notices';
import { useAction } from '../kit/use-action';
import { useText } from '../text/text';
import { bothYears, DateField } from './fields';
import type { SectionProps } from './person-page';

/** The end of the calls, and the way back. */
export function Withdrawal({ record, reload, mayEdit }: SectionProps) {
  const { say } = useText();
  const { tell } = useNotices();
  const [isOpen, setOpen] = useState(false);
  const [day, setDay] = useState(record.today);
  const { withdrawnOn } = record.person;
  const path = `/subscribers/${record.id}`;
  const comeBack = async (version: number): Promise<void> => {
    await ask('POST', `${path}/return`, { version });
    await reload();
  };
  const back = useAction(async () => {
    await comeBack(record.version);
    tell(say('people.returned'));
  });
  const undo = useAction(comeBack);
  const withdraw = useAction(async () => {
    const answer = await ask<{ version: number }>('POST', `${path}/withdraw`, {
      version: record.version,
      withdrawnOn: day,
    });
    setOpen(false);
    await reload();
    tell(say('people.withdrawDone'), () => void undo.run(answer.version));
  });
  if (withdrawnOn !== undefined) {
    return (
      <Group>
        <Text fw={700}>
          － {say('people.withdrawnOn')}: {bothYears(withdrawnOn)}
        </Text>
        {mayEdit && (
          <Button variant="default" loading={back.isBusy} onClick={() => void back.run()}>
            {say('people.return')}
          </Button>
        )}
      </Group>
    );
  }
  if (!mayEdit) return null;
  return (
    <Group>
      <Button variant="outline" color="red" onClick={() => setOpen(true)}>
        {say('people.withdraw')}
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={say('people.withdraw')}>
        <Stack>
          <Text>{say('people.withdraw.hint', { name: record.person.name })}</Text>
          <DateField label={say('people.withdrawnOn')} value={day} onChange={setDay} required />
          <Group>
            <Button color="red" loading={withdraw.isBusy} onClick={() => void withdraw.run()}>
              {say('people.withdraw.do')}
            </Button>
            <Button variant="default" onClick={() => setOpen(false)}>
              {say('action.cancel')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Group>
  );
}
