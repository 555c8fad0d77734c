import { Button, Checkbox, Fieldset, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { todayIn } from '../text/dates';
import { useText } from '../text/text';
import type { CardChoices } from './hotdesk';

interface Consent {
  to: string;
  what: string[];
  form: string;
  on?: string;
  note?: string;
}

/** To whom what may be told, and how somebody said so: each is a third party of its own. */
export function ConsentsField({
  value,
  write,
  choices,
  readOnly,
  zone,
}: {
  value: unknown;
  write: (next: Consent[]) => void;
  choices: CardChoices;
  readOnly: boolean;
  zone: string;
}) {
  const { say } = useText();
  const consents = (value as Consent[] | undefined) ?? [];
  const change = (index: number, change: Partial<Consent>): void =>
    write(consents.map((one, at) => (at === index ? { ...one, ...change } : one)));
  const options = (list: 'audiences' | 'consentForms') =>
    Object.entries(choices.choices[list]).map(([key, label]) => ({ value: key, label: label }));
  return (
    <Stack gap="xs">
      {consents.length === 0 && <Text size="sm">{say('card.noConsents')}</Text>}
      {consents.map((consent, index) => (
        <Fieldset key={index} legend={say('card.consentNumber', { number: index + 1 })} disabled={readOnly}>
          <Group align="flex-end">
            <NativeSelect
              label={choices.labels.to}
              data={options('audiences')}
              value={consent.to}
              onChange={(event) => change(index, { to: event.currentTarget.value })}
            />
            <NativeSelect
              label={choices.labels.form}
              data={options('consentForms')}
              value={consent.form}
              onChange={(event) => change(index, { form: event.currentTarget.value })}
            />
            <Button variant="default" onClick={() => write(consents.filter((_one, at) => at !== index))}>
              {say('card.remove')}
            </Button>
          </Group>
          <Checkbox.Group
            mt="xs"
            label={choices.labels.what}
            value={consent.what}
            onChange={(what) => change(index, { what })}
          >
            <Group gap="xs" mt={4}>
              {Object.entries(choices.choices.consentItems).map(([key, label]) => (
                <Checkbox key={key} value={key} label={label} />
              ))}
            </Group>
          </Checkbox.Group>
        </Fieldset>
      ))}
      {!readOnly && (
        <Button
          variant="default"
          w="fit-content"
          onClick={() =>
            write([
              ...consents,
              { to: 'municipality', what: ['name', 'trouble'], form: 'spoken', on: todayIn(zone) },
            ])
          }
        >
          {say('card.addConsent')}
        </Button>
      )}
    </Stack>
  );
}
