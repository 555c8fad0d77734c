import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMemo, useState, type ReactNode, type SyntheticEvent } from 'react';
import { ApiFailure, ask, tellFailure } from '../api/client';
import { useMe } from '../api/me';
import { useNotices } from '../kit/notices';
import { timeOfDay } from '../text/moments';
import { useText } from '../text/text';
import { DataFields, NotesField, NumberFields, PlanFields } from './fields';
import type { SectionProps } from './person-page';
import { changesOf, draftOf, isPersonDraft, personOf, type PartName, type PersonDraft } from './person-draft';
import { findProblem, problemsOf } from './problems';
import type { Person, Problem } from './types';
import { useCheck } from './use-check';
import { usePartDraft } from './use-part-draft';
import { fieldInWords, fieldName } from './words-of';

interface PartDraft {
  version: number;
  before: PersonDraft;
  now: PersonDraft;
}

function isPartDraft(found: unknown): found is PartDraft {
  const draft = found as Partial<PartDraft> | null;
  return typeof draft?.version === 'number' && isPersonDraft(draft.before) && isPersonDraft(draft.now);
}

/** One part of a record: shown, and changed in its place. */
export function EditablePart({
  record,
  reload,
  mayEdit,
  part,
  children,
}: SectionProps & { part: PartName; children: ReactNode }) {
  const { say } = useText();
  const { isOpen, isOpening, open, draft, setDraft, flush, line, close } = usePartDraft(
    part,
    record.id,
    mayEdit,
    isPartDraft,
  );
  if (!isOpen) {
    return (
      <>
        {children}
        {mayEdit && (
          <Group>
            <Button
              variant="default"
              onClick={open}
              loading={isOpening}
              aria-label={say(`people.change.part.${part}`)}
            >
              {say('people.change')}
            </Button>
          </Group>
        )}
      </>
    );
  }
  const before = draftOf(record.person);
  return (
    <PartForm
      record={record}
      part={part}
      value={draft ?? { version: record.version, before, now: before }}
      onChange={setDraft}
      onBlur={flush}
      line={line}
      onSaved={async () => {
        await close();
        await reload();
      }}
      onCancel={() => void close()}
    />
  );
}

interface Present {
  version: number;
  person: Person['person'];
  by?: string;
  at?: string;
}

function PartForm({
  record,
  part,
  value,
  onChange,
  onBlur,
  line,
  onSaved,
  onCancel,
}: {
  record: Person;
  part: PartName;
  value: PartDraft;
  onChange: (draft: PartDraft) => void;
  onBlur: () => void;
  line: ReactNode;
  onSaved: () => Promise<void>;
  onCancel: () => void;
}) {
  const { say } = useText();
  const { tell } = useNotices();
  const { state } = useMe();
  const me = state.kind === 'in' ? state.me.user.name : undefined;
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [refused, setRefused] = useState<Problem[]>([]);
  const [present, setPresent] = useState<Present>();
  const { version, before, now } = value;
  const body = useMemo(() => personOf(now), [now]);
  const checked = useCheck(record.stationId, body, record.id);
  const problems = [...refused, ...(checked?.problems ?? [])];
  const changes = changesOf(part, now, before);
  const save = async (from: number): Promise<void> => {
    if (Object.keys(changes).length === 0) {
      onCancel();
      return;
    }
    setBusy(true);
    setFailure(undefined);
    try {
      await ask('PUT', `/subscribers/${record.id}`, { version: from, person: changes });
      tell(say('action.saved'));
      await onSaved();
    } catch (error) {
      const isOlder = error instanceof ApiFailure && error.code === 'changedMeanwhile';
      if (isOlder) {
        const other = (error.body as { present: Present }).present;
        if (!present && isOwnElsewhere(other, me, changes, personOf(before))) await save(other.version);
        else setPresent(other);
      } else {
        setRefused(problemsOf(error));
        setFailure(problemsOf(error).length > 0 ? say('people.mend') : tellFailure(error, say));
      }
    } finally {
      setBusy(false);
    }
  };
  const props = {
    draft: now,
    change: (some: Partial<PersonDraft>) => {
      setRefused([]);
      onChange({ version, before, now: { ...now, ...some } });
    },
    problemOf: (field: string) => findProblem(problems, field),
  };
  return (
    <form
      noValidate
      onBlur={onBlur}
      onSubmit={(event: SyntheticEvent) => {
        event.preventDefault();
        if (!isBusy) void save(present?.version ?? version);
      }}
    >
      <Stack gap="sm">
        {line}
        {part === 'data' && <DataFields {...props} />}
        {part === 'numbers' && <NumberFields {...props} shared={checked?.sharedNumbers ?? []} />}
        {part === 'plan' && <PlanFields {...props} checked={checked} />}
        {part === 'notes' && <NotesField {...props} />}
        {failure !== undefined && (
          <Alert color="red" variant="outline" role="alert" title={failure}>
            {refused.map(({ field, label, message }) => (
              <Text key={field} size="sm">
                {label}: {message}
              </Text>
            ))}
          </Alert>
        )}
        {present && (
          <Conflict present={present} mine={changes} before={personOf(before)} zone={record.timeZone} />
        )}
        <Group>
          <Button type="submit" loading={isBusy}>
            {say(present ? 'people.conflict.save' : 'action.save')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {say(present ? 'people.conflict.drop' : 'action.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Whether the other version is one's own change of another part of the same page. */
function isOwnElsewhere(
  { by, person }: Present,
  me: string | undefined,
  mine: Record<string, unknown>,
  before: Record<string, unknown>,
): boolean {
  const theirs = person as unknown as Record<string, unknown>;
  const isSame = (field: string): boolean =>
    JSON.stringify(theirs[field] ?? '') === JSON.stringify(before[field] ?? '');
  return by !== undefined && by === me && Object.keys(mine).every(isSame);
}

/** Somebody was first: what they wrote, and what is written here. */
function Conflict({
  present,
  mine,
  before,
  zone,
}: {
  present: Present;
  mine: Record<string, unknown>;
  before: Record<string, unknown>;
  zone: string;
}) {
  const { say, language } = useText();
  const theirs = present.person as unknown as Record<string, unknown>;
  const fields = Object.keys(before).filter(
    (field) => field in mine || JSON.stringify(theirs[field] ?? '') !== JSON.stringify(before[field] ?? ''),
  );
  const who = present.by === undefined ? say('people.somebody') : say('people.san', { name: present.by });
  const time = present.at === undefined ? '' : timeOfDay(new Date(present.at), zone, language);
  return (
    <Alert color="yellow" variant="outline" role="alert" title={say('people.conflict', { who, time })}>
      {fields.map((field) => (
        <Text key={field} size="sm" className="as-written">
          {fieldName(field, say)}: {say('people.conflict.theirs')} {fieldInWords(field, theirs[field], say)}
          {field in mine && ` ／ ${say('people.conflict.mine')} ${fieldInWords(field, mine[field], say)}`}
        </Text>
      ))}
      <Text size="sm" mt="xs">
        {say('people.conflict.hint')}
      </Text>
    </Alert>
  );
}
