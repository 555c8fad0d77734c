import { AnswerView } from '../kit/answer-view';
import { PageFrame } from '../kit/page';
import { useText } from '../text/text';
import { NowLine } from './now-line';
import { TaskTable } from './task-table';
import { useTasks } from './use-tasks';

/** Everybody who wants to be phoned, or has left a message. */
export function TasksPage() {
  const { say } = useText();
  const tasks = useTasks();
  return (
    <PageFrame title={say('task.title')} wide>
      <NowLine tasks={tasks.answer ?? []} />
      <AnswerView of={tasks}>{(list) => <TaskTable tasks={list} onChanged={tasks.reload} />}</AnswerView>
    </PageFrame>
  );
}
