import {
  Alert,
  Button,
  Checkbox,
  Group,
  Paper,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useState } from 'react';
import { ask } from '../api/client';
import { useMe } from '../api/me';
import { useNotices } from '../kit/notices';
import { useForm } from '../kit/use-form';
import { useText } from '../text/text';
import { daysAlike, readSpans, spansText, type LineRow } from './calendar';

const days = [1, 2, 3, 4, 5, 6, 7] as const;

/** When a line is open, in words; and changing it. */
export function LineHours({
  tenantId,
  line,
  sentence,
  onSaved,
}: {
  tenantId: number;
  line: LineRow;
  /** Whether it is open now, and when it opens next. */
  sentence: string;
  onSaved: () => Promise<void>;
}) {
  const { say } = useText();
  const { may } = useMe();
  const { tell } = useNotices();
  const [isOpen, setOpen] = useState(false);
  const [texts, setTexts] = useState(() => days.map((day) => spansText(line.week[day - 1] ?? [])));
  const [rules, setRules] = useState({
    closedOnHolidays: line.closedOnHolidays,
    closedAtYearEnd: line.closedAtYearEnd,
  });
  const week = texts.map(readSpans);
  const isReadable = week.every((spans) => spans !== undefined);
  const form = useForm(async () => {
    const body = { version: line.version, week, ...rules };
    await ask('PUT', `/organizations/${tenantId}/lines/${line.id}/hours`, body);
    tell(say('hours.saved'));
    await onSaved();
  }, {});
  return (
    <Paper withBorder p="md" component="section" aria-label={line.name}>
      <Stack>
        <Group justify="space-between">
          <Title order={3} size="h4">
            {line.name}
          </Title>
          {may('hotline.edit') && !isOpen && (
            <Button
              variant="default"
              onClick={() => setOpen(true)}
              aria-label={say('hours.editOf', { name: line.name })}
            >
              {say('action.edit')}
            </Button>
          )}
        </Group>
        <Text fw={700}>{sentence}</Text>
        {!isOpen && (
          <Text size="sm">
            {daysAlike(line.week)
              .map(({ from, until, spans }) => {
                const name = say(`day.${from as 1}`) + (until > from ? `～${say(`day.${until as 1}`)}` : '');
                return `${name} ${spans || say('hours.is.closedShort')}`;
              })
              .join('／')}
          </Text>
        )}
        {isOpen && (
          <form onSubmit={form.send}>
            <Stack>
              <Text size="sm">{say('hours.spansHint')}</Text>
              <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
                {days.map((day, index) => (
                  <TextInput
                    key={day}
                    label={say(`day.${day}`)}
                    value={texts[index] ?? ''}
                    placeholder={say('hours.is.closedShort')}
                    onChange={(event) => {
                      const { value } = event.currentTarget;
                      setTexts(texts.map((text, at) => (at === index ? value : text)));
                    }}
                    error={week[index] === undefined ? say('hours.unreadable') : undefined}
                  />
                ))}
              </SimpleGrid>
              <Checkbox
                label={say('hours.closedOnHolidays')}
                checked={rules.closedOnHolidays}
                onChange={(event) => setRules({ ...rules, closedOnHolidays: event.currentTarget.checked })}
              />
              <Checkbox
                label={say('hours.closedAtYearEnd')}
                checked={rules.closedAtYearEnd}
                onChange={(event) => setRules({ ...rules, closedAtYearEnd: event.currentTarget.checked })}
              />
              {form.rest !== undefined && (
                <Alert color="red" variant="outline" role="alert">
                  {form.rest}
                </Alert>
              )}
              <Group>
                <Button type="submit" loading={form.isBusy} disabled={!isReadable}>
                  {say('action.save')}
                </Button>
                <Button variant="default" onClick={() => setOpen(false)}>
                  {say('action.cancel')}
                </Button>
              </Group>
            </Stack>
          </form>
        )}
      </Stack>
    </Paper>
  );
}
