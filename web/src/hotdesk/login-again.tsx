import { Alert, Button, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { ask, tellFailure } from '../api/client';
import { useMe, type Me } from '../api/me';
import { useText } from '../text/text';

/** Over the page that one was at: what was written there stays, and is saved after the login. */
export function LoginAgain({ userId, onBack }: { userId: number; onBack: () => void }) {
  const { say } = useText();
  const { reload } = useMe();
  const [mail, setMail] = useState('');
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const enter = async (): Promise<void> => {
    setBusy(true);
    try {
      await ask('POST', '/login', { mail, password });
      const me = await ask<Me>('GET', '/me');
      // Somebody else begins with an empty desk, and saves nobody's words as their own.
      if (me.user.id !== userId) location.assign('/');
      await reload();
      if (me.stage === 'full') onBack();
    } catch (error) {
      setFailure(tellFailure(error, say));
    } finally {
      setBusy(false);
    }
  };
  const send = (event: SyntheticEvent): void => {
    event.preventDefault();
    void enter();
  };
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={say('login.again')}
      centered
    >
      <form onSubmit={send}>
        <Stack>
          <Text>{say('login.againHint')}</Text>
          <TextInput
            label={say('login.mail')}
            type="email"
            autoComplete="username"
            value={mail}
            onChange={(event) => setMail(event.currentTarget.value)}
            data-autofocus
            required
          />
          <PasswordInput
            label={say('login.password')}
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            required
          />
          {failure !== undefined && (
            <Alert color="red" role="alert" variant="outline">
              {failure}
            </Alert>
          )}
          <Button type="submit" loading={isBusy}>
            {say('login.enter')}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
