import { Button, Group, Text, Title } from '@mantine/core';
import { useCallback } from 'react';
import { ask } from '../api/client';
import { useNotices } from '../kit/notices';
import { useAction } from '../kit/use-action';
import { lengthOf } from '../text/moments';
import { useText } from '../text/text';
import { useHotdesk, useServiceClock } from './hotdesk';
import classes from './hotdesk.module.css';
import { stateColours, stateSigns } from './signs';

const reasons = ['notes', 'lunch', 'rest', 'meeting'] as const;

/** One's own state, with large buttons: what one is to the callers. */
export function OwnState() {
  const { say, language } = useText();
  const { tell } = useNotices();
  const { live, desk } = useHotdesk();
  const now = useServiceClock();
  const extension = desk?.own?.extension;
  const { run, isBusy } = useAction(
    useCallback(
      async (what: 'login' | 'logout' | 'pause' | 'resume', body: object = {}) => {
        if (extension === undefined) return;
        await ask('POST', `/hotline/counsellors/${extension}/${what}`, body);
        tell(say('desk.asked'));
      },
      [extension, tell, say],
    ),
  );
  const own = live.picture?.counsellors.find((one) => one.extension === extension);
  const state = own?.state ?? 'away';
  const since = own?.since ? now.getTime() - Date.parse(own.since) : undefined;
  const isIn = (own?.lineIds.length ?? 0) > 0;
  return (
    <section
      className={classes.section}
      aria-label={say('desk.self')}
      data-testid="own-state"
      data-state={state}
    >
      <Title order={2} size="h4" mb="xs">
        {say('desk.self')}
      </Title>
      <Text size="lg" fw={700} c={stateColours[state]} mb="sm">
        {`${stateSigns[state]} ${say(`desk.state.${state}`)}`}
        {own?.reason && state === 'paused' ? `（${own.reason}）` : ''}
        {since !== undefined && `　${say('desk.for', { time: lengthOf(since, language) })}`}
      </Text>
      <Group gap="xs">
        {!isIn && (
          // Not before it is known whose telephone it is about: the click would be lost.
          <Button
            size="lg"
            loading={isBusy}
            disabled={extension === undefined}
            onClick={() => void run('login')}
          >
            {say('desk.logIn')}
          </Button>
        )}
        {isIn && state === 'paused' && (
          <Button size="lg" loading={isBusy} onClick={() => void run('resume')}>
            {say('desk.resume')}
          </Button>
        )}
        {isIn &&
          state !== 'paused' &&
          reasons.map((reason) => (
            <Button
              key={reason}
              size="md"
              variant="default"
              onClick={() => void run('pause', { reason: say(`desk.reason.${reason}`) })}
            >
              {say('desk.pause', { reason: say(`desk.reason.${reason}`) })}
            </Button>
          ))}
        {isIn && (
          <Button size="md" variant="default" onClick={() => void run('logout')}>
            {say('desk.logOut')}
          </Button>
        )}
      </Group>
    </section>
  );
}
