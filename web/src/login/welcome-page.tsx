import { PasswordInput, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { ask, tellFailure } from '../api/client';
import { useMe } from '../api/me';
import { Refusal } from '../kit/refusal';
import { useText } from '../text/text';
import { FormCard } from './form';

/** What a link in a mail opens: its token stands behind the #, which no server is sent. */
export function WelcomePage() {
  const { say } = useText();
  const { reload } = useMe();
  const navigate = useNavigate();
  const [token] = useState(() => location.hash.slice(1));
  const [who, setWho] = useState<{ name: string; mail: string }>();
  const [failure, setFailure] = useState<string>();
  const [password, setPassword] = useState('');
  useEffect(() => {
    ask<{ name: string; mail: string }>('POST', '/links/look', { token })
      .then(setWho)
      .catch((error: unknown) => setFailure(tellFailure(error, say)));
  }, [token, say]);
  const save = async (): Promise<void> => {
    await ask('POST', '/links/password', { token, password });
    await reload();
    await navigate('/', { replace: true });
  };
  return (
    <FormCard title={say('password.title')} submit={say('password.save')} onSubmit={save}>
      <Refusal text={failure} />
      {who && <Text>{say('password.for', who)}</Text>}
      <PasswordInput
        label={say('password.new')}
        description={say('password.rule')}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoComplete="new-password"
        minLength={10}
        required
      />
    </FormCard>
  );
}
