import { Alert, Anchor, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { ask } from '../api/client';
import { useText } from '../text/text';
import { FormCard } from './form';

/** Asks for the mail with which a new password can be chosen; the answer never tells whether there is an account. */
export function ResetPage() {
  const { say } = useText();
  const [mail, setMail] = useState('');
  const [isSent, setSent] = useState(false);
  const send = async (): Promise<void> => {
    await ask('POST', '/password-reset', { mail });
    setSent(true);
  };
  return (
    <FormCard
      title={say('reset.title')}
      submit={say('reset.send')}
      onSubmit={send}
      below={
        <Anchor component={Link} to="/" size="sm" mt="lg" display="inline-block">
          {say('reset.back')}
        </Anchor>
      }
    >
      <Text>{say('reset.hint')}</Text>
      <TextInput
        label={say('login.mail')}
        type="email"
        value={mail}
        onChange={(event) => setMail(event.currentTarget.value)}
        autoComplete="username"
        required
      />
      {isSent && (
        <Alert color="teal" role="status" variant="outline">
          {say('reset.sent')}
        </Alert>
      )}
    </FormCard>
  );
}
