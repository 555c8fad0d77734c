import { Alert, Button, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { erasureReasons, undoDays, type ErasureReason } from '../../../src/retention/erasure-request';
import { ask } from '../api/client';
import { useMe } from '../api/me';
import { AnswerView } from '../kit/answer-view';
import { FormModal } from '../kit/form-modal';
import { useNotices } from '../kit/notices';
import { useAction } from '../kit/use-action';
import { useAnswer } from '../kit/use-answer';
import { useForm } from '../kit/use-form';
import { useText } from '../text/text';
import { bothYears } from './fields';
import type { SectionProps } from './person-page';

/** As the service answers it. */
type Erasure =
  { state: 'none' } | { state: 'marked'; eraseOn: string; reason: ErasureReason } | { state: 'erased' };

/** Somebody asked to be forgotten: two steps to it, and a week to take it back. */
export function ErasureSection({ record, reload, reason }: SectionProps & { reason: string | undefined }) {
  const { say } = useText();
  const { tell } = useNotices();
  const { may } = useMe();
  const path = `/subscribers/${record.id}/erasure`;
  const erasure = useAnswer<Erasure>(path, { reason });
  const [isOpen, setOpen] = useState(false);
  const mayErase = may('subscriber.erase');
  const changed = async (): Promise<void> => {
    await Promise.all([erasure.reload(), reload()]);
  };
  const takeBack = useAction(async () => {
    await ask('DELETE', path);
    tell(say('erasure.takenBack'));
    await changed();
  });
  return (
    <AnswerView of={erasure}>
      {(now) => {
        if (now.state === 'marked')
          return (
            <Alert variant="outline" color="red" role="status">
              <Group justify="space-between">
                <Text fw={700}>
                  {say('erasure.marked', {
                    day: bothYears(now.eraseOn),
                    reason: say(`erasure.reason.${now.reason}`),
                  })}
                </Text>
                {mayErase && (
                  <Button variant="default" loading={takeBack.isBusy} onClick={() => void takeBack.run()}>
                    {say('erasure.takeBack')}
                  </Button>
                )}
              </Group>
            </Alert>
          );
        return (
          <>
            <Text>{say('erasure.hint', { days: undoDays })}</Text>
            {mayErase && (
              <Group>
                <Button variant="outline" color="red" onClick={() => setOpen(true)}>
                  {say('erasure.open')}
                </Button>
              </Group>
            )}
            {isOpen && (
              <EraseForm
                path={path}
                onClose={() => setOpen(false)}
                onMarked={async () => {
                  setOpen(false);
                  tell(say('erasure.done'), () => void takeBack.run());
                  await changed();
                }}
              />
            )}
          </>
        );
      }}
    </AnswerView>
  );
}

function EraseForm({
  path,
  onClose,
  onMarked,
}: {
  path: string;
  onClose: () => void;
  onMarked: () => Promise<void>;
}) {
  const { say } = useText();
  const [why, setWhy] = useState<ErasureReason>('byPerson');
  const [memberNumber, setMemberNumber] = useState('');
  const form = useForm(
    async () => {
      await ask('POST', path, { memberNumber: memberNumber.normalize('NFKC').trim(), reason: why });
      await onMarked();
    },
    { memberNumber: ['wrongMemberNumber'], reason: [] },
  );
  return (
    <FormModal
      title={say('erasure.title')}
      submit={say('erasure.do', { days: undoDays })}
      form={form}
      onClose={onClose}
    >
      <Text>{say('erasure.hint', { days: undoDays })}</Text>
      <Text>{say('erasure.keep')}</Text>
      <Radio.Group
        label={say('erasure.reason')}
        value={why}
        onChange={(value) => setWhy(erasureReasons.find((one) => one === value) ?? why)}
      >
        <Stack gap="xs" mt="xs">
          {erasureReasons.map((one) => (
            <Radio key={one} value={one} label={say(`erasure.reason.${one}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <TextInput
        label={say('erasure.memberNumber')}
        description={say('erasure.memberNumber.hint')}
        descriptionProps={{ c: 'var(--dim)' }}
        value={memberNumber}
        onChange={(event) => setMemberNumber(event.currentTarget.value)}
        autoComplete="off"
        required
        error={form.errorAt('memberNumber')}
      />
    </FormModal>
  );
}
