import type { HttpServerOptions } from '../../src/http/server.js';

const refuseTask = () => Promise.resolve({ kind: 'refused', why: 'noSuchTask' } as const);
const refuse = () => Promise.resolve('refused' as const);

/** A hotline without lines or people, whose exchange does nothing. */
export const noHotline: HttpServerOptions['hotline'] = {
  orders: {
    logIn: refuse,
    logOut: refuse,
    pause: refuse,
    resume: refuse,
    pullForward: refuse,
    listenIn: refuse,
    callBack: refuse,
  },
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
