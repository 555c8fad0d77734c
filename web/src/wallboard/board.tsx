import type { ReactNode } from 'react';
import type { LiveLogin } from '../../../src/live/live-events';
import { dayOf, lengthOf, timeOfDay } from '../text/moments';
import { useText } from '../text/text';
import { AlarmButtons } from './alarm-buttons';
import { BoardGrid } from './board-grid';
import { ageOf, isStale } from './staleness';
import { useAlarm } from './use-alarm';
import { useBoard } from './use-board';
import { useTick } from './use-now';
import styles from './board.module.css';

/** A live board: its head with clock and freshness, its tiles, and a veil over all of it when it is not live. */
export function Board({
  login,
  isTv,
  actions,
  refused,
}: {
  login: LiveLogin;
  isTv: boolean;
  /** Buttons of the page that shows it. */
  actions?: ReactNode;
  /** Shown when the service turns this screen away. */
  refused: ReactNode;
}) {
  const { say, language } = useText();
  const board = useBoard(login);
  const tick = useTick();
  const { view } = board;
  const stale = isStale(board, tick);
  const alarm = useAlarm(view);
  if (board.isRefused) return <>{refused}</>;
  if (!view) {
    return (
      <div className={styles.board} data-tv={isTv} role="status">
        <p className={styles.connecting}>{say('board.waiting')}</p>
      </div>
    );
  }
  const { timeZone, name } = view.organization;
  const asOf = new Date(view.asOf);
  const age = ageOf(board, tick);
  // What is shown stands still with its data: a clock that runs on would make an old board look alive.
  const shownAt = stale ? asOf : new Date(asOf.getTime() + age);
  return (
    <div className={styles.board} data-tv={isTv} data-stale={stale}>
      <header className={styles.head}>
        <h1>{name}</h1>
        <span className={styles.fresh} data-stale={stale} data-testid="freshness">
          <span className={styles.dot} aria-hidden />
          {stale ? say('board.stale') : say('board.live')}
          {!view.showsNames && <span className={styles.private}>{say('board.private')}</span>}
        </span>
        <span className={styles.actions}>
          <AlarmButtons alarm={alarm} />
          {actions}
        </span>
        <span className={styles.clock}>
          <small>{dayOf(shownAt, timeZone, language)}</small>
          <time dateTime={shownAt.toISOString()}>{timeOfDay(shownAt, timeZone, language, true)}</time>
        </span>
      </header>
      <BoardGrid view={view} now={shownAt} isTv={isTv} />
      {stale && (
        <div className={styles.veil} role="alert" data-testid="stale">
          <div className={styles.veilBox}>
            <p className={styles.veilTitle}>{say('board.stale')}</p>
            <p>
              {say('board.staleSince', {
                time: timeOfDay(asOf, timeZone, language, true),
                age: lengthOf(age, language),
              })}
            </p>
            <p>{say('board.staleHint')}</p>
          </div>
        </div>
      )}
    </div>
  );
}
