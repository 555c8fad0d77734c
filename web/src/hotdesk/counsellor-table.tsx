import { Button, Group, Text, Title } from '@mantine/core';
import { useCallback } from 'react';
import type { CounsellorView } from '../../../src/hotline/picture-view';
import { ask } from '../api/client';
import { useNotices } from '../kit/notices';
import { useAction } from '../kit/use-action';
import { lengthOf } from '../text/moments';
import { useText } from '../text/text';
import { useHotdesk, useServiceClock } from './hotdesk';
import classes from './hotdesk.module.css';
import { stateColours, stateSigns } from './signs';

type Order = 'login' | 'logout' | 'pause' | 'resume' | 'listen';

/** Every counsellor, what they do and since when, and what a supervisor may do about it. */
export function CounsellorTable() {
  const { say } = useText();
  const { live } = useHotdesk();
  const counsellors = live.picture?.counsellors ?? [];
  return (
    <section className={classes.section} aria-label={say('super.counsellors')}>
      <Title order={2} size="h4" mb="xs">
        {say('super.counsellors')}
      </Title>
      {counsellors.length === 0 ? (
        <Text>{say('super.noCounsellors')}</Text>
      ) : (
        <div className={classes.scroll} tabIndex={0} role="region" aria-label={say('super.counsellors')}>
          <table className={`${classes.rows} ${classes.stack}`}>
            <thead>
              <tr>
                {(['name', 'state', 'since', 'lines'] as const).map((column) => (
                  <th key={column}>{say(`super.${column}`)}</th>
                ))}
                <th>{say('task.do')}</th>
              </tr>
            </thead>
            <tbody>
              {counsellors.map((one) => (
                <CounsellorRow key={one.extension} counsellor={one} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function CounsellorRow({ counsellor }: { counsellor: CounsellorView }) {
  const { say, language } = useText();
  const { tell } = useNotices();
  const { desk, live } = useHotdesk();
  const now = useServiceClock();
  const { extension, name, state, since, reason, lineIds } = counsellor;
  const own = desk?.own?.extension;
  const { run, isBusy } = useAction(
    useCallback(
      async (order: Order, body: object = {}) => {
        if (own === undefined) return;
        await ask('POST', `/hotline/supervisors/${own}/${order}`, { counsellor: extension, ...body });
        tell(say(order === 'listen' ? 'super.listening' : 'desk.asked'));
      },
      [own, extension, tell, say],
    ),
  );
  const lines = live.picture?.lines.filter(({ lineId }) => lineIds.includes(lineId)) ?? [];
  const isIn = lineIds.length > 0;
  const button = (words: string, order: Order, body?: object) => (
    <Button size="compact-md" variant="default" disabled={isBusy} onClick={() => void run(order, body)}>
      {words}
    </Button>
  );
  return (
    <tr data-testid="counsellor" data-extension={extension} data-state={state}>
      <td data-label={say('super.name')}>{`${name}（${extension}）`}</td>
      <td data-label={say('super.state')}>
        <Text span fw={700} c={stateColours[state]}>
          {`${stateSigns[state]} ${say(`desk.state.${state}`)}`}
        </Text>
        {reason !== '' && `（${reason}）`}
      </td>
      <td data-label={say('super.since')}>
        {since === null ? '-' : lengthOf(now.getTime() - Date.parse(since), language)}
      </td>
      <td data-label={say('super.lines')}>{lines.map((line) => line.name).join('、') || '-'}</td>
      <td>
        {own !== undefined && (
          <Group gap="xs">
            {state === 'talking' && extension !== own && (
              <>
                {button(say('super.listen'), 'listen', { mode: 'listen' })}
                {button(say('super.whisper'), 'listen', { mode: 'whisper' })}
              </>
            )}
            {!isIn && button(say('super.logIn'), 'login')}
            {isIn &&
              state !== 'paused' &&
              button(say('super.pause'), 'pause', { reason: say('super.byOther') })}
            {isIn && state === 'paused' && button(say('super.resume'), 'resume')}
            {isIn && button(say('super.logOut'), 'logout')}
          </Group>
        )}
      </td>
    </tr>
  );
}
