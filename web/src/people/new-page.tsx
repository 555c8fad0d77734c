import { Alert, Button, Fieldset, Group, Loader, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useMemo, useRef, useState, type ReactNode, type SyntheticEvent } from 'react';
import { Link, useNavigate } from 'react-router';
import { ask, tellFailure } from '../api/client';
import { DraftLine } from '../kit/draft-line';
import { useNotices } from '../kit/notices';
import { PageFrame } from '../kit/page';
import { useAnswer } from '../kit/use-answer';
import { AnswerView } from '../kit/answer-view';
import { useDraft } from '../kit/use-draft';
import { useText } from '../text/text';
import { DataFields, NotesField, NumberFields, PlanFields } from './fields';
import { emptyDraft, isPersonDraft, personOf, type PersonDraft } from './person-draft';
import { findProblem, problemsOf } from './problems';
import type { Problem, Station } from './types';
import { useCheck } from './use-check';

interface NewDraft {
  /** Sent with the form: however often it is sent, it enrols once. */
  key: string;
  stationId: number | undefined;
  person: PersonDraft;
}

function isNewDraft(found: unknown): found is NewDraft {
  const draft = found as Partial<NewDraft> | null;
  return typeof draft?.key === 'string' && isPersonDraft(draft.person);
}

/** Enrols somebody: one page, step by step, checked while one types. */
export function NewPersonPage() {
  const { say } = useText();
  const stations = useAnswer<Station[]>('/stations');
  return (
    <PageFrame title={say('people.new')}>
      <AnswerView of={stations}>
        {(list) =>
          list.length === 0 ? <Text>{say('people.noStation')}</Text> : <NewPersonForm stations={list} />
        }
      </AnswerView>
    </PageFrame>
  );
}

function freshDraft(stations: readonly Station[]): NewDraft {
  const [only] = stations;
  return {
    key: crypto.randomUUID(),
    stationId: stations.length === 1 ? only?.id : undefined,
    person: emptyDraft(only?.today ?? ''),
  };
}

function NewPersonForm({ stations }: { stations: readonly Station[] }) {
  const { say } = useText();
  const { tell } = useNotices();
  const navigate = useNavigate();
  const [form, setForm] = useState<NewDraft>(() => freshDraft(stations));
  const [isTouched, setTouched] = useState(false);
  const [isSent, setSent] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [refused, setRefused] = useState<Problem[]>([]);
  const top = useRef<HTMLDivElement>(null);
  const [restoredAt, setRestoredAt] = useState<Date>();
  const draft = useDraft('enrolment', 'new', isTouched ? form : undefined, isNewDraft, (found, at) => {
    setForm(found);
    setTouched(true);
    setRestoredAt(at);
  });
  const { person, stationId } = form;
  const body = useMemo(() => personOf(person), [person]);
  const checked = useCheck(stationId ?? stations[0]?.id, body);
  const problems = [...refused, ...(checked?.problems ?? [])];
  const change = (some: Partial<PersonDraft>): void => {
    setTouched(true);
    setRefused([]);
    setForm((now) => ({ ...now, person: { ...now.person, ...some } }));
  };
  const problemOf = (field: string): string | undefined =>
    isSent || isFilled(person, field) ? findProblem(problems, field) : undefined;
  const send = async (): Promise<void> => {
    setSent(true);
    setFailure(undefined);
    if (stationId === undefined) {
      setFailure(say('people.station.choose'));
      return;
    }
    setBusy(true);
    try {
      const { id } = await ask<{ id: number }>('POST', '/subscribers', {
        stationId,
        key: form.key,
        person: body,
      });
      await draft.drop();
      tell(say('people.enrolled', { name: person.name }));
      await navigate(`/subscribers/${id}`);
    } catch (error) {
      setRefused(problemsOf(error));
      setFailure(problemsOf(error).length > 0 ? say('people.mend') : tellFailure(error, say));
      top.current?.focus();
    } finally {
      setBusy(false);
    }
  };
  const discard = (): void => {
    setForm(freshDraft(stations));
    setTouched(false);
    setSent(false);
    setRestoredAt(undefined);
    void draft.drop();
  };
  if (!draft.isKnown) return <Loader aria-label={say('app.loading')} />;
  const props = { draft: person, change, problemOf };
  return (
    <form
      noValidate
      onBlur={draft.flush}
      onSubmit={(event: SyntheticEvent) => {
        event.preventDefault();
        if (!isBusy) void send();
      }}
    >
      <Stack gap="lg">
        <div ref={top} tabIndex={-1}>
          <Text>{say('people.new.hint')}</Text>
          <DraftLine state={draft.state} restoredAt={restoredAt} onDiscard={discard} />
          {failure !== undefined && (
            <Alert color="red" variant="outline" role="alert" title={failure}>
              {isSent &&
                problems.map(({ field, label, message }) => (
                  <Text key={field} size="sm">
                    {label}: {message}
                  </Text>
                ))}
            </Alert>
          )}
        </div>
        <Step n={1} title={say('people.step.who')}>
          {stations.length > 1 && (
            <NativeSelect
              label={say('people.station')}
              value={stationId ?? ''}
              onChange={(event) => {
                const chosen = Number(event.currentTarget.value);
                setTouched(true);
                setForm((now) => ({ ...now, stationId: chosen > 0 ? chosen : undefined }));
              }}
              data={[
                { value: '', label: say('people.station.choose') },
                ...stations.map(({ id, name }) => ({ value: String(id), label: name })),
              ]}
              required
              mb="sm"
            />
          )}
          <DataFields {...props} />
        </Step>
        <Step n={2} title={say('people.step.number')}>
          <NumberFields {...props} shared={checked?.sharedNumbers ?? []} />
        </Step>
        <Step n={3} title={say('people.step.when')}>
          <PlanFields {...props} checked={checked} />
        </Step>
        <Step n={4} title={say('people.notes')}>
          <NotesField {...props} />
        </Step>
        <Group>
          <Button type="submit" size="md" loading={isBusy}>
            {say('people.enrol')}
          </Button>
          <Button variant="default" size="md" component={Link} to="/subscribers">
            {say('people.later')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function isFilled(person: PersonDraft, field: string): boolean {
  const [name = '', index] = field.split('.');
  if (name === 'phones') return (person.phones[Number(index)]?.number ?? '').trim() !== '';
  if (name === 'plan') return false;
  const value = person[name as keyof PersonDraft] as unknown;
  return value !== '' && value !== undefined;
}

function Step({ n, title, children }: { n: number; title: string; children: ReactNode }) {
  return (
    <Fieldset
      p="md"
      legend={
        <Title order={2} size="h4">
          {n}. {title}
        </Title>
      }
    >
      {children}
    </Fieldset>
  );
}
