import { json, type Response } from 'express';
import { z } from 'zod';
import { listeningModes, type OrderAnswer } from '../hotline/exchange-orders.js';
import { apiItself, OrderError, type HotlineOrders, type OrderProblem } from '../hotline/hotline-orders.js';
import type { PictureView } from '../hotline/picture-view.js';
import { mayDo, type Permission } from '../users/permissions.js';
import type { PlaceStore } from '../users/place-store.js';
import { actingExtension, narrowTo, noSuchOrganization } from './acting.js';
import { ApiError } from './api-error.js';
import { idParameter, readBody, readParameters } from './parameters.js';
import { route, type Asking, type FindScope, type Route } from './route.js';

export interface HotlineSource {
  orders: Pick<
    HotlineOrders,
    'logIn' | 'logOut' | 'pause' | 'resume' | 'pullForward' | 'listenIn' | 'callBack'
  >;
  /** Undefined when there is no such organization. */
  picture: (organizationId: number) => PictureView | undefined;
  organizationIds: () => number[];
  places: Pick<PlaceStore, 'ofExtension' | 'extensionOf' | 'ofTask'>;
}

const extension = z.string().regex(/^[1-8]\d\d$/, 'three digits such as 101');
const ofCounsellor = z.object({ extension });
const mayName = z.object({ extension: extension.optional() });
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

const body = json({ limit: '4kb' });
const missing = { code: 'noSuchCounsellor', message: 'There is no counsellor with this extension.' };
const missingTask = { code: 'noSuchTask', message: 'There is no such task.' };

/** The hotline for counsellors and supervisors. */
export function hotlineRoutes({ orders, picture, organizationIds, places }: HotlineSource): Route[] {
  const ofAddress: FindScope = ({ params }) =>
    places.ofExtension(readParameters(ofCounsellor, params).extension);

  const views = (organization: number | undefined): PictureView[] => {
    const ids = organization === undefined ? organizationIds() : [organization];
    return ids.map((id) => {
      const view = picture(id);
      if (!view) throw noSuchOrganization();
      return view;
    });
  };
  const look = (path: string, show: (views: PictureView[]) => unknown): Route =>
    route(
      { method: 'get', path, permission: 'hotline.see', scope: 'narrowed', input: { query: ofOrganization } },
      ({ query }, response, asking) => {
        const { organization } = readParameters(ofOrganization, query);
        response.json(show(views(narrowTo(asking, 'hotline.see', organization))));
      },
    );
  /** An order about oneself; the machine gives it for whom the address names. */
  const own = (
    what: string,
    order: (who: string, request: Parameters<Route['handler']>[0]) => Promise<OrderAnswer>,
    shape?: z.ZodType,
  ): Route =>
    route(
      {
        method: 'post',
        path: `/hotline/counsellors/:extension/${what}`,
        permission: 'hotline.answer',
        scope: ofAddress,
        missing,
        body,
        input: { params: ofCounsellor, ...(shape && { body: shape }) },
      },
      async (request, response) => {
        const { extension: who } = readParameters(ofCounsellor, request.params);
        await answer(response, () => order(who, request));
      },
    );
  /** An order of a supervisor, about others. */
  const supervising = (
    what: string,
    permission: Permission,
    shape: z.ZodType,
    order: (by: string, request: Parameters<Route['handler']>[0], asking: Asking) => Promise<OrderAnswer>,
  ): Route =>
    route(
      {
        method: 'post',
        path: `/hotline/supervisors/:extension/${what}`,
        permission,
        scope: ofAddress,
        missing,
        body,
        input: { params: ofCounsellor, body: shape },
      },
      async (request, response, asking) => {
        const { extension: named } = readParameters(ofCounsellor, request.params);
        const by = await actingExtension(asking, named, places);
        await answer(response, () => order(by, request, asking));
      },
    );
  /** @throws ApiError 404 when this counsellor is none, or another tenant's */
  const checkReach = async ({ actor }: Asking, permission: Permission, counsellor: string): Promise<void> => {
    const scope = await places.ofExtension(counsellor);
    if (!scope || !mayDo(actor, permission, scope)) throw problemAsError('noSuchCounsellor');
  };

  return [
    look('/hotline/picture', (all) => all),
    look('/hotline/lines', (all) => all.flatMap(({ lines }) => lines)),
    look('/hotline/counsellors', (all) => all.flatMap(({ counsellors }) => counsellors)),
    route(
      {
        method: 'get',
        path: '/hotline/counsellors/:extension',
        input: { params: ofCounsellor },
        permission: 'hotline.see',
        scope: ofAddress,
        missing,
      },
      ({ params }, response, asking) => {
        const wanted = readParameters(ofCounsellor, params).extension;
        const found = views(narrowTo(asking, 'hotline.see'))
          .flatMap(({ counsellors }) => counsellors)
          .find((one) => one.extension === wanted);
        if (!found) throw problemAsError('noSuchCounsellor');
        response.json(found);
      },
    ),

    own(
      'login',
      async (who, request) => orders.logIn(who, readBody(logInBody, request).lineIds, who),
      logInBody,
    ),
    own('logout', (who) => orders.logOut(who, who)),
    own(
      'pause',
      async (who, request) => orders.pause(who, readBody(pauseBody, request).reason, who),
      pauseBody,
    ),
    own('resume', (who) => orders.resume(who, who)),

    supervising('listen', 'hotline.listen', listenBody, async (by, request, asking) => {
      const { counsellor, mode } = readBody(listenBody, request);
      await checkReach(asking, 'hotline.listen', counsellor);
      return orders.listenIn(by, counsellor, mode);
    }),
    supervising('pull', 'hotline.manage', pullBody, async (by, request) => {
      const { callId } = readBody(pullBody, request);
      return orders.pullForward(callId, by).catch((error: unknown) => {
        const hidden = error instanceof OrderError && error.code === 'otherOrganization';
        throw hidden ? new OrderError('noSuchCall') : error;
      });
    }),
    supervising('logout', 'hotline.manage', logOutBody, async (by, request, asking) => {
      const { counsellor } = readBody(logOutBody, request);
      await checkReach(asking, 'hotline.manage', counsellor);
      return orders.logOut(counsellor, by);
    }),

    route(
      {
        method: 'post',
        path: '/hotline/tasks/:id/call',
        input: { body: mayName },
        permission: 'task.handle',
        scope: ({ params }) => places.ofTask(readParameters(ofTask, params).id),
        missing: missingTask,
        body,
      },
      async (request, response, asking) => {
        const { id } = readParameters(ofTask, request.params);
        const who = await actingExtension(asking, readBody(mayName, request).extension, places);
        await answer(response, () => orders.callBack(id, who, asking.signedIn ? who : apiItself));
      },
    ),
  ];
}

const statusOf: Readonly<Record<OrderProblem, [number, string]>> = {
  noSuchCounsellor: [404, missing.message],
  noSuchLine: [404, 'There is no such line.'],
  noSuchCall: [404, 'This caller does not wait any more.'],
  noSuchTask: [404, missingTask.message],
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
