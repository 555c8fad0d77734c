import { Anchor, Button, Group, NativeSelect, Text, TextInput, Title } from '@mantine/core';
import { useCallback, useState } from 'react';
import { Link } from 'react-router';
import { ask } from '../api/client';
import { useMe } from '../api/me';
import { AnswerView } from '../kit/answer-view';
import { useNotices } from '../kit/notices';
import { PageFrame } from '../kit/page';
import { useAction } from '../kit/use-action';
import { useAnswer } from '../kit/use-answer';
import { dayInWords } from '../text/dates';
import { inGroups } from '../text/phone-number';
import { useText } from '../text/text';
import { CaseForm, optionsOf } from './case-form';
import classes from './hotdesk.module.css';
import type { DestinationAnswer } from './referral-form';
import { useCardWords } from './use-card-words';

interface OpenReferral {
  id: number;
  caseId: number;
  destinationName: string;
  askedOn: string;
  answerDueOn?: string;
}

/** To whom people are passed on, and whose answer is still awaited. */
export function DestinationsPage() {
  const { say, language } = useText();
  const { may } = useMe();
  const { tell } = useNotices();
  const { organizationId, choices } = useCardWords();
  const base = organizationId === undefined ? undefined : `/organizations/${organizationId}`;
  const list = useAnswer<DestinationAnswer[]>(base && `${base}/referral-destinations`);
  const waiting = useAnswer<OpenReferral[]>(base && `${base}/referrals/open`);
  const [editing, setEditing] = useState<number | 'new'>();
  const { reload } = list;
  const { run: remove } = useAction(
    useCallback(
      async ({ id, ...destination }: DestinationAnswer) => {
        await ask('DELETE', `${base ?? ''}/referral-destinations/${id}`);
        await reload();
        tell(say('dest.removed', { name: destination.name }), () => {
          void ask('POST', `${base ?? ''}/referral-destinations`, destination).then(reload);
        });
      },
      [base, reload, tell, say],
    ),
  );
  const mayEdit = may('card.edit');
  const kinds = (choices?.choices.destinationKinds ?? {}) as Record<string, string>;
  const closed = { onCancel: () => setEditing(undefined) };
  const saved = async (): Promise<void> => {
    setEditing(undefined);
    await reload();
    tell(say('action.saved'));
  };
  const add = mayEdit ? <Button onClick={() => setEditing('new')}>{say('dest.add')}</Button> : undefined;
  return (
    <PageFrame title={say('dest.title')} actions={add}>
      {editing === 'new' && base && (
        <div className={classes.section}>
          <DestinationForm base={base} kinds={kinds} onDone={saved} {...closed} />
        </div>
      )}
      {waiting.answer && waiting.answer.length > 0 && (
        <section className={classes.section} aria-label={say('refer.open')}>
          <Title order={2} size="h4" mb="xs">
            {say('refer.open')}
          </Title>
          <ul className={classes.timeline}>
            {waiting.answer.map(({ id, caseId, destinationName, askedOn, answerDueOn }) => (
              <li key={id}>
                {`${destinationName}　${say('refer.asked')} ${dayInWords(askedOn, language)}　`}
                {answerDueOn && say('case.due', { date: dayInWords(answerDueOn, language) })}{' '}
                <Anchor
                  component={Link}
                  to={`/cases/${caseId}`}
                  underline="always"
                >{`${say('case.title')} ${caseId}`}</Anchor>
              </li>
            ))}
          </ul>
        </section>
      )}
      <AnswerView of={list}>
        {(destinations) =>
          destinations.length === 0 ? (
            <Text>{say('dest.none')}</Text>
          ) : (
            destinations.map((one) => (
              <section
                key={one.id}
                className={classes.section}
                aria-label={one.name}
                data-testid="destination"
              >
                {editing === one.id && base ? (
                  <DestinationForm base={base} kinds={kinds} given={one} onDone={saved} {...closed} />
                ) : (
                  <Group justify="space-between" align="flex-start">
                    <div>
                      <Text fw={700}>{one.name}</Text>
                      <Text size="sm">{`${kinds[one.kind] ?? ''}　${inGroups(one.phone)}`}</Text>
                      <Text size="sm">{one.note}</Text>
                    </div>
                    {mayEdit && (
                      <Group gap="xs">
                        <Button variant="default" size="compact-md" onClick={() => setEditing(one.id)}>
                          {say('dest.edit')}
                        </Button>
                        <Button variant="default" size="compact-md" onClick={() => void remove(one)}>
                          {say('dest.remove')}
                        </Button>
                      </Group>
                    )}
                  </Group>
                )}
              </section>
            ))
          )
        }
      </AnswerView>
    </PageFrame>
  );
}

function DestinationForm({
  base,
  kinds,
  given,
  onDone,
  onCancel,
}: {
  base: string;
  kinds: Readonly<Record<string, string>>;
  given?: DestinationAnswer;
  onDone: () => Promise<void>;
  onCancel: () => void;
}) {
  const { say } = useText();
  const [fields, setFields] = useState({
    name: given?.name ?? '',
    kind: given?.kind ?? 'municipality',
    phone: given?.phone ?? '',
    note: given?.note ?? '',
  });
  const set = (change: Partial<typeof fields>): void => setFields((before) => ({ ...before, ...change }));
  const send = async (): Promise<void> => {
    const path = `${base}/referral-destinations`;
    await ask(given ? 'PUT' : 'POST', given ? `${path}/${given.id}` : path, fields);
    await onDone();
  };
  return (
    <CaseForm submit={say('action.save')} send={send} onCancel={onCancel}>
      <TextInput
        label={say('dest.name')}
        required
        value={fields.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <NativeSelect
        label={say('dest.kind')}
        data={optionsOf(kinds)}
        value={fields.kind}
        onChange={(event) => set({ kind: event.currentTarget.value })}
      />
      <TextInput
        label={say('dest.phone')}
        inputMode="tel"
        value={fields.phone}
        onChange={(event) => set({ phone: event.currentTarget.value })}
      />
      <TextInput
        label={say('dest.note')}
        value={fields.note}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
    </CaseForm>
  );
}
