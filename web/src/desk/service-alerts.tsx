import { useZone } from '../api/me';
import { AnswerView } from '../kit/answer-view';
import { useAnswer } from '../kit/use-answer';
import { momentOf } from '../text/moments';
import { useText } from '../text/text';
import styles from './desk.module.css';
import type { ServiceAlertTold } from './told';

/** What is wrong with the service itself; about nobody, and for the operator alone. */
export function ServiceAlerts() {
  const { say, language } = useText();
  const zone = useZone();
  const alerts = useAnswer<ServiceAlertTold[]>('/service/alerts', { everyMs: 15_000 });
  return (
    <section aria-label={say('alerts.service')}>
      <h2 className={styles.group}>{say('alerts.service')}</h2>
      <AnswerView of={alerts}>
        {(list) =>
          list.length === 0 ? (
            <p>{say('alerts.serviceEmpty')}</p>
          ) : (
            <ul className={styles.story}>
              {list.map(({ id, reason, detail, openedAt }) => (
                <li key={id}>
                  <span>{momentOf(new Date(openedAt), new Date(), zone, language)}</span>
                  <span>{detail === '' ? reason : detail}</span>
                </li>
              ))}
            </ul>
          )
        }
      </AnswerView>
    </section>
  );
}
