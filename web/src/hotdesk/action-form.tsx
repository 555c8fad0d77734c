import { Checkbox, Group, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ask } from '../api/client';
import { todayIn } from '../text/dates';
import { useText } from '../text/text';
import { CaseForm, optionsOf, type CaseFormProps } from './case-form';
import { clockTime, instantIn } from './field-values';

/** What was done on a case: from which minute to which, of what kind, for whom. */
export function ActionForm({
  path,
  choices,
  zone,
  onDone,
  onCancel,
  persons,
}: CaseFormProps & { persons: readonly { id: number; content: { name?: string } }[] }) {
  const { say } = useText();
  const [kind, setKind] = useState('phone');
  const [category, setCategory] = useState('preMoveIn');
  const [day, setDay] = useState(todayIn(zone));
  const [from, setFrom] = useState(() => clockTime(new Date(Date.now() - 15 * 60_000), zone));
  const [until, setUntil] = useState(() => clockTime(new Date(), zone));
  const [personId, setPersonId] = useState(String(persons[0]?.id ?? ''));
  const [informationOnly, setInformationOnly] = useState(false);
  const [note, setNote] = useState('');
  const startedAt = instantIn(day, from, zone);
  const minutes = (Date.parse(instantIn(day, until, zone)) - Date.parse(startedAt)) / 60_000;
  const isWrong = !(minutes >= 0);
  const send = async (): Promise<void> => {
    if (isWrong) return;
    await ask('POST', `${path}/actions`, {
      ...{ kind, category, informationOnly, minutes, note, startedAt },
      ...(personId !== '' && { personId: Number(personId) }),
    });
    await onDone();
  };
  return (
    <CaseForm submit={say('action.save')} send={send} onCancel={onCancel}>
      <NativeSelect
        label={say('act.kind')}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value)}
        data={optionsOf(choices.choices.actionKinds)}
      />
      <NativeSelect
        label={say('act.category')}
        value={category}
        onChange={(event) => setCategory(event.currentTarget.value)}
        data={optionsOf(choices.choices.supportCategories)}
      />
      <Group gap="xs" align="flex-start">
        <TextInput
          type="date"
          label={say('case.day')}
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
          required
        />
        <TextInput
          type="time"
          label={say('case.from')}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
          required
        />
        <TextInput
          type="time"
          label={say('case.until')}
          value={until}
          error={isWrong ? say('case.wrongTime') : undefined}
          onChange={(event) => setUntil(event.currentTarget.value)}
          required
        />
      </Group>
      <NativeSelect
        label={say('act.person')}
        value={personId}
        onChange={(event) => setPersonId(event.currentTarget.value)}
        data={[
          { value: '', label: say('card.notChosen') },
          ...persons.map(({ id, content }) => ({ value: String(id), label: content.name ?? String(id) })),
        ]}
      />
      <Checkbox
        label={say('act.informationOnly')}
        checked={informationOnly}
        onChange={(event) => setInformationOnly(event.currentTarget.checked)}
      />
      <Textarea
        label={say('act.note')}
        autosize
        minRows={2}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        required
      />
    </CaseForm>
  );
}
