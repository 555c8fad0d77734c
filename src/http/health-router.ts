import type { Clock } from '../clock.js';
import type { Watched } from '../watch/watched.js';
import { route, type Route } from './route.js';

export interface HealthSource {
  /** What is watched all the time, the worst first. */
  states: () => readonly Watched[];
  /** When everything was looked at last. */
  lookedAt: () => Date | undefined;
  versions: () => Promise<Versions>;
  clock: Clock;
}

/** What runs here; undefined where nobody could be asked. */
export interface Versions {
  program: string;
  node: string;
  exchange: string | undefined;
  database: string | undefined;
  /** The last change of the schema. */
  schema: string | undefined;
}

/** The state of the service itself, each thing with what to do; nothing in here is about a person. */
export function healthRoutes({ states, lookedAt, versions, clock }: HealthSource): Route[] {
  return [
    route(
      { method: 'get', path: '/health', permission: 'health.see', scope: 'service' },
      async (_request, response) => {
        // The page is needed most when the database is away.
        const known = await versions().catch(() => undefined);
        response.json({ at: clock(), lookedAt: lookedAt(), states: states(), versions: known });
      },
    ),
  ];
}
