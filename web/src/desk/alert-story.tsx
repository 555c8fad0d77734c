import { useZone } from '../api/me';
import { dayOf, timeOfDay } from '../text/moments';
import { isTextKey, useText } from '../text/text';
import { callInWords } from './call-bar';
import styles from './desk.module.css';
import type { AlertDetailsTold } from './told';

interface Moment {
  key: string;
  at: Date;
  what: string;
  words?: string;
}

/** Everything that happened, the automatic calls and the people's work alike, in its order. */
export function AlertStory({ alert }: { alert: AlertDetailsTold }) {
  const { say, language } = useText();
  const zone = useZone();
  const moments: Moment[] = [];
  alert.timeline.forEach((event, index) => {
    const key = `event.${event.kind}`;
    // What people did is told with their names below.
    if (!isTextKey(key) || event.kind === 'stationCall') return;
    const digit = event.kind === 'key' ? event.digit : '';
    const outcome = event.kind === 'callEnded' && event.outcome ? `outcome.${event.outcome}` : '';
    const more = isTextKey(outcome) ? `（${say(outcome)}）` : '';
    moments.push({ key: `e${index}`, at: new Date(event.at), what: say(key, { digit }) + more });
  });
  for (const { id, kind, at, by, reason, words } of alert.steps) {
    const who = by?.name ?? say('step.byTerminal');
    const why = reason === undefined ? '' : `: ${say(`done.${reason}`)}`;
    moments.push({ key: `s${id}`, at: new Date(at), what: `${who} — ${say(`step.${kind}`)}${why}`, words });
  }
  for (const call of alert.calls) {
    const who = call.by ? `${call.by.name} — ` : '';
    const what = `${who}${say('event.stationCall')}: ${callInWords(call, say, language)}`;
    moments.push({ key: `c${call.id}`, at: new Date(call.placedAt), what });
  }
  moments.sort((one, other) => one.at.getTime() - other.at.getTime());
  return (
    <ol className={styles.story}>
      {moments.map(({ key, at, what, words }) => (
        <li key={key}>
          <span className={styles.dim}>
            {dayOf(at, zone, language)} {timeOfDay(at, zone, language)}
          </span>
          <div>
            {what}
            {words !== undefined && words !== '' && <p>{words}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}
