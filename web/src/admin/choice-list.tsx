import { Button, Checkbox, Group, List, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { StoredList } from '../../../src/consultations/own-choice-store';
import { ask } from '../api/client';
import { useNotices } from '../kit/notices';
import { Refusal } from '../kit/refusal';
import { useForm } from '../kit/use-form';
import { useText } from '../text/text';

interface Row {
  key?: string;
  label: string;
  retired: boolean;
}

/** One list of choices: words are changed, added and retired, never deleted. */
export function ChoiceList({
  base,
  stored,
  mayEdit,
  onSaved,
}: {
  base: string;
  stored: StoredList;
  mayEdit: boolean;
  onSaved: () => Promise<void>;
}) {
  const { say } = useText();
  const { tell } = useNotices();
  const [rows, setRows] = useState<Row[]>(stored.choices);
  const list = say(`design.list.${stored.list}`);
  const form = useForm(async () => {
    // A row that was added and left empty was not meant.
    const choices = rows.filter(({ key, label }) => key !== undefined || label.trim() !== '');
    await ask('PUT', `${base}/card-design/${stored.list}`, { version: stored.version, choices });
    tell(say('action.saved'));
    await onSaved();
  }, {});
  if (!mayEdit) {
    return (
      <List>
        {stored.choices.map(({ key, label, retired }) => (
          <List.Item key={key} className="as-written">
            {label}
            {retired && say('design.retired')}
          </List.Item>
        ))}
      </List>
    );
  }
  const put = (at: number, change: Partial<Row>): void =>
    setRows(rows.map((row, index) => (index === at ? { ...row, ...change } : row)));
  const add = (): void => setRows([...rows, { label: '', retired: false }]);
  return (
    <form onSubmit={form.send}>
      <Stack gap="xs">
        {rows.map(({ key, label, retired }, index) => (
          <Group key={key ?? `new ${index}`} gap="sm" wrap="nowrap">
            <TextInput
              flex={1}
              // The next step after adding one is to write the word.
              autoFocus={key === undefined && label === ''}
              aria-label={say('design.choice', { list, n: index + 1 })}
              value={label}
              onChange={(event) => put(index, { label: event.currentTarget.value })}
              maxLength={60}
              autoComplete="off"
            />
            <Checkbox
              label={say('design.used')}
              aria-label={say('design.usedOf', { label })}
              checked={!retired}
              onChange={(event) => put(index, { retired: !event.currentTarget.checked })}
            />
          </Group>
        ))}
        <Refusal text={form.rest} />
        <Group>
          <Button type="submit" loading={form.isBusy} aria-label={say('design.saveList', { list })}>
            {say('action.save')}
          </Button>
          <Button variant="default" onClick={add}>
            {say('design.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
