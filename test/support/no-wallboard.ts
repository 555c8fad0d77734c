import type { HttpServerOptions } from '../../src/http/server.js';
import type { Organization } from '../../src/organizations/organization-store.js';
import { Screens } from '../../src/wallboard/screens.js';
import { usualSettings } from '../../src/wallboard/wallboard-settings.js';

/** Boards with the usual settings, whose screens do whatever they are told. */
export function wallboardOf(organizations: () => readonly Organization[]): HttpServerOptions['wallboard'] {
  return {
    organizations,
    settings: () => Promise.resolve(usualSettings),
    saveSettings: () => Promise.resolve(),
    screens: new Screens({
      store: {
        begin: () => Promise.resolve(true),
        pair: () => Promise.resolve(true),
        find: () => Promise.resolve(undefined),
        list: () => Promise.resolve([]),
        revoke: () => Promise.resolve(true),
        noteSeen: () => Promise.resolve(),
      },
      clock: () => new Date(0),
      onRevoked: () => undefined,
    }),
  };
}

/** A wallboard of nobody, and pages that were never built. */
export const noWallboard: Pick<HttpServerOptions, 'wallboard' | 'pagesFolder'> = {
  wallboard: wallboardOf(() => []),
  pagesFolder: '/nowhere',
};
