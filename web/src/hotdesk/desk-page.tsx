import { Alert, Title } from '@mantine/core';
import { AnswerView } from '../kit/answer-view';
import { PageFrame } from '../kit/page';
import { useText } from '../text/text';
import { CardList } from './card-list';
import classes from './hotdesk.module.css';
import { useHotdesk } from './hotdesk';
import { NewCard } from './new-card';
import { NowLine } from './now-line';
import { OwnState } from './own-state';
import { TaskTable } from './task-table';
import { useTasks } from './use-tasks';
import { WaitingCallers } from './waiting-callers';

/** A counsellor's desk: what must be done now, who waits, what is due. */
export function DeskPage() {
  const { say } = useText();
  const { desk } = useHotdesk();
  const tasks = useTasks();
  return (
    <PageFrame title={say('nav.desk')} actions={<NewCard />} wide>
      <NowLine tasks={tasks.answer ?? []} />
      {desk && !desk.own && (
        <Alert color="red" variant="outline" mb="md">
          {say('desk.notACounsellor')}
        </Alert>
      )}
      <div className={classes.columns}>
        <div>
          <OwnState />
          <section className={classes.section} aria-label={say('task.title')}>
            <Title order={2} size="h4" mb="xs">
              {say('task.title')}
            </Title>
            <AnswerView of={tasks}>
              {(list) => <TaskTable tasks={list} onChanged={tasks.reload} />}
            </AnswerView>
          </section>
        </div>
        <div>
          <WaitingCallers />
          <section className={classes.section} aria-label={say('desk.drafts')}>
            <Title order={2} size="h4" mb="xs">
              {say('desk.drafts')}
            </Title>
            {desk?.own && (
              <CardList filter={{ mine: true, state: 'draft' }} none={say('desk.noDrafts')} brief />
            )}
          </section>
        </div>
      </div>
    </PageFrame>
  );
}
