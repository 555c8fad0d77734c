import type { LedgerState } from '../../../src/checkins/ledger-state';
import { isTextKey, useText } from '../text/text';
import styles from './state-mark.module.css';

type Mark = 'act' | 'care' | 'wait' | 'well' | 'away';

const marks: Readonly<Record<LedgerState, Mark>> = {
  stillUnknown: 'wait',
  unwell: 'act',
  contactRequested: 'care',
  noResponse: 'act',
  hungUpEarly: 'care',
  numberInvalid: 'care',
  weCouldNotCall: 'care',
  calling: 'wait',
  callingAgain: 'wait',
  callingAgainTomorrow: 'wait',
  ok: 'well',
  confirmedByOther: 'well',
  moved: 'away',
  paused: 'away',
  withdrawn: 'away',
  closedDay: 'away',
  cancelled: 'away',
};

/** A shape for each kind of state: nobody has to tell the colours apart. */
const shapes: Readonly<Record<Mark, string>> = {
  act: 'M8 0L16 8L8 16L0 8z',
  care: 'M8 1L15.5 14.5H.5z',
  wait: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0 -13zM8 4a4 4 0 1 1 0 8a4 4 0 1 1 0 -8z',
  well: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0 -13z',
  away: 'M2 7h12v2H2z',
};

/** What is known of a person: colour, shape and word. */
export function StateMark({ state }: { state: string }) {
  const { say } = useText();
  const mark = marks[state as LedgerState];
  const key = `ledger.${state}`;
  return (
    <span className={styles.state} data-mark={mark}>
      <svg viewBox="0 0 16 16" aria-hidden>
        <path d={shapes[mark]} fillRule="evenodd" />
      </svg>
      <span>{isTextKey(key) ? say(key) : state}</span>
    </span>
  );
}
