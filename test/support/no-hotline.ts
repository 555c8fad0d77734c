import type { OrderAnswer } from '../../src/hotline/exchange-orders.js';
import type { HttpServerOptions } from '../../src/http/server.js';

const refuseTask = () => Promise.resolve({ kind: 'refused', why: 'noSuchTask' } as const);
const refuse = () => Promise.resolve('refused' as const);

type Orders = HttpServerOptions['hotline']['orders'];

/** Orders that do what a test wants done with them; `what` is the order's name. */
export function ordersThat(
  answer: (what: keyof Orders) => (...args: unknown[]) => Promise<OrderAnswer>,
): Orders {
  return {
    logIn: answer('logIn'),
    logOut: answer('logOut'),
    pause: answer('pause'),
    resume: answer('resume'),
    pullForward: answer('pullForward'),
    listenIn: answer('listenIn'),
    callBack: answer('callBack'),
  };
}

/** A hotline without lines or people, whose exchange does nothing. */
export const noHotline: HttpServerOptions['hotline'] = {
  orders: ordersThat(() => refuse),
  picture: () => undefined,
  organizationIds: () => [],
  tasks: {
    unsettled: () => Promise.resolve([]),
    counsellorAt: () => Promise.resolve(undefined),
    take: refuseTask,
    giveBack: refuseTask,
    done: refuseTask,
    failed: refuseTask,
    reopen: refuseTask,
  },
  calls: { arrivedBetween: () => Promise.resolve([]) },
  kpis: { line: () => Promise.resolve(undefined), facts: () => Promise.reject(new Error('no line')) },
};
