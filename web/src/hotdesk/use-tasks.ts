import { useCallback } from 'react';
import type { TaskOnScreen } from '../../../src/hotline/desk-view';
import { ask } from '../api/client';
import { useNotices } from '../kit/notices';
import { useAction } from '../kit/use-action';
import { useAnswer, type Answered } from '../kit/use-answer';
import { useText } from '../text/text';
import { useHotdesk } from './hotdesk';

const everyMs = 5000;

/** What is not done yet at this hotline. */
export function useTasks(): Answered<TaskOnScreen[]> {
  const { organizationId } = useHotdesk();
  return useAnswer<TaskOnScreen[]>(`/hotline/tasks?organization=${organizationId}`, { everyMs });
}

export type TaskStep = 'call' | 'take' | 'giveBack' | 'done' | 'failed' | 'reopen';

const words = {
  call: 'task.calling',
  take: 'task.taken',
  giveBack: 'task.givenBack',
  done: 'task.isDone',
  failed: 'task.isFailed',
  reopen: 'action.undone',
} as const;

/** The step that takes a step back. */
const undoOf: Partial<Record<TaskStep, TaskStep>> = { take: 'giveBack', giveBack: 'take', done: 'reopen' };

/** What one does with a task: said in a notice, which takes it back where that can be. */
export function useTaskSteps(onChanged: () => Promise<void>) {
  const { say } = useText();
  const { tell } = useNotices();
  return useAction(
    useCallback(
      async (id: number, step: TaskStep, note?: string) => {
        const order = async (one: TaskStep): Promise<void> => {
          const body = note !== undefined && note !== '' && one === 'done' ? { note } : {};
          await ask('POST', `/hotline/tasks/${id}/${one}`, body);
          await onChanged();
        };
        // Who settles what nobody has taken takes it with the same click.
        if (step === 'done') await ask('POST', `/hotline/tasks/${id}/take`, {}).catch(() => undefined);
        await order(step);
        const back = undoOf[step];
        tell(say(words[step]), back && (() => void order(back).then(() => tell(say('action.undone')))));
      },
      [onChanged, tell, say],
    ),
  );
}
