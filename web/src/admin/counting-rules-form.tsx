import { Button, Checkbox, Group, List, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { CountingRules, RuleTexts } from '../../../src/consultations/counting-rules';
import { ask } from '../api/client';
import type { CardChoices } from '../hotdesk/hotdesk';
import { useNotices } from '../kit/notices';
import { Refusal } from '../kit/refusal';
import { useForm } from '../kit/use-form';
import { useText } from '../text/text';

export interface RulesAnswer {
  version: number;
  rules: CountingRules;
  texts: RuleTexts;
}

/** How consultations are counted: each rule is a box to tick, and a sentence of the report. */
export function CountingRulesForm({
  base,
  answer,
  words,
  mayEdit,
  onSaved,
}: {
  base: string;
  answer: RulesAnswer;
  words: CardChoices;
  mayEdit: boolean;
  onSaved: () => Promise<void>;
}) {
  const { say } = useText();
  const { tell } = useNotices();
  const [rules, setRules] = useState(answer.rules);
  const { consultations, handled } = rules;
  const form = useForm(async () => {
    await ask('PUT', `${base}/counting-rules`, { version: answer.version, ...rules });
    tell(say('action.saved'));
    await onSaved();
  }, {});
  const count = (some: Partial<CountingRules['consultations']>): void =>
    setRules({ ...rules, consultations: { ...consultations, ...some } });
  const handle = (some: Partial<CountingRules['handled']>): void =>
    setRules({ ...rules, handled: { ...handled, ...some } });
  const triages = Object.fromEntries(Object.entries(words.triage).map(([key, { label }]) => [key, label]));
  return (
    <Stack gap="sm">
      <Title order={3} size="h5">
        {say('design.meaning')}
      </Title>
      <List data-testid="rules" spacing="xs">
        {Object.entries(answer.texts).map(([figure, text]) => (
          <List.Item key={figure}>{text as string}</List.Item>
        ))}
      </List>
      {mayEdit && (
        <form onSubmit={form.send}>
          <Stack gap="sm">
            <Text size="sm">{say('design.rules.hint')}</Text>
            <NativeSelect
              label={say('design.yearStart')}
              value={String(rules.yearStartsInMonth)}
              onChange={(event) =>
                setRules({ ...rules, yearStartsInMonth: Number(event.currentTarget.value) })
              }
              data={Array.from({ length: 12 }, (_, index) => ({
                value: String(index + 1),
                label: say('design.month', { n: index + 1 }),
              }))}
            />
            <Checkbox
              label={say('design.countDrafts')}
              checked={consultations.countDrafts}
              onChange={(event) => count({ countDrafts: event.currentTarget.checked })}
            />
            <Boxes
              label={say('design.channels')}
              words={words.choices.channels}
              chosen={consultations.channels}
              onChange={(channels) => count({ channels })}
            />
            <Boxes
              label={say('design.triages')}
              words={triages}
              chosen={consultations.triages}
              onChange={(chosen) => count({ triages: chosen })}
            />
            <Boxes
              label={say('design.actionKinds')}
              words={words.choices.actionKinds}
              chosen={handled.actionKinds}
              onChange={(actionKinds) => handle({ actionKinds })}
            />
            <Checkbox
              label={say('design.informationOnly')}
              checked={handled.countInformationOnly}
              onChange={(event) => handle({ countInformationOnly: event.currentTarget.checked })}
            />
            <Checkbox
              label={say('design.referrals')}
              checked={handled.countReferrals}
              onChange={(event) => handle({ countReferrals: event.currentTarget.checked })}
            />
            <Refusal text={form.rest} />
            <Group>
              <Button type="submit" loading={form.isBusy}>
                {say('design.saveRules')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Stack>
  );
}

/** Some of a closed list. */
function Boxes<Key extends string>({
  label,
  words,
  chosen,
  onChange,
}: {
  label: string;
  words: Readonly<Record<string, string>>;
  chosen: readonly Key[];
  onChange: (chosen: Key[]) => void;
}) {
  return (
    <Checkbox.Group label={label} value={[...chosen]} onChange={onChange}>
      <Group gap="xs" mt={4}>
        {Object.entries(words).map(([key, word]) => (
          <Checkbox key={key} value={key} label={word} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}
