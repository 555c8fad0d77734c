import { Button, Group, List, Stack, Text, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { ask, tellFailure } from '../api/client';
import { useNotices } from '../kit/notices';
import { useAction } from '../kit/use-action';
import { Refusal } from '../kit/refusal';
import { dayInWords } from '../text/dates';
import { useText } from '../text/text';
import { DateField } from './fields';
import type { SectionProps } from './person-page';
import { findProblem, problemsOf } from './problems';
import type { Problem } from './types';

/** Times without calls: each has an end, and each can be taken back. */
export function Pauses({ record, reload, mayEdit }: SectionProps) {
  const { say, language } = useText();
  const { tell } = useNotices();
  const [isOpen, setOpen] = useState(false);
  const path = `/subscribers/${record.id}/pauses`;
  const end = useAction(async (pauseId: number) => {
    await ask('DELETE', `${path}/${pauseId}`);
    await reload();
  });
  const remove = useAction(async (pause: { id: number; fromOn: string; untilOn: string; reason: string }) => {
    await ask('DELETE', `${path}/${pause.id}`);
    await reload();
    const { fromOn, untilOn, reason } = pause;
    tell(say('people.pause.ended'), () => {
      ask('POST', path, { fromOn, untilOn, reason })
        .then(reload)
        .catch((error: unknown) => tell(tellFailure(error, say)));
    });
  });
  const present = record.pauses.filter(({ untilOn }) => untilOn >= record.today);
  return (
    <>
      {present.length === 0 && <Text>{say('people.pauses.none')}</Text>}
      <List>
        {present.map((pause) => (
          <List.Item key={pause.id}>
            <Group gap="sm">
              <span>
                ‖ {dayInWords(pause.fromOn, language)} ～ {dayInWords(pause.untilOn, language)}
                {pause.reason !== '' && `（${pause.reason}）`}
              </span>
              {mayEdit && (
                <Button
                  variant="default"
                  size="compact-md"
                  loading={remove.isBusy}
                  onClick={() => void remove.run(pause)}
                >
                  {say('people.pause.end')}
                </Button>
              )}
            </Group>
          </List.Item>
        ))}
      </List>
      {mayEdit && !isOpen && (
        <Group>
          <Button variant="default" onClick={() => setOpen(true)}>
            {say('people.pause.add')}
          </Button>
        </Group>
      )}
      {isOpen && (
        <PauseForm
          path={path}
          today={record.today}
          onCancel={() => setOpen(false)}
          onDone={async (id) => {
            setOpen(false);
            await reload();
            tell(say('people.pause.added'), () => void end.run(id));
          }}
        />
      )}
    </>
  );
}

function PauseForm({
  path,
  today,
  onDone,
  onCancel,
}: {
  path: string;
  today: string;
  onDone: (id: number) => Promise<void>;
  onCancel: () => void;
}) {
  const { say } = useText();
  const [fromOn, setFrom] = useState(today);
  const [untilOn, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const [problems, setProblems] = useState<Problem[]>([]);
  const [failure, setFailure] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const send = (event: SyntheticEvent): void => {
    event.preventDefault();
    setBusy(true);
    setFailure(undefined);
    ask<{ id: number }>('POST', path, { fromOn, untilOn, reason })
      .then(({ id }) => onDone(id))
      .catch((error: unknown) => {
        setProblems(problemsOf(error));
        if (problemsOf(error).length === 0) setFailure(tellFailure(error, say));
      })
      .finally(() => setBusy(false));
  };
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="sm">
        <Text size="sm">{say('people.pause.hint')}</Text>
        <DateField
          label={say('people.pause.from')}
          value={fromOn}
          error={findProblem(problems, 'fromOn')}
          onChange={setFrom}
          required
        />
        <DateField
          label={say('people.pause.until')}
          value={untilOn}
          error={findProblem(problems, 'untilOn')}
          onChange={setUntil}
          required
        />
        <TextInput
          label={say('people.pause.reason')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={200}
          autoComplete="off"
        />
        <Refusal text={failure} />
        <Group>
          <Button type="submit" loading={isBusy}>
            {say('people.pause.do')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {say('action.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
