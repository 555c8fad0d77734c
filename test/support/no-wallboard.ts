import type { HttpServerOptions } from '../../src/http/server.js';
import { Screens } from '../../src/wallboard/screens.js';
import { usualSettings } from '../../src/wallboard/wallboard-settings.js';

const nobody = Promise.resolve([]);

/** A wallboard of nobody, and pages that were never built. */
export const noWallboard: Pick<HttpServerOptions, 'wallboard' | 'pagesFolder'> = {
  wallboard: {
    organizations: () => [],
    settings: () => Promise.resolve(usualSettings),
    saveSettings: () => Promise.resolve(),
    screens: new Screens({
      store: {
        begin: () => Promise.resolve(false),
        pair: () => Promise.resolve(false),
        find: () => Promise.resolve(undefined),
        list: () => nobody,
        revoke: () => Promise.resolve(false),
        noteSeen: () => Promise.resolve(),
      },
      clock: () => new Date(0),
      onRevoked: () => undefined,
    }),
  },
  pagesFolder: '/nowhere',
};
