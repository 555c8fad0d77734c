import { Button, Paper, Stack, Text, Textarea } from '@mantine/core';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { useMe } from '../api/me';
import { useText } from '../text/text';

/** Asks those who see records only with a reason (the operator) for it, and everybody else for nothing. */
export function ReasonGate({ children }: { children: (reason: string | undefined) => ReactNode }) {
  const { say } = useText();
  const { state } = useMe();
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState<string>();
  const needsOne = state.kind === 'in' && state.me.user.role === 'operator';
  if (!needsOne || reason !== undefined) return children(reason);
  const give = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (typed.trim() !== '') setReason(typed.trim());
  };
  return (
    <Paper withBorder p="lg" maw="34rem" component="section">
      <form onSubmit={give}>
        <Stack>
          <Text>{say('reason.hint')}</Text>
          <Textarea
            label={say('reason.label')}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autosize
            minRows={2}
            required
            autoFocus
          />
          <Button type="submit">{say('reason.go')}</Button>
        </Stack>
      </form>
    </Paper>
  );
}
