import { Anchor, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { ask, keepDisplayToken } from '../api/client';
import { useMe } from '../api/me';
import { useText } from '../text/text';
import { FormCard } from './form';

/** The way in for people; a display without an account comes in by the token of the API. */
export function LoginPage() {
  const { say } = useText();
  const { reload } = useMe();
  const [mail, setMail] = useState('');
  const [password, setPassword] = useState('');
  const [token, setToken] = useState('');
  const [isMachine, setMachine] = useState(false);
  const enter = async (): Promise<void> => {
    if (isMachine) {
      keepDisplayToken(token.trim());
      // Asked once here, so that a wrong token is told at this form.
      await ask('GET', '/me').catch((error: unknown) => {
        keepDisplayToken(undefined);
        throw error;
      });
    } else {
      keepDisplayToken(undefined);
      await ask('POST', '/login', { mail, password });
    }
    await reload();
  };
  return (
    <FormCard
      title={`${say('app.name')} ${say('login.title')}`}
      submit={say('login.enter')}
      onSubmit={enter}
      below={
        <Stack gap="xs" mt="lg" align="flex-start">
          <Anchor component={Link} to="/password-reset" size="sm">
            {say('login.forgot')}
          </Anchor>
          <Anchor component="button" type="button" size="sm" onClick={() => setMachine(!isMachine)}>
            {isMachine ? say('reset.back') : say('login.machine')}
          </Anchor>
        </Stack>
      }
    >
      {isMachine ? (
        <PasswordInput
          label={say('login.token')}
          value={token}
          onChange={(event) => setToken(event.currentTarget.value)}
          autoComplete="off"
          required
        />
      ) : (
        <>
          <TextInput
            label={say('login.mail')}
            type="email"
            value={mail}
            onChange={(event) => setMail(event.currentTarget.value)}
            autoComplete="username"
            required
          />
          <PasswordInput
            label={say('login.password')}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            autoComplete="current-password"
            required
          />
        </>
      )}
    </FormCard>
  );
}
