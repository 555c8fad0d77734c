import { Code, List, Text, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { SessionStage } from '../../../src/users/session-life';
import { ask } from '../api/client';
import { useMe } from '../api/me';
import { useText } from '../text/text';
import { FormCard } from './form';
import { QrCode } from './qr-code';

/** Between the password and the console: the code is given, or the second factor is set up first. */
export function SecondFactorPage({ stage }: { stage: SessionStage }) {
  return stage === 'totp' ? <CodePage /> : <SetupPage />;
}

function CodePage() {
  const { say } = useText();
  const { reload } = useMe();
  const [code, setCode] = useState('');
  const send = async (): Promise<void> => {
    await ask('POST', '/login/totp', { code });
    await reload();
  };
  return (
    <FormCard title={say('code.title')} submit={say('code.enter')} onSubmit={send}>
      <Text>{say('code.hint')}</Text>
      <CodeInput code={code} onChange={setCode} />
    </FormCard>
  );
}

function SetupPage() {
  const { say } = useText();
  const { reload } = useMe();
  const [proposed, setProposed] = useState<{ secret: string; address: string }>();
  const [code, setCode] = useState('');
  const [recoveryCodes, setRecoveryCodes] = useState<string[]>();
  useEffect(() => {
    ask<{ secret: string; address: string }>('POST', '/account/totp', {})
      .then(setProposed)
      .catch(() => void reload());
  }, [reload]);
  const confirm = async (): Promise<void> => {
    const answer = await ask<{ recoveryCodes: string[] }>('POST', '/account/totp/confirm', { code });
    setRecoveryCodes(answer.recoveryCodes);
  };
  if (recoveryCodes) {
    return (
      <FormCard title={say('setup.title')} submit={say('setup.done')} onSubmit={reload}>
        <Text>{say('setup.codes')}</Text>
        <List>
          {recoveryCodes.map((one) => (
            <List.Item key={one}>
              <Code fz="md">{one}</Code>
            </List.Item>
          ))}
        </List>
      </FormCard>
    );
  }
  return (
    <FormCard title={say('setup.title')} submit={say('code.enter')} onSubmit={confirm}>
      <Text>{say('setup.hint')}</Text>
      {proposed && <QrCode text={proposed.address} />}
      {proposed && (
        <Text size="sm">
          {say('setup.secret')} <Code>{proposed.secret}</Code>
        </Text>
      )}
      <CodeInput code={code} onChange={setCode} />
    </FormCard>
  );
}

function CodeInput({ code, onChange }: { code: string; onChange: (code: string) => void }) {
  const { say } = useText();
  return (
    <TextInput
      label={say('code.code')}
      value={code}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoComplete="one-time-code"
      size="lg"
      required
    />
  );
}
