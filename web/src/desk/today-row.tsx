import { memo } from 'react';
import { Link } from 'react-router';
import { dayInWords } from '../text/dates';
import { timeOfDay } from '../text/moments';
import { isTextKey, useText } from '../text/text';
import { callInWords } from './call-bar';
import styles from './desk.module.css';
import { RecordPanel } from './record-panel';
import { StateMark } from './state-mark';
import type { LineTold } from './told';
import { Weeks } from './weeks';
import type { CloseReason } from '../../../src/alerts/alert-work';

export interface RowActions {
  call: (line: LineTold) => void;
  /** Opens or closes the panel of a line. */
  openRecord: (checkinId: number | undefined) => void;
  record: (line: LineTold, reason: CloseReason, words: string) => void;
}

interface RowProps {
  line: LineTold;
  weeks: string | undefined;
  zone: string;
  mayAct: boolean;
  mayCall: boolean;
  isRecording: boolean;
  isBusy: boolean;
  personPath: string | undefined;
  actions: RowActions;
}

/** One person of the day. It is drawn anew only when something of it has changed. */
export const TodayRow = memo(
  function TodayRow(props: RowProps) {
    const { line, weeks, zone, mayAct, mayCall, isRecording, isBusy, personPath, actions } = props;
    const { say } = useText();
    const { checkinId, name, kana, memberNumber, openAlert } = line;
    const to = openAlert ? `/alerts/${openAlert.id}` : personPath;
    const isSettled = line.group === 'well' || line.group === 'away';
    return (
      <li className={styles.row} data-group={line.group} data-checkin={checkinId}>
        <StateMark state={line.state} />
        <div className={styles.person}>
          {to === undefined ? (
            <span className={styles.name} tabIndex={-1} data-row={checkinId}>
              {name}
            </span>
          ) : (
            <Link className={styles.name} to={to} data-row={checkinId}>
              {name}
            </Link>
          )}
          <span className={styles.kana}>{kana}</span>
          <span className={styles.dim}>{say('line.member', { number: memberNumber })}</span>
        </div>
        <Facts line={line} zone={zone} />
        <span className={styles.weeksCell}>{weeks !== undefined && <Weeks letters={weeks} />}</span>
        {mayAct && (
          <div className={styles.buttons}>
            <button
              type="button"
              className={styles.plain}
              disabled={!mayCall}
              aria-label={say('line.callName', { name })}
              onClick={() => actions.call(line)}
            >
              {say('line.call')}
            </button>
            {!isSettled && (
              <button
                type="button"
                className={styles.plain}
                data-record={checkinId}
                aria-expanded={isRecording}
                aria-label={say('line.recordName', { name })}
                onClick={() => actions.openRecord(isRecording ? undefined : checkinId)}
              >
                {say('line.record')}
              </button>
            )}
          </div>
        )}
        <span className={styles.boxes} aria-hidden />
        {isRecording && (
          <RecordPanel
            isBusy={isBusy}
            onDone={(reason, words) => actions.record(line, reason, words)}
            onCancel={() => actions.openRecord(undefined)}
          />
        )}
      </li>
    );
  },
  (before, after) =>
    before.weeks === after.weeks &&
    before.isRecording === after.isRecording &&
    before.mayCall === after.mayCall &&
    before.mayAct === after.mayAct &&
    before.zone === after.zone &&
    before.actions === after.actions &&
    (!after.isRecording || before.isBusy === after.isBusy) &&
    (before.line === after.line || JSON.stringify(before.line) === JSON.stringify(after.line)),
);

/** What is known, in short words: when, how often, who. */
function Facts({ line, zone }: { line: LineTold; zone: string }) {
  const { say, language } = useText();
  const time = (at: string): string => timeOfDay(new Date(at), zone, language);
  const day = (date: string): string => dayInWords(date, language);
  const { handled, call, earlierKey, dueOn } = line;
  const words: { key: string; text: string; strong?: boolean }[] = [];
  const add = (key: string, text: string, strong = false): number => words.push({ key, text, strong });
  if (dueOn !== undefined) add('dueOn', say('today.of', { day: day(dueOn) }), true);
  if (line.lastKeyAt !== undefined) add('key', say('line.keyAt', { time: time(line.lastKeyAt) }));
  else add('due', say('line.dueAt', { time: time(line.dueAt) }));
  if (line.attempts > 0) add('tries', say('line.tries', { count: line.attempts }));
  const isToCome = line.group === 'callingAgain' || line.group === 'callingTomorrow';
  if (isToCome && line.nextCallAt !== undefined)
    add('next', say('line.nextCall', { time: time(line.nextCallAt) }));
  const earlier = `ledger.${earlierKey ?? ''}`;
  if (isTextKey(earlier)) add('earlier', say('line.earlier', { answer: say(earlier) }), true);
  if (line.phonedBackAt !== undefined)
    add('back', say('line.phonedBack', { time: time(line.phonedBackAt) }), true);
  if (line.movedTo !== undefined) add('to', say('line.movedTo', { day: day(line.movedTo) }));
  if (line.movedFrom !== undefined) add('from', say('line.movedFrom', { day: day(line.movedFrom) }));
  if (call)
    add('call', `${time(call.placedAt)} ${say('event.stationCall')}: ${callInWords(call, say, language)}`);
  if (handled) {
    const what = say(`done.${handled.reason}`);
    add('handled', say('line.handled', { time: time(handled.at), who: handled.by ?? '', what }));
  }
  if (line.openAlert)
    add('owner', line.owner ? say('line.owner', { name: line.owner.name }) : say('line.nobody'), true);
  return (
    <span className={styles.facts}>
      {words.map(({ key, text, strong }) => (
        <span key={key} data-strong={strong}>
          {text}
        </span>
      ))}
    </span>
  );
}
