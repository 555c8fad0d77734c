import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useEffect, useState, type SyntheticEvent } from 'react';
import { ask, tellFailure } from '../api/client';
import { Refusal } from '../kit/refusal';
import { timeOfDay } from '../text/moments';
import { useText } from '../text/text';

interface Screen {
  id: number;
  name: string;
  seenAt?: string;
}

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Televisions that show this board: one is let in by the code that it shows, and taken out at any time. */
export function ScreensSection({ organizationId }: { organizationId: number }) {
  const { say, language } = useText();
  const address = `/wallboards/${organizationId}/screens`;
  const [screens, setScreens] = useState<Screen[]>([]);
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    ask<Screen[]>('GET', address)
      .then(setScreens)
      .catch((error: unknown) => setFailure(tellFailure(error, say)));
  }, [address, say]);
  const change = async (work: () => Promise<Screen[]>): Promise<void> => {
    setFailure(undefined);
    try {
      setScreens(await work());
    } catch (error) {
      setFailure(tellFailure(error, say));
    }
  };
  const pair = (event: SyntheticEvent): void => {
    event.preventDefault();
    void change(async () => {
      const list = await ask<Screen[]>('POST', address, { code, name });
      setCode('');
      setName('');
      return list;
    });
  };
  const revoke = (id: number): void =>
    void change(async () => {
      await ask('DELETE', `${address}/${id}`);
      return ask<Screen[]>('GET', address);
    });
  return (
    <Stack gap="sm">
      <Title order={3} size="h5">
        {say('screens.title')}
      </Title>
      <Text size="sm">{say('screens.hint')}</Text>
      <form onSubmit={pair}>
        <Stack gap="xs">
          <TextInput
            label={say('screens.code')}
            inputMode="numeric"
            autoComplete="off"
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            required
          />
          <TextInput
            label={say('screens.name')}
            value={name}
            maxLength={100}
            onChange={(event) => setName(event.currentTarget.value)}
            required
          />
          <Button type="submit">{say('screens.pair')}</Button>
        </Stack>
      </form>
      <Refusal text={failure} />
      {screens.length === 0 && <Text size="sm">{say('screens.none')}</Text>}
      {screens.map((screen) => (
        <Group key={screen.id} justify="space-between">
          <Text size="sm">
            {screen.name}
            {screen.seenAt !== undefined &&
              `（${say('screens.seen', { time: timeOfDay(new Date(screen.seenAt), zone, language) })}）`}
          </Text>
          <Button size="compact-sm" variant="outline" color="red" onClick={() => revoke(screen.id)}>
            {say('screens.revoke', { name: screen.name })}
          </Button>
        </Group>
      ))}
    </Stack>
  );
}
