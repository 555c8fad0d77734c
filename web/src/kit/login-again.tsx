import { Button, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { ApiFailure, ask, sessionBack, sessionEnded, tellFailure } from '../api/client';
import { useMe, type Me } from '../api/me';
import { Refusal } from '../kit/refusal';
import { useText } from '../text/text';

/** When the session ends in the middle of something, the way in comes over the page: what was typed stays behind it. */
export function LoginAgain() {
  const { say } = useText();
  const { state, reload } = useMe();
  const [isAsked, setAsked] = useState(false);
  const [stage, setStage] = useState<'password' | 'code'>('password');
  const [mail, setMail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [failure, setFailure] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const logins = useRef(0);
  useEffect(() => {
    // An answer to a question of before the login may come after it: it is asked anew whether anybody is in.
    const look = (): void => {
      const asked = logins.current;
      ask<Me>('GET', '/me').catch((error: unknown) => {
        const isOut = error instanceof ApiFailure && error.status === 401;
        if (isOut && asked === logins.current) setAsked(true);
      });
    };
    window.addEventListener(sessionEnded, look);
    return () => window.removeEventListener(sessionEnded, look);
  }, []);
  const before = state.kind === 'in' ? state.me.user.id : undefined;
  const enter = async (): Promise<void> => {
    await (stage === 'password'
      ? ask('POST', '/login', { mail, password })
      : ask('POST', '/login/totp', { code }));
    const me = await ask<Me>('GET', '/me');
    if (me.stage === 'totp') {
      setStage('code');
      return;
    }
    // Somebody else: nothing of the page before is theirs.
    if (me.user.id !== before || me.stage !== 'full') location.assign(location.pathname);
    logins.current++;
    setAsked(false);
    setStage('password');
    setPassword('');
    setCode('');
    await reload();
    window.dispatchEvent(new Event(sessionBack));
  };
  const send = (event: SyntheticEvent): void => {
    event.preventDefault();
    setBusy(true);
    setFailure(undefined);
    enter()
      .catch((error: unknown) => setFailure(tellFailure(error, say)))
      .finally(() => setBusy(false));
  };
  return (
    <Modal
      opened={isAsked && before !== undefined}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      title={say('again.title')}
      centered
    >
      <form onSubmit={send}>
        <Stack>
          <Text>{say('again.hint')}</Text>
          {stage === 'password' ? (
            <>
              <TextInput
                label={say('login.mail')}
                type="email"
                value={mail}
                onChange={(event) => setMail(event.currentTarget.value)}
                autoComplete="username"
                required
                data-autofocus
              />
              <PasswordInput
                label={say('login.password')}
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
                autoComplete="current-password"
                required
              />
            </>
          ) : (
            <TextInput
              label={say('code.code')}
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
              autoComplete="one-time-code"
              required
              data-autofocus
            />
          )}
          <Refusal text={failure} />
          <Button type="submit" loading={isBusy}>
            {say('login.enter')}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
