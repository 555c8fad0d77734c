import { json, Router, type Response } from 'express';
import { z } from 'zod';
import { listeningModes, type OrderAnswer } from '../hotline/exchange-orders.js';
import { apiItself, OrderError, type HotlineOrders, type OrderProblem } from '../hotline/hotline-orders.js';
import type { PictureView } from '../hotline/picture-view.js';
import { ApiError } from './api-error.js';
import { idParameter, readParameters } from './parameters.js';

export interface HotlineSource {
  orders: Pick<
    HotlineOrders,
    'logIn' | 'logOut' | 'pause' | 'resume' | 'pullForward' | 'listenIn' | 'callBack'
  >;
  /** Undefined when there is no such organization. */
  picture: (organizationId: number) => PictureView | undefined;
  organizationIds: () => number[];
}

const extension = z.string().regex(/^[1-8]\d\d$/, 'three digits such as 101');
const ofCounsellor = z.object({ extension });
const ofTask = z.object({ id: idParameter });
const ofOrganization = z.object({ organization: idParameter.optional() });
const logInBody = z.object({ lineIds: z.array(z.number().int().positive()).min(1).optional() });
const pauseBody = z.object({
  reason: z
    .string()
    .trim()
    .min(1, 'why')
    .max(40, 'at most 40 characters')
    .regex(/^\P{Cc}*$/u, 'no control characters'),
});
const listenBody = z.object({ counsellor: extension, mode: z.enum(listeningModes) });
const pullBody = z.object({ callId: z.string().regex(/^[\w.-]{1,48}$/, 'the id of a waiting call') });
const logOutBody = z.object({ counsellor: extension });

/** The hotline for counsellors and supervisors. */
export function hotlineRouter({ orders, picture, organizationIds }: HotlineSource): Router {
  const router = Router();
  const body = json({ limit: '4kb' });

  const views = (query: unknown): PictureView[] => {
    const { organization } = readParameters(ofOrganization, query);
    const ids = organization === undefined ? organizationIds() : [organization];
    return ids.map((id) => {
      const view = picture(id);
      if (!view) throw new ApiError(404, 'noSuchOrganization', `There is no organization ${id}.`);
      return view;
    });
  };
  router.get('/hotline/picture', (request, response) => {
    response.json(views(request.query));
  });
  router.get('/hotline/lines', (request, response) => {
    response.json(views(request.query).flatMap(({ lines }) => lines));
  });
  router.get('/hotline/counsellors', (request, response) => {
    response.json(views(request.query).flatMap(({ counsellors }) => counsellors));
  });
  router.get('/hotline/counsellors/:extension', (request, response) => {
    const wanted = readParameters(ofCounsellor, request.params).extension;
    const found = views({})
      .flatMap(({ counsellors }) => counsellors)
      .find((one) => one.extension === wanted);
    if (!found) throw problemAsError('noSuchCounsellor');
    response.json(found);
  });

  router.post('/hotline/counsellors/:extension/login', body, async (request, response) => {
    const { extension: who } = readParameters(ofCounsellor, request.params);
    const { lineIds } = readParameters(logInBody, request.body ?? {});
    await answer(response, () => orders.logIn(who, lineIds, who));
  });
  router.post('/hotline/counsellors/:extension/logout', body, async (request, response) => {
    const { extension: who } = readParameters(ofCounsellor, request.params);
    await answer(response, () => orders.logOut(who, who));
  });
  router.post('/hotline/counsellors/:extension/pause', body, async (request, response) => {
    const { extension: who } = readParameters(ofCounsellor, request.params);
    const { reason } = readParameters(pauseBody, request.body ?? {});
    await answer(response, () => orders.pause(who, reason, who));
  });
  router.post('/hotline/counsellors/:extension/resume', body, async (request, response) => {
    const { extension: who } = readParameters(ofCounsellor, request.params);
    await answer(response, () => orders.resume(who, who));
  });

  router.post('/hotline/supervisors/:extension/listen', body, async (request, response) => {
    const { extension: by } = readParameters(ofCounsellor, request.params);
    const { counsellor, mode } = readParameters(listenBody, request.body ?? {});
    await answer(response, () => orders.listenIn(by, counsellor, mode));
  });
  router.post('/hotline/supervisors/:extension/pull', body, async (request, response) => {
    const { extension: by } = readParameters(ofCounsellor, request.params);
    const { callId } = readParameters(pullBody, request.body ?? {});
    await answer(response, () => orders.pullForward(callId, by));
  });
  router.post('/hotline/supervisors/:extension/logout', body, async (request, response) => {
    const { extension: by } = readParameters(ofCounsellor, request.params);
    const { counsellor } = readParameters(logOutBody, request.body ?? {});
    await answer(response, () => orders.logOut(counsellor, by));
  });

  router.post('/hotline/tasks/:id/call', body, async (request, response) => {
    const { id } = readParameters(ofTask, request.params);
    const { extension: who } = readParameters(ofCounsellor, request.body ?? {});
    await answer(response, () => orders.callBack(id, who, apiItself));
  });
  return router;
}

const statusOf: Readonly<Record<OrderProblem, [number, string]>> = {
  noSuchCounsellor: [404, 'There is no counsellor with this extension.'],
  noSuchLine: [404, 'There is no such line.'],
  noSuchCall: [404, 'This caller does not wait any more.'],
  noSuchTask: [404, 'There is no such task.'],
  taskIsDone: [409, 'This task is settled already.'],
  takenByAnother: [409, 'Another counsellor has taken this task.'],
  notASupervisor: [403, 'Only who supervises may do this.'],
  notTheirLine: [403, 'A line that is not one of this counsellor.'],
  otherOrganization: [403, 'This belongs to another organization.'],
  notOnAPhoneCall: [409, 'This counsellor is not talking now.'],
  exchangeNotOurs: [503, 'Another process conducts the exchange, or it can not be reached.'],
};

function problemAsError(code: OrderProblem): ApiError {
  const [status, message] = statusOf[code];
  return new ApiError(status, code, message);
}

async function answer(response: Response, order: () => Promise<OrderAnswer>): Promise<void> {
  let given: OrderAnswer;
  try {
    given = await order();
  } catch (error) {
    throw error instanceof OrderError ? problemAsError(error.code) : error;
  }
  if (given === 'noLink') throw problemAsError('exchangeNotOurs');
  if (given === 'refused') throw new ApiError(409, 'refused', 'The exchange does not do this now.');
  // The picture changes when the exchange tells so.
  response.status(202).json({ answer: given });
}
