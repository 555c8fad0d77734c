import { useZone } from '../api/me';
import { Alert, List } from '@mantine/core';
import { useAnswer } from '../kit/use-answer';
import { momentOf } from '../text/moments';
import { useText } from '../text/text';
import type { UndeliveredTold } from './told';

/** Whom a mail about an alert has not reached: told here, for the mail itself cannot. */
export function UndeliveredBanner({ reason }: { reason: string | undefined }) {
  const { say, language } = useText();
  const zone = useZone();
  const { answer } = useAnswer<UndeliveredTold[]>('/alert-mails/undelivered', { everyMs: 30_000, reason });
  if (!answer || answer.length === 0) return null;
  return (
    <Alert color="yellow" variant="outline" title={say('alerts.mailTitle')} mb="md" role="status">
      <p>{say('alerts.mailHint')}</p>
      <List>
        {answer.slice(0, 10).map(({ id, station, name, mail, state, fault, since }) => (
          <List.Item key={id}>
            {[
              station.name,
              [name, mail].filter((part) => part !== '').join(' '),
              say(`mail.${state}`),
              fault,
              momentOf(new Date(since), new Date(), zone, language),
            ]
              .filter((part) => part !== '')
              .join(' — ')}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
