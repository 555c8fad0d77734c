import { Alert, Anchor, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { ask } from '../api/client';
import { useMe } from '../api/me';
import { useText } from '../text/text';
import { FormCard } from './form';

/** The way in: mail and password; a second factor, where there is one, comes after it. */
export function LoginPage() {
  const { say } = useText();
  const { state, reload } = useMe();
  const [mail, setMail] = useState('');
  const [password, setPassword] = useState('');
  const enter = async (): Promise<void> => {
    await ask('POST', '/login', { mail, password });
    await reload();
  };
  return (
    <FormCard
      title={`${say('app.name')} ${say('login.title')}`}
      submit={say('login.enter')}
      onSubmit={enter}
      below={
        <Anchor component={Link} to="/password-reset" size="sm" mt="lg" display="inline-block">
          {say('login.forgot')}
        </Anchor>
      }
    >
      {state.kind === 'stranger' && state.wasIn === true && (
        <Alert role="status" variant="outline" data-testid="login-ended">
          {say('login.ended')}
        </Alert>
      )}
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
    </FormCard>
  );
}
