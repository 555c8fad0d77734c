import type { WallboardView } from '../../../src/wallboard/wallboard-view';
import { lengthOf } from '../text/moments';
import { useText } from '../text/text';
import { LightBadge } from './light-badge';
import { Tile } from './tile';
import styles from './alerts-tile.module.css';
import shared from './shared.module.css';

const ageWords = new Map([
  [15, 'alerts.upTo15'],
  [60, 'alerts.upTo60'],
  [240, 'alerts.upTo240'],
  [null, 'alerts.older'],
] as const);

/** What waits for a person to act, by how long it has waited. */
export function AlertsTile({ view: { alerts, lights }, now }: { view: WallboardView; now: Date }) {
  const { say, language } = useText();
  if (!alerts)
    return (
      <Tile name="alerts" light="none">
        {say('app.loading')}
      </Tile>
    );
  const { open, byAge, oldestAt, oldestLight } = alerts;
  const most = Math.max(1, ...byAge.map(({ count }) => count));
  return (
    <Tile name="alerts" light={lights.alerts}>
      <p className={shared.large} data-light={alerts.openLight}>
        <span data-testid="alerts">{open}</span>
        <small>{say('unit.items')}</small>
      </p>
      {open === 0 ? (
        <p className={shared.line}>{say('alerts.none')}</p>
      ) : (
        <table className={styles.ages}>
          <tbody>
            {byAge.map(({ upToMinutes, count }) => (
              <tr key={upToMinutes ?? 'older'}>
                <th scope="row">{say(ageWords.get(upToMinutes as 15) ?? 'alerts.older')}</th>
                <td className={styles.ageBar} aria-hidden>
                  <svg viewBox="0 0 100 10" preserveAspectRatio="none">
                    <rect width={(count / most) * 100} height="10" />
                  </svg>
                </td>
                <td className={styles.ageCount}>{count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {oldestAt !== null && (
        <p className={styles.oldest} data-light={oldestLight}>
          {say('alerts.oldest', {
            age: lengthOf(now.getTime() - new Date(oldestAt).getTime(), language),
          })}
          {oldestLight !== 'green' && <LightBadge light={oldestLight} />}
        </p>
      )}
    </Tile>
  );
}
