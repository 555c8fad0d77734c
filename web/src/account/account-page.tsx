import { Button, Code, Group, List, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { needsSecondFactor } from '../../../src/users/permissions';
import { ask } from '../api/client';
import { useMe } from '../api/me';
import { useNotices } from '../kit/notices';
import { PageFrame } from '../kit/page';
import { Refusal } from '../kit/refusal';
import { Section } from '../kit/section';
import { useForm } from '../kit/use-form';
import { QrCode } from '../login/qr-code';
import { useText } from '../text/text';
import { SessionsSection } from './sessions-section';

const passwordFields = {
  oldPassword: ['wrongPassword'],
  newPassword: ['tooShort', 'tooLong', 'tooPlain', 'likeTheMail'].map((code) => `password.${code}`),
};
const provingFields = { password: ['wrongPassword'] };

/** One's own account: password, second factor, where one is logged in. */
export function AccountPage() {
  const { say } = useText();
  const { state } = useMe();
  if (state.kind !== 'in') return null;
  return (
    <PageFrame title={say('account.title')}>
      <Stack gap="lg">
        <Text>{say('account.now')}</Text>
        <PasswordSection />
        <FactorSection />
        <SessionsSection />
      </Stack>
    </PageFrame>
  );
}

function PasswordSection() {
  const { say } = useText();
  const { tell } = useNotices();
  const [oldPassword, setOld] = useState('');
  const [newPassword, setNew] = useState('');
  const form = useForm(async () => {
    await ask('POST', '/account/password', { oldPassword, newPassword });
    setOld('');
    setNew('');
    tell(say('account.passwordChanged'));
  }, passwordFields);
  return (
    <Section title={say('account.password')}>
      <form onSubmit={form.send}>
        <Stack maw="26rem">
          <PasswordInput
            label={say('account.oldPassword')}
            value={oldPassword}
            onChange={(event) => setOld(event.currentTarget.value)}
            error={form.errorAt('oldPassword')}
            autoComplete="current-password"
            required
          />
          <PasswordInput
            label={say('password.new')}
            description={say('password.rule')}
            value={newPassword}
            onChange={(event) => setNew(event.currentTarget.value)}
            error={form.errorAt('newPassword')}
            autoComplete="new-password"
            minLength={10}
            required
          />
          <Refusal text={form.rest} />
          <Button type="submit" loading={form.isBusy}>
            {say('account.changePassword')}
          </Button>
        </Stack>
      </form>
    </Section>
  );
}

/** Setting the second factor up, taking it away, and new codes for when the telephone is lost. */
function FactorSection() {
  const { say } = useText();
  const { state, reload } = useMe();
  const { tell } = useNotices();
  const [password, setPassword] = useState('');
  const [proposed, setProposed] = useState<{ secret: string; address: string }>();
  const [codes, setCodes] = useState<string[]>();
  const me = state.kind === 'in' ? state.me : undefined;
  const begin = useForm(async () => {
    setProposed(await ask('POST', '/account/totp', { password }));
    setPassword('');
  }, provingFields);
  const renew = useForm(async () => {
    setCodes(
      (await ask<{ recoveryCodes: string[] }>('POST', '/account/recovery-codes', { password })).recoveryCodes,
    );
    setPassword('');
  }, provingFields);
  const remove = useForm(async () => {
    await ask('POST', '/account/totp/remove', { password });
    // Every session has ended, this one too.
    tell(say('account.totpRemoved'));
    await reload();
  }, provingFields);
  if (!me) return null;
  const wrong = begin.errorAt('password') ?? renew.errorAt('password') ?? remove.errorAt('password');
  return (
    <Section title={say('account.factor')}>
      <Text>{say(me.user.hasTotp ? 'account.hasTotp' : 'account.noTotp')}</Text>
      {codes && <Codes codes={codes} onDone={() => setCodes(undefined)} />}
      {proposed && (
        <ConfirmFactor
          proposed={proposed}
          onConfirmed={(given) => {
            setProposed(undefined);
            setCodes(given);
            void reload();
          }}
        />
      )}
      {!codes && !proposed && (
        <Stack maw="26rem">
          <PasswordInput
            label={say('account.passwordFirst')}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={wrong}
            autoComplete="current-password"
          />
          <Refusal text={wrong === undefined ? (begin.rest ?? renew.rest ?? remove.rest) : undefined} />
          <Group>
            <Button onClick={begin.send} loading={begin.isBusy}>
              {say(me.user.hasTotp ? 'account.totpAnew' : 'account.totpBegin')}
            </Button>
            {me.user.hasTotp && (
              <Button variant="default" onClick={renew.send} loading={renew.isBusy}>
                {say('account.newCodes')}
              </Button>
            )}
            {me.user.hasTotp && !needsSecondFactor(me.user.role) && (
              <Button variant="outline" color="red" onClick={remove.send} loading={remove.isBusy}>
                {say('account.totpRemove')}
              </Button>
            )}
          </Group>
        </Stack>
      )}
    </Section>
  );
}

function ConfirmFactor({
  proposed,
  onConfirmed,
}: {
  proposed: { secret: string; address: string };
  onConfirmed: (recoveryCodes: string[]) => void;
}) {
  const { say } = useText();
  const [code, setCode] = useState('');
  const form = useForm(
    async () => {
      onConfirmed(
        (await ask<{ recoveryCodes: string[] }>('POST', '/account/totp/confirm', { code })).recoveryCodes,
      );
    },
    { code: ['wrongCode'] },
  );
  return (
    <form onSubmit={form.send}>
      <Stack maw="26rem">
        <Text>{say('setup.hint')}</Text>
        <QrCode text={proposed.address} />
        <Text size="sm">
          {say('setup.secret')} <Code>{proposed.secret}</Code>
        </Text>
        <TextInput
          label={say('code.code')}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          error={form.errorAt('code')}
          autoComplete="one-time-code"
          required
        />
        <Refusal text={form.rest} />
        <Button type="submit" loading={form.isBusy}>
          {say('code.enter')}
        </Button>
      </Stack>
    </form>
  );
}

function Codes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const { say } = useText();
  return (
    <Stack>
      <Text>{say('setup.codes')}</Text>
      <List>
        {codes.map((code) => (
          <List.Item key={code}>
            <Code fz="md">{code}</Code>
          </List.Item>
        ))}
      </List>
      <Group>
        <Button onClick={onDone}>{say('setup.done')}</Button>
        <Button variant="default" onClick={() => window.print()}>
          {say('action.print')}
        </Button>
      </Group>
    </Stack>
  );
}
