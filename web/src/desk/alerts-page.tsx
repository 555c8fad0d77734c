import { SegmentedControl } from '@mantine/core';
import { useCallback, useState } from 'react';
import { Link } from 'react-router';
import { ask } from '../api/client';
import { useMe, useZone } from '../api/me';
import { AnswerView } from '../kit/answer-view';
import { useNotices } from '../kit/notices';
import { PageFrame } from '../kit/page';
import { ReasonGate } from '../kit/reason-gate';
import { useAction } from '../kit/use-action';
import { useAnswer } from '../kit/use-answer';
import { lengthOf, momentOf } from '../text/moments';
import { useText } from '../text/text';
import styles from './desk.module.css';
import { MailSettings } from './mail-settings';
import { ServiceAlerts } from './service-alerts';
import { StateMark } from './state-mark';
import type { AlertTold } from './told';
import { UndeliveredBanner } from './undelivered-banner';

const everyMs = 7000;

/** What somebody must see to, whoever it is about; the operator sees first how the service fares. */
export function AlertsPage() {
  const { say } = useText();
  const { may } = useMe();
  return (
    <PageFrame title={say('nav.alerts')} wide>
      {may('service.see') && <ServiceAlerts />}
      <ReasonGate>{(reason) => <Alerts reason={reason} />}</ReasonGate>
    </PageFrame>
  );
}

function Alerts({ reason }: { reason: string | undefined }) {
  const { say } = useText();
  const [state, setState] = useState<'open' | 'closed'>('open');
  const alerts = useAnswer<AlertTold[]>(`/alerts?state=${state}`, { everyMs, reason });
  return (
    <>
      <UndeliveredBanner reason={reason} />
      <AnswerView of={alerts}>
        {(list) => (
          <>
            {state === 'open' && <Sentence alerts={list} />}
            <div className={`${styles.bar} no-print`}>
              <SegmentedControl
                aria-label={say('nav.alerts')}
                value={state}
                onChange={(value) => setState(value)}
                data={[
                  { value: 'open', label: say('alerts.open') },
                  { value: 'closed', label: say('alerts.closed') },
                ]}
              />
            </div>
            {list.length === 0 ? (
              <p>{say(state === 'open' ? 'alerts.empty' : 'alerts.emptyClosed')}</p>
            ) : (
              <ul className={styles.cards}>
                {list.map((alert) => (
                  <AlertCard key={alert.id} alert={alert} onChanged={() => void alerts.reload()} />
                ))}
              </ul>
            )}
          </>
        )}
      </AnswerView>
      <MailSettings />
    </>
  );
}

function Sentence({ alerts }: { alerts: readonly AlertTold[] }) {
  const { say } = useText();
  const nobodys = alerts.filter(({ owner }) => !owner).length;
  if (alerts.length === 0) return null;
  return (
    <p className={styles.sentence} data-mark={nobodys > 0 ? 'act' : 'well'} data-testid="sentence">
      {say('alerts.sentence', { count: alerts.length })}{' '}
      {nobodys > 0 ? say('alerts.sentenceNobody', { count: nobodys }) : say('alerts.allTaken')}
    </p>
  );
}

function AlertCard({ alert, onChanged }: { alert: AlertTold; onChanged: () => void }) {
  const { say, language } = useText();
  const zone = useZone();
  const { may, state: me } = useMe();
  const { tell } = useNotices();
  const { id, person, owner } = alert;
  const take = useAction(
    useCallback(async () => {
      try {
        await ask('POST', `/alerts/${id}/take`, {});
        tell(say('alerts.taken', { name: person.name }));
      } finally {
        // Also when somebody was quicker: then the list says who.
        onChanged();
      }
    }, [id, person.name, onChanged, say, tell]),
  );
  const now = new Date();
  const since = new Date(alert.openedAt);
  const mine = me.kind === 'in' && owner?.id === me.me.user.id;
  return (
    <li className={styles.card} data-alert={id}>
      <StateMark state={alert.reason} />
      <div>
        <div className={styles.person}>
          <Link className={styles.name} to={`/alerts/${id}`}>
            {person.name}
          </Link>
          <span className={styles.kana}>{person.kana}</span>
          <span className={styles.dim}>{say('line.member', { number: person.memberNumber })}</span>
          <span className={styles.dim}>{alert.station.name}</span>
        </div>
        <div className={styles.facts}>
          <span>
            {say('alerts.since', {
              time: momentOf(since, now, zone, language),
              age: lengthOf(now.getTime() - since.getTime(), language),
            })}
          </span>
          <span>{person.numbers.join(' / ')}</span>
          {alert.state === 'open' ? (
            <span data-strong>
              {mine
                ? say('alerts.mine')
                : owner
                  ? say('line.owner', { name: owner.name })
                  : say('line.nobody')}
            </span>
          ) : (
            <span data-strong>
              {say('alerts.closedAs', { what: say(`done.${alert.closeReason ?? 'other'}`) })}
            </span>
          )}
        </div>
      </div>
      <div className={styles.buttons}>
        {alert.state === 'open' && !owner && may('alert.handle') && (
          <button
            type="button"
            className={styles.chip}
            disabled={take.isBusy}
            aria-label={say('alerts.takeName', { name: person.name })}
            onClick={() => void take.run()}
          >
            {say('alerts.take')}
          </button>
        )}
        <Link
          className={styles.plain}
          to={`/alerts/${id}`}
          aria-label={say('alerts.detailsName', { name: person.name })}
        >
          {say('alerts.details')}
        </Link>
      </div>
    </li>
  );
}
