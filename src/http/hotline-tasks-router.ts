import { json, Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Clock } from '../clock.js';
import type { TaskAnswer, TaskRefusal } from '../hotline/hotline-task.js';
import type { TaskStore } from '../hotline/task-store.js';
import { ApiError } from './api-error.js';
import { idParameter, readParameters } from './parameters.js';

const taskParameters = z.object({ id: idParameter });
const listQuery = z.object({ organization: idParameter.optional() });
const whoBody = z.object({ extension: z.string().regex(/^[1-9]\d\d$/, 'three digits such as 101') });
const noteBody = whoBody.extend({ note: z.string().max(2000, 'at most 2000 characters').optional() });

export interface HotlineTasksSource {
  tasks: Pick<TaskStore, 'unsettled' | 'counsellorAt' | 'take' | 'giveBack' | 'done' | 'failed' | 'reopen'>;
  clock: Clock;
  /** Told after a task has changed. */
  onTaskChanged?: () => void;
}

/** Who wants to be phoned or has left a message, and who sees to it. Goes behind the token, below /api. */
export function hotlineTasksRouter({ tasks, clock, onTaskChanged }: HotlineTasksSource): Router {
  const router = Router();
  router.get('/hotline/tasks', async (request, response) => {
    const { organization } = readParameters(listQuery, request.query);
    response.json(await tasks.unsettled(organization));
  });

  const step = (
    name: string,
    work: (id: number, counsellorId: number, note: string | undefined) => Promise<TaskAnswer>,
    body: typeof whoBody | typeof noteBody = whoBody,
  ): void => {
    router.post(
      `/hotline/tasks/:id/${name}`,
      json({ limit: '16kb' }),
      async (request: Request, response: Response) => {
        const { id } = readParameters(taskParameters, request.params);
        const given: { extension: string; note?: string | undefined } = readParameters(
          body,
          request.body ?? {},
        );
        const counsellorId = await tasks.counsellorAt(given.extension);
        if (counsellorId === undefined) throw refusal('noSuchCounsellor');
        const answer = await work(id, counsellorId, given.note);
        if (answer.kind === 'refused') throw refusal(answer.why);
        onTaskChanged?.();
        response.json(answer.task);
      },
    );
  };
  step('take', (id, who) => tasks.take(id, who));
  step('giveBack', (id, who) => tasks.giveBack(id, who));
  step('done', (id, who, note) => tasks.done(id, who, note, clock()), noteBody);
  step('failed', (id, who, note) => tasks.failed(id, who, note, clock()), noteBody);
  step('reopen', (id, who) => tasks.reopen(id, who));
  return router;
}

const refusals: Record<TaskRefusal, [status: number, message: string]> = {
  noSuchTask: [404, 'There is no such task.'],
  noSuchCounsellor: [404, "There is no counsellor with this extension in the task's organization."],
  takenByAnother: [409, 'Another counsellor has taken this task.'],
  notTaken: [409, 'Nobody has taken this task: take it first.'],
  settled: [409, 'This task is settled already.'],
  notSettled: [409, 'This task is not settled: there is nothing to undo.'],
};

function refusal(why: TaskRefusal): ApiError {
  const [status, message] = refusals[why];
  return new ApiError(status, why, message);
}
