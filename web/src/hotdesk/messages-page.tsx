import { Button, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { tasksInOrder, type TaskOnScreen } from '../../../src/hotline/desk-view';
import { AnswerView } from '../kit/answer-view';
import { PageFrame } from '../kit/page';
import { momentOf } from '../text/moments';
import { inGroups } from '../text/phone-number';
import { useText } from '../text/text';
import { useHotdesk, useServiceClock } from './hotdesk';
import classes from './hotdesk.module.css';
import { NowLine } from './now-line';
import { useTaskSteps, useTasks } from './use-tasks';
import { VoicePlayer } from './voice-player';

/** What callers left, to be heard and settled one after the other. */
export function MessagesPage() {
  const { say } = useText();
  const { desk } = useHotdesk();
  const tasks = useTasks();
  return (
    <PageFrame title={say('message.title')}>
      <NowLine tasks={tasks.answer ?? []} />
      <Text size="sm" c="var(--dim)" mb="sm">
        {say('message.hint')}
      </Text>
      <AnswerView of={tasks}>
        {(list) => {
          const messages = tasksInOrder(list, desk?.own?.id).filter(({ kind }) => kind === 'message');
          if (messages.length === 0) return <Text>{say('message.none')}</Text>;
          return messages.map((task) => <Message key={task.id} task={task} onChanged={tasks.reload} />);
        }}
      </AnswerView>
    </PageFrame>
  );
}

function Message({ task, onChanged }: { task: TaskOnScreen; onChanged: () => Promise<void> }) {
  const { say, language } = useText();
  const { desk } = useHotdesk();
  const now = useServiceClock();
  const [note, setNote] = useState(task.note);
  const { run, isBusy } = useTaskSteps(onChanged);
  const zone = desk?.timeZone ?? 'Asia/Tokyo';
  const owner = desk?.counsellors.find(({ id }) => id === task.ownerId);
  const due = new Date(task.dueAt);
  const heading = say('message.left', { time: momentOf(new Date(task.createdAt), now, zone, language) });
  return (
    <section className={classes.section} aria-label={heading} data-testid="message" data-task={task.id}>
      <Text fw={700}>{heading}</Text>
      <Text size="sm">
        {`${task.number === '' ? say('task.hidden') : inGroups(task.number)}　`}
        {`${say('task.due')} ${momentOf(due, now, zone, language)}　`}
        {owner ? `${say('task.owner')} ${owner.name}` : say('task.nobody')}
        {due < now && ` ${say('task.late')}`}
      </Text>
      <Group mt="xs" align="flex-end">
        <VoicePlayer
          {...{ pbxId: task.pbxId, callId: task.callId, kind: 'message' }}
          words={say('message.play')}
          reason={say('message.title')}
        />
        <TextInput
          label={say('task.note')}
          value={note}
          maxLength={2000}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button variant="default" loading={isBusy} onClick={() => void run(task.id, 'done', note)}>
          {say('task.done')}
        </Button>
        {task.number !== '' && (
          <Button variant="default" onClick={() => void run(task.id, 'call')}>
            {say('task.call')}
          </Button>
        )}
      </Group>
    </section>
  );
}
