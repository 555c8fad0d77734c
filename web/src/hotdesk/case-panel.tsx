import { Alert, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useCallback, useState } from 'react';
import type { CardOnScreen } from '../../../src/consultations/card-edits';
import type { NumberFacts } from '../../../src/consultations/card-view';
import type { CaseStory } from '../../../src/consultations/case-timeline';
import { ask } from '../api/client';
import { AnswerView } from '../kit/answer-view';
import { useNotices } from '../kit/notices';
import { useAction } from '../kit/use-action';
import { useAnswer, type Answered } from '../kit/use-answer';
import { useText } from '../text/text';
import { ActionForm } from './action-form';
import { cardDesk } from './card-desk';
import { CaseTimeline } from './case-timeline';
import { useHotdesk, type CardChoices } from './hotdesk';
import classes from './hotdesk.module.css';
import { LeaseForm } from './lease-form';
import { ReferralForm } from './referral-form';

export interface CaseAnswer extends CaseStory {
  id: number;
  title: string;
  state: 'open' | 'closed';
  persons: { id: number; role: string; content: { name?: string } }[];
}

type Form = 'action' | 'referral' | 'lease';

/** The case of a card: its story, and what is added to it while one talks. */
export function CasePanel({
  card,
  known,
  choices,
  zone,
}: {
  card: CardOnScreen;
  known: NumberFacts | undefined;
  choices: CardChoices;
  zone: string;
}) {
  const { say } = useText();
  return (
    <section className={classes.section} aria-label={say('case.title')} data-testid="case">
      <Title order={2} size="h4" mb="xs">
        {say('case.title')}
      </Title>
      {card.caseId === undefined ? (
        <StartCase card={card} known={known} choices={choices} />
      ) : (
        <Case caseId={card.caseId} choices={choices} zone={zone} />
      )}
    </section>
  );
}

function StartCase({
  card,
  known,
  choices,
}: {
  card: CardOnScreen;
  known: NumberFacts | undefined;
  choices: CardChoices;
}) {
  const { say } = useText();
  const { tell } = useNotices();
  const { organizationId } = useHotdesk();
  const [typed, setTyped] = useState<string>();
  const trouble = (choices.choices.troubles as Record<string, string>)[card.content.mainTrouble ?? ''] ?? '';
  const title = typed ?? trouble;
  const { run, isBusy } = useAction(
    useCallback(
      async (target: { title: string } | { caseId: number }) => {
        await cardDesk.save(card.id);
        await ask('PUT', `/organizations/${organizationId}/cards/${card.id}/case`, target);
        await cardDesk.load(card.id);
        tell(say('case.started'));
      },
      [card.id, organizationId, tell, say],
    ),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (title.trim() !== '') void run({ title: title.trim() });
      }}
    >
      <Stack gap="xs">
        <Text size="sm">{say('case.none')}</Text>
        {known?.cases
          .filter(({ state }) => state === 'open')
          .map((one) => (
            <Button key={one.id} variant="default" onClick={() => void run({ caseId: one.id })}>
              {say('case.join', { title: one.title })}
            </Button>
          ))}
        <TextInput
          label={say('case.name')}
          value={title}
          onChange={(event) => setTyped(event.currentTarget.value)}
          maxLength={200}
          required
        />
        <Button type="submit" loading={isBusy} w="fit-content">
          {say('case.start')}
        </Button>
      </Stack>
    </form>
  );
}

function Case({ caseId, choices, zone }: { caseId: number; choices: CardChoices; zone: string }) {
  const { organizationId } = useHotdesk();
  const found = useAnswer<CaseAnswer>(`/organizations/${organizationId}/cases/${caseId}`);
  return <CaseWork {...{ caseId, found, choices, zone }} />;
}

/** What happened in a case, and what can be added to it. */
export function CaseWork({
  caseId,
  found,
  choices,
  zone,
}: {
  caseId: number;
  found: Answered<CaseAnswer>;
  choices: CardChoices;
  zone: string;
}) {
  const { say } = useText();
  const { tell } = useNotices();
  const { organizationId } = useHotdesk();
  const path = `/organizations/${organizationId}/cases/${caseId}`;
  const { reload } = found;
  const [form, setForm] = useState<Form>();
  const done = async (): Promise<void> => {
    setForm(undefined);
    await reload();
    tell(say('action.saved'));
  };
  const { run: setState } = useAction(
    useCallback(
      async (state: 'open' | 'closed') => {
        await ask('PATCH', path, { state });
        await reload();
        tell(say('case.changed'));
      },
      [path, reload, tell, say],
    ),
  );
  const forms: readonly [Form, string][] = [
    ['action', say('case.addAction')],
    ['referral', say('case.addReferral')],
    ['lease', say('case.addLease')],
  ];
  const given = { path, choices, zone, onDone: done, onCancel: () => setForm(undefined) };
  return (
    <AnswerView of={found}>
      {(answer) => (
        <Stack gap="xs">
          <Text fw={700}>{answer.title}</Text>
          {answer.state === 'closed' && <Alert variant="outline">{say('case.closed')}</Alert>}
          <Group gap="xs">
            {forms.map(([which, words]) => (
              <Button
                key={which}
                size="compact-md"
                variant={form === which ? 'filled' : 'default'}
                aria-expanded={form === which}
                onClick={() => setForm(form === which ? undefined : which)}
              >
                {words}
              </Button>
            ))}
          </Group>
          {form === 'action' && <ActionForm {...given} persons={answer.persons} />}
          {form === 'referral' && <ReferralForm {...given} />}
          {form === 'lease' && <LeaseForm {...given} />}
          <CaseTimeline answer={answer} choices={choices} zone={zone} onChanged={reload} />
          <Button
            size="compact-md"
            variant="default"
            w="fit-content"
            onClick={() => void setState(answer.state === 'open' ? 'closed' : 'open')}
          >
            {say(answer.state === 'open' ? 'case.close' : 'case.reopen')}
          </Button>
        </Stack>
      )}
    </AnswerView>
  );
}
