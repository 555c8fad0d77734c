import { nowToDo, type NowToDo, type TaskOnScreen } from '../../../src/hotline/desk-view';
import { lengthOf } from '../text/moments';
import { useText } from '../text/text';
import { useHotdesk, useServiceClock } from './hotdesk';
import classes from './hotdesk.module.css';

/** The first line: what must be done now. */
export function NowLine({ tasks }: { tasks: readonly TaskOnScreen[] }) {
  const { say, language } = useText();
  const { live, desk } = useHotdesk();
  const now = useServiceClock();
  const found = nowToDo({
    picture: live.picture,
    extension: desk?.own?.extension,
    tasks,
    ownId: desk?.own?.id,
    now,
  });
  const words = (one: NowToDo): string => {
    switch (one.kind) {
      case 'waiting':
        return say('desk.waiting', { count: one.count, time: lengthOf(one.longestMs, language) });
      case 'overdue':
        return say('desk.overdue', { count: one.count });
      case 'tasks':
        return say('desk.tasks', { callBacks: one.callBacks, messages: one.messages });
      case 'unheard':
      case 'rings':
      case 'talks':
      case 'nothing':
        return say(`desk.${one.kind}`);
    }
  };
  const isUrgent = found.some(({ kind }) => kind === 'rings' || kind === 'waiting' || kind === 'unheard');
  return (
    <div
      className={classes.now}
      data-urgent={isUrgent || undefined}
      data-testid="now"
      role="region"
      aria-label={say('desk.now')}
    >
      {found.map((one) => (
        <div key={one.kind}>{words(one)}</div>
      ))}
    </div>
  );
}
