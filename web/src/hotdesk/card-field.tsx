import { Checkbox, Group, NativeSelect, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { shownAt } from '../../../src/consultations/card-edits';
import { labelOf, type FormField } from '../../../src/consultations/card-form';
import { todayIn } from '../text/dates';
import { useText } from '../text/text';
import { cardDesk, type OpenCard } from './card-desk';
import { ConsentsField } from './consents-field';
import { dayTold, readDay, readPhones, readWhole } from './field-values';
import type { CardChoices } from './hotdesk';
import { triageSigns } from './signs';

export interface CardFieldProps {
  open: OpenCard;
  field: FormField;
  choices: CardChoices;
  zone: string;
}

/** One field of a card, by its kind. It writes to the desk, which saves by itself. */
export function CardField({ open, field, choices, zone }: CardFieldProps) {
  const { say } = useText();
  const { path } = field;
  const value = shownAt(open.card, open.edits, path);
  const write = (next: unknown): void => cardDesk.write(open.card.id, path, next);
  const readOnly = open.card.state === 'finished';
  const common = {
    label: labelOf(path, choices.labels),
    error: open.problems[path],
    'data-field': path,
  };
  switch (field.kind) {
    case 'line':
      return (
        <TextInput
          {...common}
          value={textOf(value)}
          readOnly={readOnly}
          onChange={(event) => write(event.currentTarget.value)}
        />
      );
    case 'text':
      return (
        <Textarea
          {...common}
          value={textOf(value)}
          readOnly={readOnly}
          onChange={(event) => write(event.currentTarget.value)}
          autosize
          minRows={path === 'freeText' ? 4 : 2}
        />
      );
    case 'phones':
      return (
        <TypedInput
          {...common}
          shown={(value as string[] | undefined)?.join('、') ?? ''}
          readOnly={readOnly}
          inputMode="tel"
          onTyped={(typed) => write(readPhones(typed))}
        />
      );
    case 'whole':
      return (
        <TypedInput
          {...common}
          shown={typeof value === 'number' || typeof value === 'string' ? String(value) : ''}
          readOnly={readOnly}
          inputMode="numeric"
          onTyped={(typed) => write(readWhole(typed))}
        />
      );
    case 'date': {
      const isBirth = path.endsWith('birthDate');
      return (
        <TypedInput
          {...common}
          shown={textOf(value)}
          readOnly={readOnly}
          placeholder={say(isBirth ? 'card.birthHint' : 'card.dateHint')}
          told={(typed) => {
            const day = readDay(typed);
            return day && dayTold(day, todayIn(zone), isBirth);
          }}
          onTyped={(typed) => write(typed === '' ? null : (readDay(typed) ?? typed))}
        />
      );
    }
    case 'one':
      return (
        <NativeSelect
          {...common}
          value={textOf(value)}
          disabled={readOnly}
          data={[
            ...(textOf(value) === '' || mayBeEmptied.includes(path)
              ? [{ value: '', label: say('card.notChosen') }]
              : []),
            ...offered(choices, field.list, [textOf(value)]).map(([key, label]) => ({
              value: key,
              label: label,
            })),
          ]}
          onChange={(event) => write(event.currentTarget.value || null)}
        />
      );
    case 'flag':
      return (
        <NativeSelect
          {...common}
          value={value === true ? 'yes' : value === false ? 'no' : ''}
          disabled={readOnly}
          data={[
            { value: '', label: say('card.notAsked') },
            { value: 'yes', label: say('card.yes') },
            { value: 'no', label: say('card.no') },
          ]}
          onChange={(event) => {
            const chosen = event.currentTarget.value;
            // Whether an elevator is needed is either so or not: it has no empty state.
            if (chosen !== '') write(chosen === 'yes');
            else write(path === 'wishesCheckIn' ? null : false);
          }}
        />
      );
    case 'some':
      return (
        <Checkbox.Group
          {...common}
          value={(value as string[] | undefined) ?? []}
          onChange={write}
          disabled={readOnly}
        >
          <Group gap="xs" mt={4}>
            {offered(choices, field.list, (value as string[] | undefined) ?? []).map(([key, label]) => (
              <Checkbox key={key} value={key} label={label} />
            ))}
          </Group>
        </Checkbox.Group>
      );
    case 'triage':
      return (
        <Radio.Group {...common} value={textOf(value)} onChange={write}>
          <Stack gap={4} mt={4}>
            {Object.values(choices.triage).map(({ triage, label, when, say: words }) => (
              <div key={triage}>
                <Radio
                  value={triage}
                  disabled={readOnly}
                  label={`${triageSigns[triage]} ${label}`}
                  description={when}
                />
                {value === triage && words.length > 0 && (
                  <Stack gap={2} ml="xl" my={4} role="status" data-testid="triage-words">
                    {words.map((word) => (
                      <Text key={word} size="sm" fw={700}>
                        {word}
                      </Text>
                    ))}
                  </Stack>
                )}
              </div>
            ))}
          </Stack>
        </Radio.Group>
      );
    case 'consents':
      return <ConsentsField value={value} write={write} choices={choices} readOnly={readOnly} zone={zone} />;
  }
}

/** What has to be read before it is written: it stays as it was typed until one leaves the field. */
function TypedInput({
  shown,
  told,
  onTyped,
  ...rest
}: {
  label: string;
  error: string | undefined;
  'data-field': string;
  shown: string;
  readOnly: boolean;
  placeholder?: string;
  inputMode?: 'tel' | 'numeric';
  told?: (typed: string) => string | undefined;
  onTyped: (typed: string) => void;
}) {
  const [typed, setTyped] = useState<string>();
  const text = typed ?? shown;
  const { error, ...input } = rest;
  return (
    <TextInput
      {...input}
      {...(error !== undefined && { error })}
      value={text}
      description={text === '' ? undefined : told?.(text)}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onTyped(event.currentTarget.value);
      }}
      onBlur={() => setTyped(undefined)}
    />
  );
}

/** What may be chosen, and what is chosen already although it is offered no more. */
function offered(
  { choices, retired }: CardChoices,
  list: keyof CardChoices['choices'],
  chosen: readonly string[],
): [key: string, label: string][] {
  const gone = retired[list] ?? [];
  return Object.entries<string>(choices[list]).filter(([key]) => !gone.includes(key) || chosen.includes(key));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Choices that a card takes back; of the others, one says that it is not known. */
const mayBeEmptied = ['mainTrouble', 'situation.home'];
