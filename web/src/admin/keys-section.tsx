import { Alert, Button, Group, Paper, Select, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../../src/checkins/attempt-outcome';
import { ask } from '../api/client';
import { useMe } from '../api/me';
import { useNotices } from '../kit/notices';
import { useForm } from '../kit/use-form';
import { useText } from '../text/text';
import type { StoredKeys } from './settings-data';

const meanings: readonly Answer[] = ['ok', 'unwell', 'contactRequested'];
const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** Which key means what, for all of a tenant's people. */
export function KeysSection({
  tenantId,
  stored,
  onSaved,
}: {
  tenantId: number;
  stored: StoredKeys;
  onSaved: () => Promise<void>;
}) {
  const { say } = useText();
  const { may } = useMe();
  const { tell } = useNotices();
  const [keyOf, setKeyOf] = useState<Readonly<Record<string, string | null>>>(() =>
    Object.fromEntries(meanings.map((meaning) => [meaning, keyMeaning(stored.keyMap, meaning)])),
  );
  const mayEdit = may('policy.edit');
  const used = meanings.map((meaning) => keyOf[meaning]).filter((key) => typeof key === 'string');
  const isDouble = new Set(used).size < used.length;
  const form = useForm(
    async () => {
      const keyMap = Object.fromEntries(
        meanings.flatMap((meaning) => (keyOf[meaning] == null ? [] : [[keyOf[meaning], meaning]])),
      ) as Record<string, Answer>;
      await ask('PUT', `/organizations/${tenantId}/keys`, { version: stored.version, keyMap });
      tell(say('keys.saved'));
      await onSaved();
    },
    { ok: ['noWellKey'] },
  );
  return (
    <Paper withBorder p="md" component="section" aria-label={say('keys.title')}>
      <form onSubmit={form.send}>
        <Stack>
          <Title order={2} size="h4">
            {say('keys.title')}
          </Title>
          <Text>{say('keys.hint')}</Text>
          <Group align="flex-start">
            {meanings.map((meaning) => (
              <Select
                key={meaning}
                label={say(`keys.${meaning as 'ok'}`)}
                data={[{ value: '', label: say('keys.noKey') }, ...digits]}
                value={keyOf[meaning] ?? ''}
                onChange={(key) => setKeyOf({ ...keyOf, [meaning]: key === '' ? null : key })}
                error={form.errorAt(meaning)}
                disabled={!mayEdit}
                allowDeselect={false}
              />
            ))}
          </Group>
          {isDouble && (
            <Alert color="red" variant="outline" role="alert">
              {say('keys.double')}
            </Alert>
          )}
          {form.rest !== undefined && (
            <Alert color="red" variant="outline" role="alert">
              {form.rest}
            </Alert>
          )}
          {mayEdit && (
            <Group>
              <Button type="submit" loading={form.isBusy} disabled={isDouble}>
                {say('keys.save')}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Paper>
  );
}

function keyMeaning(keyMap: Readonly<Record<string, Answer>>, meaning: Answer): string | null {
  return Object.keys(keyMap).find((key) => keyMap[key] === meaning) ?? null;
}
