import { todayGroups } from '../../../src/desk/today';
import { useText } from '../text/text';
import styles from './desk.module.css';
import type { DayTold } from './told';

/** What must be done now, in one sentence; and how many there are of each kind. */
export function TodayHead({ day: { counts, lines, isToday } }: { day: DayTold }) {
  const { say } = useText();
  const owned = lines.filter(({ group, owner }) => group === 'mustAct' && owner).length;
  const { mustAct, overdue } = counts;
  const toCome = counts.toCome + counts.callingAgain + counts.calling;
  const sentences = [];
  if (mustAct > 0)
    sentences.push(
      owned > 0
        ? say('today.mustActOwned', { count: mustAct, owned })
        : say('today.mustAct', { count: mustAct }),
    );
  if (overdue > 0) sentences.push(say('today.overdue', { count: overdue }));
  if (sentences.length === 0)
    sentences.push(
      !isToday
        ? say('today.history')
        : toCome > 0
          ? say('today.nothing', { count: toCome })
          : say('today.allDone'),
    );
  return (
    <>
      <p
        className={styles.sentence}
        data-mark={mustAct + overdue > 0 ? 'act' : 'well'}
        data-testid="sentence"
      >
        {sentences.join(' ')}
      </p>
      <ul className={styles.counts}>
        {todayGroups
          .filter((group) => counts[group] > 0)
          .map((group) => (
            <li key={group}>
              {say(`group.${group}`)} <strong>{counts[group]}</strong>
              {say('unit.people')}
            </li>
          ))}
      </ul>
    </>
  );
}
