import { healthRoutes } from '../../src/http/health-router.js';
import type { Route } from '../../src/http/route.js';
import type { Logins } from './logins.js';

/** The state of a service that nobody has looked at yet, and whose database is away. */
export function healthOver({ clock }: Logins): Route[] {
  return healthRoutes({
    ...{ states: () => [], lookedAt: () => undefined, clock: clock.read },
    versions: () => Promise.reject(new Error('away')),
  });
}
