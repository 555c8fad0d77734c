import {
  Button,
  Checkbox,
  Fieldset,
  Group,
  NativeSelect,
  NumberInput,
  Radio,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import type { ReactNode } from 'react';
import { parseJapaneseDate } from '../../../src/subscribers/japanese-date';
import { dayInWords } from '../text/dates';
import { inGroups } from '../text/phone-number';
import { useText } from '../text/text';
import type { PersonDraft } from './person-draft';
import type { Checked } from './types';
import { weekdayKeys } from './words-of';

export interface FieldsProps {
  draft: PersonDraft;
  change: (some: Partial<PersonDraft>) => void;
  /** What is wrong with a field, in words; undefined when nothing is, or nothing was typed yet. */
  problemOf: (field: string) => string | undefined;
}

export function DataFields({ draft, change, problemOf }: FieldsProps) {
  const { say } = useText();
  const text = (field: 'name' | 'kana' | 'memberNumber') => ({
    label: say(`people.${field}`),
    value: draft[field],
    error: problemOf(field),
    onChange: (event: { currentTarget: { value: string } }) => change({ [field]: event.currentTarget.value }),
    autoComplete: 'off',
  });
  return (
    <Stack gap="sm">
      <TextInput {...text('name')} description={say('people.name.hint')} required maxLength={100} />
      <TextInput {...text('kana')} description={say('people.kana.hint')} maxLength={100} />
      <TextInput
        {...text('memberNumber')}
        description={say('people.memberNumber.hint')}
        required
        maxLength={40}
      />
      <DateField
        label={say('people.birthDate')}
        value={draft.birthDate}
        error={problemOf('birthDate')}
        onChange={(birthDate) => change({ birthDate })}
      />
      <DateField
        label={say('people.enrolledOn')}
        value={draft.enrolledOn}
        error={problemOf('enrolledOn')}
        onChange={(enrolledOn) => change({ enrolledOn })}
        required
      />
    </Stack>
  );
}

/** A date in Western or Japanese years, and what it was understood as in both. */
export function DateField({
  label,
  value,
  error,
  onChange,
  required = false,
}: {
  label: string;
  value: string;
  error?: string | undefined;
  onChange: (value: string) => void;
  required?: boolean;
}) {
  const { say } = useText();
  const parsed = parseJapaneseDate(value);
  return (
    <TextInput
      label={label}
      description={
        parsed.ok ? `${say('people.date.read')} ${bothYears(parsed.date)}` : say('people.date.hint')
      }
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoComplete="off"
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      required={required}
      maxLength={40}
    />
  );
}

/** 1935年2月3日（昭和10年2月3日） */
export function bothYears(date: string): string {
  return `${dayInWords(date, 'ja', 'western', false)}（${dayInWords(date, 'ja', 'japanese', false)}）`;
}

export function NumberFields({
  draft,
  change,
  problemOf,
  shared,
}: FieldsProps & { shared: readonly string[] }) {
  const { say } = useText();
  const { phones } = draft;
  const set = (index: number, some: Partial<PersonDraft['phones'][number]>): void =>
    change({ phones: phones.map((phone, at) => (at === index ? { ...phone, ...some } : phone)) });
  const swap = (index: number): void => {
    const [before, ...rest] = phones.slice(index - 1);
    const [here, ...after] = rest;
    if (before && here) change({ phones: [...phones.slice(0, index - 1), here, before, ...after] });
  };
  return (
    <Stack gap="sm">
      <Text size="sm">{say('people.numbers.hint')}</Text>
      {phones.map((phone, index) => (
        <Fieldset key={index} legend={say('people.number.nth', { n: index + 1 })}>
          <Stack gap="xs">
            <Group align="flex-start" gap="sm">
              <TextInput
                label={say('people.number')}
                value={phone.number}
                error={problemOf(`phones.${index}.number`) ?? (index === 0 ? problemOf('phones') : undefined)}
                onChange={(event) => set(index, { number: event.currentTarget.value })}
                inputMode="tel"
                autoComplete="off"
                maxLength={40}
                required={index === 0}
              />
              <NativeSelect
                label={say('people.tone')}
                value={phone.toneProfile}
                onChange={(event) =>
                  set(index, { toneProfile: event.currentTarget.value as typeof phone.toneProfile })
                }
                data={(['tone', 'pulse', 'noTone'] as const).map((value) => ({
                  value,
                  label: say(`people.tone.${value}`),
                }))}
              />
            </Group>
            <Group gap="xs">
              {index > 0 && (
                <Button variant="default" size="compact-md" onClick={() => swap(index)}>
                  {say('people.number.first')}
                </Button>
              )}
              {phones.length > 1 && (
                <Button
                  variant="default"
                  size="compact-md"
                  onClick={() => change({ phones: phones.filter((_, at) => at !== index) })}
                >
                  {say('people.number.remove', { n: index + 1 })}
                </Button>
              )}
            </Group>
          </Stack>
        </Fieldset>
      ))}
      {shared.length > 0 && (
        <Text size="sm" role="status">
          ⓘ {say('people.number.shared', { numbers: shared.map(inGroups).join('、') })}
        </Text>
      )}
      {phones.length < 3 && (
        <Group>
          <Button
            variant="default"
            onClick={() => change({ phones: [...phones, { number: '', toneProfile: 'tone' }] })}
          >
            {say('people.number.add')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

export function PlanFields({
  draft,
  change,
  problemOf,
  checked,
}: FieldsProps & { checked: Checked | undefined }) {
  const { say } = useText();
  const { sameMinute } = checked ?? {};
  const dayProblem = problemOf('plan.days');
  let busy: ReactNode = null;
  if (sameMinute !== undefined && (draft.kind === 'daily' || draft.days.length > 0))
    busy = say(sameMinute === 0 ? 'people.plan.nobodyElse' : 'people.plan.sameMinute', { count: sameMinute });
  return (
    <Stack gap="sm">
      <Radio.Group
        label={say('people.plan.kind')}
        value={draft.kind}
        onChange={(kind) => change({ kind: kind })}
      >
        <Group mt="xs">
          <Radio value="weekly" label={say('people.plan.weekly')} />
          <Radio value="daily" label={say('people.plan.daily')} />
        </Group>
      </Radio.Group>
      {draft.kind === 'weekly' && (
        <Checkbox.Group
          label={say('people.plan.days')}
          value={draft.days.map(String)}
          onChange={(days) => change({ days: days.map(Number).sort() })}
          error={dayProblem}
        >
          <Group mt="xs" gap="sm">
            {weekdayKeys.map((key, index) => (
              <Checkbox key={key} value={String(index + 1)} label={say(key)} />
            ))}
          </Group>
        </Checkbox.Group>
      )}
      <Group align="flex-start" gap="sm">
        <TextInput
          type="time"
          label={say('people.plan.time')}
          value={draft.time}
          error={problemOf('plan.time')}
          onChange={(event) => change({ time: event.currentTarget.value })}
          required
        />
        <NativeSelect
          label={say('people.plan.policy')}
          value={draft.policyPreset}
          onChange={(event) =>
            change({ policyPreset: event.currentTarget.value as PersonDraft['policyPreset'] })
          }
          data={(['matsudo', 'sameDay'] as const).map((value) => ({
            value,
            label: say(`people.policy.${value}`),
          }))}
        />
      </Group>
      <Text size="sm" role="status">
        {busy}
      </Text>
      <Group align="flex-start" gap="sm">
        <NativeSelect
          label={say('people.speechRate')}
          value={draft.speechRate}
          onChange={(event) => change({ speechRate: event.currentTarget.value as PersonDraft['speechRate'] })}
          data={(['normal', 'slow', 'slower'] as const).map((value) => ({
            value,
            label: say(`people.speechRate.${value}`),
          }))}
        />
        <NumberInput
          label={say('people.ringSeconds')}
          value={draft.ringSeconds}
          error={problemOf('ringSeconds')}
          onChange={(value) => change({ ringSeconds: typeof value === 'number' ? value : '' })}
          min={20}
          max={90}
          hideControls
        />
      </Group>
    </Stack>
  );
}

export function NotesField({ draft, change, problemOf }: FieldsProps) {
  const { say } = useText();
  return (
    <Textarea
      label={say('people.notes')}
      description={say('people.notes.hint')}
      value={draft.notes}
      error={problemOf('notes')}
      onChange={(event) => change({ notes: event.currentTarget.value })}
      autosize
      minRows={3}
    />
  );
}
