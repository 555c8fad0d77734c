import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { waitingCallers, type WaitingCaller } from '../../../src/hotline/desk-view';
import { lengthOf, momentOf } from '../text/moments';
import { useText } from '../text/text';
import { useHotdesk, useServiceClock } from './hotdesk';
import classes from './hotdesk.module.css';

/** Who waits, and which lines are open. */
export function WaitingCallers({ action }: { action?: (caller: WaitingCaller) => ReactNode }) {
  const { say, language } = useText();
  const { live, desk } = useHotdesk();
  const now = useServiceClock();
  const { picture } = live;
  const callers = picture ? waitingCallers(picture, now) : [];
  const zone = desk?.timeZone ?? 'Asia/Tokyo';
  return (
    <section className={classes.section} aria-label={say('desk.callers')} data-testid="callers">
      <Title order={2} size="h4" mb="xs">
        {say('desk.callers')}
      </Title>
      {callers.length === 0 ? (
        <Text>{say('desk.noCallers')}</Text>
      ) : (
        <ul className={classes.timeline}>
          {callers.map((caller) => (
            <li key={caller.callId} data-testid="caller">
              <strong>{`${say('desk.place', { place: caller.position })}　${lengthOf(caller.waitedMs, language)}`}</strong>
              {`　${caller.lineName}　`}
              {caller.urgent && (
                <Text span c="var(--red)" fw={700} className={classes.nowrap}>
                  {say('desk.urgent')}
                </Text>
              )}
              {action?.(caller)}
            </li>
          ))}
        </ul>
      )}
      <Title order={3} size="h5" mt="sm">
        {say('desk.lines')}
      </Title>
      {picture?.lines.map(({ lineId, name, open, opensAt }) => (
        <Text key={lineId} size="sm">
          {`${name}　`}
          {open
            ? say('desk.line.open')
            : opensAt
              ? say('desk.line.closed', { time: momentOf(new Date(opensAt), now, zone, language) })
              : say('desk.line.neverOpen')}
        </Text>
      ))}
    </section>
  );
}
