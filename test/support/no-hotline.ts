import type { HotlineSource } from '../../src/http/hotline-router.js';

const refuse = () => Promise.resolve('refused' as const);

/** A hotline without lines or people, whose exchange does nothing. */
export const noHotline: HotlineSource = {
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
};
