import { Button, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { tasksInOrder, type TaskOnScreen } from '../../../src/hotline/desk-view';
import { momentOf } from '../text/moments';
import { inGroups } from '../text/phone-number';
import { useText } from '../text/text';
import { useHotdesk, useServiceClock } from './hotdesk';
import classes from './hotdesk.module.css';
import { useTaskSteps } from './use-tasks';

/** Call-backs and messages by their due time: who sees to it, how often it was tried, and what one can do. */
export function TaskTable({
  tasks,
  onChanged,
}: {
  tasks: readonly TaskOnScreen[];
  onChanged: () => Promise<void>;
}) {
  const { say } = useText();
  const { desk } = useHotdesk();
  if (tasks.length === 0) return <Text>{say('task.none')}</Text>;
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={say('task.title')}>
      <table className={`${classes.rows} ${classes.stack}`}>
        <thead>
          <tr>
            <th>{say('task.due')}</th>
            <th>{say('task.kind')}</th>
            <th>{say('task.number')}</th>
            <th>{say('task.owner')}</th>
            <th>{say('task.tries')}</th>
            <th>{say('task.do')}</th>
          </tr>
        </thead>
        <tbody>
          {tasksInOrder(tasks, desk?.own?.id).map((task) => (
            <TaskRow key={task.id} task={task} onChanged={onChanged} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function TaskRow({ task, onChanged }: { task: TaskOnScreen; onChanged: () => Promise<void> }) {
  const { say, language } = useText();
  const { desk } = useHotdesk();
  const now = useServiceClock();
  const [note, setNote] = useState('');
  const { run, isBusy } = useTaskSteps(onChanged);
  const zone = desk?.timeZone ?? 'Asia/Tokyo';
  const due = new Date(task.dueAt);
  const ownId = desk?.own?.id;
  const isMine = task.ownerId !== undefined && task.ownerId === ownId;
  const isFree = task.state === 'open' || isMine || task.state === 'otherChannel';
  const owner = desk?.counsellors.find(({ id }) => id === task.ownerId)?.name;
  return (
    <tr data-testid="task" data-task={task.id}>
      <td data-label={say('task.due')} className={classes.nowrap}>
        <span>{momentOf(due, now, zone, language)}</span>
        {due < now && (
          <Text size="sm" c="var(--red)" fw={700}>
            {say('task.late')}
          </Text>
        )}
      </td>
      <td data-label={say('task.kind')}>
        <span className={classes.nowrap}>{say(`task.kind.${task.kind}`)}</span>
        {task.state === 'otherChannel' && <Text size="sm">{say('task.otherChannel')}</Text>}
        {task.note !== '' && (
          <Text size="sm" className={classes.prewrap}>
            {task.note}
          </Text>
        )}
      </td>
      <td data-label={say('task.number')} className={classes.nowrap}>
        {task.number === '' ? say('task.hidden') : inGroups(task.number)}
      </td>
      <td data-label={say('task.owner')} className={classes.nowrap}>
        {isMine ? say('task.mine') : (owner ?? say('task.nobody'))}
      </td>
      <td data-label={say('task.tries')}>
        {task.failures > 0 ? say('task.triesOf', { count: task.failures }) : '-'}
      </td>
      <td>
        {isFree && ownId !== undefined && (
          <Group gap="xs">
            {task.number !== '' && task.state !== 'otherChannel' && (
              <Button size="compact-md" loading={isBusy} onClick={() => void run(task.id, 'call')}>
                {say('task.call')}
              </Button>
            )}
            {task.state === 'open' && (
              <Button size="compact-md" variant="default" onClick={() => void run(task.id, 'take')}>
                {say('task.take')}
              </Button>
            )}
            {task.state === 'taken' && (
              <>
                <Button size="compact-md" variant="default" onClick={() => void run(task.id, 'giveBack')}>
                  {say('task.giveBack')}
                </Button>
                <Button size="compact-md" variant="default" onClick={() => void run(task.id, 'failed')}>
                  {say('task.failed')}
                </Button>
              </>
            )}
            <TextInput
              size="xs"
              aria-label={say('task.note')}
              placeholder={say('task.note')}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
            <Button size="compact-md" variant="default" onClick={() => void run(task.id, 'done', note)}>
              {say('task.done')}
            </Button>
          </Group>
        )}
      </td>
    </tr>
  );
}
