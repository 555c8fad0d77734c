import {
  Button,
  Checkbox,
  Fieldset,
  Group,
  List,
  NativeSelect,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import type { Consent } from '../../../src/subscribers/contact';
import { ApiFailure, ask, tellFailure } from '../api/client';
import { useNotices } from '../kit/notices';
import { Refusal } from '../kit/refusal';
import { dayInWords } from '../text/dates';
import { momentOf } from '../text/moments';
import { inGroups } from '../text/phone-number';
import { useText } from '../text/text';
import { DateField } from './fields';
import type { SectionProps } from './person-page';
import { findProblem, problemsOf } from './problems';
import type { Person, Problem } from './types';
import { usePartDraft } from './use-part-draft';

interface ContactDraft {
  id?: number;
  name: string;
  relationship: string;
  number: string;
  mail: string;
  consent: Consent;
  consentSince: string;
  consentBy: string;
  keyHolder: boolean;
  notes: string;
}

interface ContactsDraft {
  version: number;
  contacts: ContactDraft[];
}

function isContactsDraft(found: unknown): found is ContactsDraft {
  const draft = found as Partial<ContactsDraft> | null;
  return typeof draft?.version === 'number' && Array.isArray(draft.contacts);
}

function draftOf(record: Person): ContactsDraft {
  return {
    version: record.version,
    contacts: record.contacts.map((contact) => ({ ...contact, consentSince: contact.consentSince ?? '' })),
  };
}

/** Whom to ask when there is no answer, and what they may be told. */
export function Contacts({ record, reload, mayEdit }: SectionProps) {
  const { say, language } = useText();
  const { isOpen, isOpening, open, draft, setDraft, flush, line, close } = usePartDraft(
    'contacts',
    record.id,
    mayEdit,
    isContactsDraft,
  );
  if (isOpen) {
    return (
      <ContactsForm
        record={record}
        value={draft ?? draftOf(record)}
        onChange={setDraft}
        onBlur={flush}
        line={line}
        onCancel={() => void close()}
        onSaved={async () => {
          await close();
          await reload();
        }}
      />
    );
  }
  return (
    <>
      {record.contacts.length === 0 && <Text>{say('people.contacts.none')}</Text>}
      <List type="ordered" spacing="xs">
        {record.contacts.map((contact) => (
          <List.Item key={contact.id}>
            <Text fw={700} span>
              {contact.name}
            </Text>
            {contact.relationship !== '' && `（${contact.relationship}）`} {inGroups(contact.number)}{' '}
            {contact.mail}
            {contact.keyHolder && ` ・ ${say('people.keyHolder')}`}
            <Text size="sm">
              {say(`people.consent.${contact.consent}`)}
              {contact.consentSince !== undefined && `（${dayInWords(contact.consentSince, language)} ～）`}
              {contact.notes !== '' && ` ・ ${contact.notes}`}
            </Text>
          </List.Item>
        ))}
      </List>
      {mayEdit && (
        <Group>
          <Button
            variant="default"
            onClick={open}
            loading={isOpening}
            aria-label={say('people.change.part.contacts')}
          >
            {say('people.change')}
          </Button>
        </Group>
      )}
      {record.consents.length > 0 && (
        <details>
          <summary>{say('people.consents')}</summary>
          <List size="sm">
            {record.consents.map(({ contact, consent, at, by }, index) => (
              <List.Item key={index}>
                {momentOf(new Date(at), new Date(), record.timeZone, language)} {contact}:{' '}
                {say(`people.consent.${consent}`)} {by !== undefined && `（${by}）`}
              </List.Item>
            ))}
          </List>
        </details>
      )}
    </>
  );
}

const emptyContact: ContactDraft = {
  ...{ name: '', relationship: '', number: '', mail: '', consent: 'onlyWhenUnreachable' },
  ...{ consentSince: '', consentBy: '', keyHolder: false, notes: '' },
};

function ContactsForm({
  record,
  value,
  onChange,
  onBlur,
  line,
  onSaved,
  onCancel,
}: {
  record: Person;
  value: ContactsDraft;
  onChange: (draft: ContactsDraft) => void;
  onBlur: () => void;
  line: React.ReactNode;
  onSaved: () => Promise<void>;
  onCancel: () => void;
}) {
  const { say } = useText();
  const { tell } = useNotices();
  const [problems, setProblems] = useState<Problem[]>([]);
  const [failure, setFailure] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const { contacts } = value;
  const put = (list: ContactDraft[]): void => onChange({ ...value, contacts: list });
  /** Somebody was first: whom they have added is put in here, and the next save is made from their version. */
  const takeOver = async (): Promise<void> => {
    const now = draftOf(await ask<Person>('GET', `/subscribers/${record.id}`));
    const known = new Set([...record.contacts, ...contacts].map(({ id }) => id));
    const added = now.contacts.filter(({ id }) => !known.has(id));
    onChange({ version: now.version, contacts: [...contacts, ...added] });
    setFailure(say('people.contacts.others'));
  };
  const send = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    setFailure(undefined);
    ask('PUT', `/subscribers/${record.id}/contacts`, value)
      .then(() => {
        tell(say('action.saved'));
        return onSaved();
      })
      .catch(async (error: unknown) => {
        setProblems(problemsOf(error));
        setFailure(problemsOf(error).length > 0 ? say('people.mend') : tellFailure(error, say));
        if (error instanceof ApiFailure && error.code === 'changedMeanwhile') await takeOver();
      })
      .finally(() => setBusy(false));
  };
  return (
    <form onSubmit={send} onBlur={onBlur} noValidate>
      <Stack gap="sm">
        {line}
        {contacts.map((contact, index) => {
          const set = (some: Partial<ContactDraft>): void =>
            put(contacts.map((one, at) => (at === index ? { ...one, ...some } : one)));
          const problem = (field: string) => findProblem(problems, `contacts.${index}.${field}`);
          return (
            <Fieldset key={index} legend={say('people.contact.nth', { n: index + 1 })}>
              <Stack gap="xs">
                <Group align="flex-start" gap="sm">
                  {(['name', 'relationship', 'number', 'mail'] as const).map((field) => (
                    <TextInput
                      key={field}
                      label={say(`people.contact.${field}`)}
                      value={contact[field]}
                      error={problem(field)}
                      onChange={(event) => set({ [field]: event.currentTarget.value })}
                      autoComplete="off"
                      maxLength={254}
                      required={field === 'name'}
                    />
                  ))}
                </Group>
                <NativeSelect
                  label={say('people.consent')}
                  value={contact.consent}
                  onChange={(event) => set({ consent: event.currentTarget.value as Consent })}
                  data={(['all', 'onlyWhenUnreachable', 'nothing'] as const).map((one) => ({
                    value: one,
                    label: say(`people.consent.${one}`),
                  }))}
                />
                <Group align="flex-start" gap="sm">
                  <DateField
                    label={say('people.consentSince')}
                    value={contact.consentSince}
                    error={problem('consentSince')}
                    onChange={(consentSince) => set({ consentSince })}
                  />
                  <TextInput
                    label={say('people.consentBy')}
                    value={contact.consentBy}
                    onChange={(event) => set({ consentBy: event.currentTarget.value })}
                    autoComplete="off"
                    maxLength={100}
                  />
                </Group>
                <Checkbox
                  label={say('people.keyHolder')}
                  checked={contact.keyHolder}
                  onChange={(event) => set({ keyHolder: event.currentTarget.checked })}
                />
                <Textarea
                  label={say('people.contact.notes')}
                  value={contact.notes}
                  error={problem('notes')}
                  onChange={(event) => set({ notes: event.currentTarget.value })}
                  autosize
                />
                <Group>
                  <Button
                    variant="default"
                    size="compact-md"
                    onClick={() => put(contacts.filter((_, at) => at !== index))}
                  >
                    {say('people.contact.remove', { n: index + 1 })}
                  </Button>
                </Group>
              </Stack>
            </Fieldset>
          );
        })}
        {contacts.length < 10 && (
          <Group>
            <Button variant="default" onClick={() => put([...contacts, emptyContact])}>
              {say('people.contact.add')}
            </Button>
          </Group>
        )}
        <Refusal text={failure} />
        <Group>
          <Button type="submit" loading={isBusy}>
            {say('action.save')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {say('action.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
