import type { CallView } from '../../../src/wallboard/calls-tile';
import type { WallboardView } from '../../../src/wallboard/wallboard-view';
import { lengthOf } from '../text/moments';
import { isTextKey, useText, type Say } from '../text/text';
import { Tile } from './tile';
import styles from './calls-tile.module.css';
import people from './people.module.css';
import shared from './shared.module.css';

/** The check-in calls of this moment, with the key as it is pressed, and how full the lines are. */
export function CallsTile({ view, now, rows }: { view: WallboardView; now: Date; rows: number }) {
  const { say } = useText();
  const { calls, going } = view.calls;
  const shown = calls.slice(0, rows);
  const more = going - shown.filter(({ state }) => state !== 'ended').length;
  return (
    <Tile name="calls" light={view.lights.calls} extra={<Trunks view={view} />}>
      {shown.length === 0 && <p className={shared.line}>{say('calls.none')}</p>}
      <ul className={shared.list}>
        {shown.map((call) => (
          <CallRow key={call.attemptId} call={call} now={now} />
        ))}
      </ul>
      {more > 0 && <p className={shared.line}>{say('board.more', { count: more })}</p>}
    </Tile>
  );
}

function CallRow({ call, now }: { call: CallView; now: Date }) {
  const { say, language } = useText();
  const { who, state, since, key } = call;
  return (
    <li className={people.call} data-state={state} data-testid="call">
      <span className={people.who}>{who}</span>
      <span className={people.callState}>
        <StateShape state={state} />
        {say(`calls.${state}`)}
      </span>
      <span className={people.callAnswer} data-answer={key?.answer ?? call.outcome ?? ''}>
        {wordOf(call, say)}
      </span>
      <span className={people.callTime}>
        {state === 'ended' ? '' : lengthOf(now.getTime() - new Date(since).getTime(), language)}
      </span>
    </li>
  );
}

/** The key while it is all we know, the outcome when the call is over. */
function wordOf({ key, outcome, state }: CallView, say: Say): string {
  const outcomeKey = `outcome.${outcome ?? ''}`;
  if (state === 'ended' && isTextKey(outcomeKey)) return say(outcomeKey);
  if (!key) return '';
  return `${say('calls.key', { digit: key.digit })} ${say(key.answer ? `answer.${key.answer}` : 'answer.other')}`;
}

const shapes: Readonly<Record<CallView['state'], string>> = {
  dialling: 'M2 8a6 6 0 0 1 12 0M5 8a3 3 0 0 1 6 0',
  talking: 'M2 3h12v8H7l-4 3v-3H2z',
  ended: 'M3 8.5L7 12.5L13 4',
};

function StateShape({ state }: { state: CallView['state'] }) {
  return (
    <svg className={people.stateShape} viewBox="0 0 16 16" aria-hidden>
      <path d={shapes[state]} />
    </svg>
  );
}

function Trunks({ view: { trunks } }: { view: WallboardView }) {
  const { say } = useText();
  return (
    <span className={styles.trunks}>
      {trunks.map(({ id, checkIns, hotline, cap }) => (
        <span key={id}>
          {say('calls.trunk', { id })} <b>{say('calls.trunkUse', { used: checkIns + hotline, cap })}</b>
        </span>
      ))}
    </span>
  );
}
