import { json } from 'express';
import { z } from 'zod';
import type { Clock } from '../clock.js';
import type { TaskAnswer, TaskRefusal } from '../hotline/hotline-task.js';
import type { TaskStore } from '../hotline/task-store.js';
import type { PlaceStore } from '../users/place-store.js';
import { actingExtension, narrowTo } from './acting.js';
import { ApiError } from './api-error.js';
import { idParameter, readBody, readParameters } from './parameters.js';
import { route, type Route } from './route.js';

const missing = { code: 'noSuchTask', message: 'There is no such task.' };
const taskParameters = z.object({ id: idParameter });
const listQuery = z.object({ organization: idParameter.optional() });
const whoBody = z.object({
  extension: z
    .string()
    .regex(/^[1-9]\d\d$/, 'three digits such as 101')
    .optional(),
});
const noteBody = whoBody.extend({ note: z.string().max(2000, 'at most 2000 characters').optional() });

export interface HotlineTasksSource {
  tasks: Pick<TaskStore, 'unsettled' | 'counsellorAt' | 'take' | 'giveBack' | 'done' | 'failed' | 'reopen'>;
  places: Pick<PlaceStore, 'ofTask' | 'extensionOf'>;
  clock: Clock;
  /** Told after a task has changed. */
  onTaskChanged?: () => void;
}

/** Who wants to be phoned or has left a message, and who sees to it. */
export function hotlineTasksRoutes({ tasks, places, clock, onTaskChanged }: HotlineTasksSource): Route[] {
  const step = (
    name: string,
    work: (id: number, counsellorId: number, note: string | undefined) => Promise<TaskAnswer>,
    shape: typeof whoBody | typeof noteBody = whoBody,
  ): Route =>
    route(
      {
        method: 'post',
        path: `/hotline/tasks/:id/${name}`,
        permission: 'task.handle',
        scope: ({ params }) => places.ofTask(readParameters(taskParameters, params).id),
        missing,
        body: json({ limit: '16kb' }),
        input: { body: shape },
      },
      async (request, response, asking) => {
        const { id } = readParameters(taskParameters, request.params);
        const given: { extension?: string | undefined; note?: string | undefined } = readBody(shape, request);
        const counsellorId = await tasks.counsellorAt(await actingExtension(asking, given.extension, places));
        if (counsellorId === undefined) throw refusal('noSuchCounsellor');
        const answer = await work(id, counsellorId, given.note);
        if (answer.kind === 'refused') throw refusal(answer.why);
        onTaskChanged?.();
        response.json(answer.task);
      },
    );
  return [
    route(
      {
        method: 'get',
        path: '/hotline/tasks',
        permission: 'task.see',
        scope: 'narrowed',
        input: { query: listQuery },
      },
      async ({ query }, response, asking) => {
        const { organization } = readParameters(listQuery, query);
        response.json(await tasks.unsettled(narrowTo(asking, 'task.see', organization)));
      },
    ),
    step('take', (id, who) => tasks.take(id, who)),
    step('giveBack', (id, who) => tasks.giveBack(id, who)),
    step('done', (id, who, note) => tasks.done(id, who, note, clock()), noteBody),
    step('failed', (id, who, note) => tasks.failed(id, who, note, clock()), noteBody),
    step('reopen', (id, who) => tasks.reopen(id, who)),
  ];
}

const refusals: Record<TaskRefusal, [status: number, message: string]> = {
  noSuchTask: [404, missing.message],
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
