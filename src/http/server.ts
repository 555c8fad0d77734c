import { createServer, type Server } from 'node:http';
import express from 'express';
import type { LedgerStore } from '../checkins/ledger-store.js';
import type { TimelineStore } from '../checkins/timeline-store.js';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import type { UsersModule } from '../users/users-module.js';
import { answerError, answerNotFound } from './api-error.js';
import { accountRoutes } from './account-router.js';
import { checkInsRoutes } from './check-ins-router.js';
import type { Health } from './health.js';
import { consultationsRoutes, type ConsultationsSource } from './consultations-router.js';
import { hotlineCallsRoutes, type HotlineCallsSource } from './hotline-calls-router.js';
import { hotlineRoutes, type HotlineSource } from './hotline-router.js';
import { hotlineTasksRoutes, type HotlineTasksSource } from './hotline-tasks-router.js';
import type { Metrics } from './metrics.js';
import { linksRoutes, loginLinkRouter } from './links-router.js';
import { openApiRoutes } from './openapi-router.js';
import { loginRoutes } from './login-router.js';
import { pagesRouter } from './pages.js';
import { probesRouter } from './probes-router.js';
import { logRequests } from './request-log.js';
import { withoutDoubles, type Route } from './route.js';
import { securityHeaders } from './security-headers.js';
import { Gate } from './session.js';
import { SessionCookie } from './session-cookie.js';
import { stationsRoutes } from './stations-router.js';
import { usersRoutes } from './users-router.js';
import { wallboardRoutes, type WallboardSource } from './wallboard-router.js';

export interface HttpServerOptions {
  ledgers: Pick<LedgerStore, 'stations' | 'day'>;
  timelines: Pick<TimelineStore, 'of'>;
  /** Consultations and recordings. */
  consultations: Omit<ConsultationsSource, 'places' | 'recordLook'>;
  hotline: Omit<HotlineSource & HotlineCallsSource & HotlineTasksSource, 'clock' | 'places'>;
  wallboard: WallboardSource;
  /** What the pages of the console ask for besides. */
  console: readonly Route[];
  /** What the build of the console has written. */
  pagesFolder: string;
  health: () => Promise<Health>;
  metrics: Metrics;
  users: UsersModule;
  /** Undefined: no machine comes in. */
  apiToken: string | undefined;
  /** Where browsers find us, when that is set. */
  baseUrl: string | undefined;
  /** Addresses of proxies whose word about the sender counts, as express takes them; undefined: nobody's. */
  trustedProxies: string | undefined;
  log: Logger;
  clock: Clock;
}

export interface HttpServer {
  /** Everything that is served below /api, with who may use it. */
  readonly routes: readonly Route[];
  /** For sockets: who opens one. */
  readonly gate: Gate;
  /** For what speaks over other means than requests, on the same port. */
  readonly server: Server;
  /** @returns the port that was bound, for port 0 */
  listen(host: string, port: number): Promise<number>;
  /** Takes no more requests and settles when those in progress are answered, or were cut off. */
  close(): Promise<void>;
}

/** Requests that are still unanswered after this are cut off when we stop. */
const closePatienceMs = 3000;

/** The service's HTTP side: probes for machines, and the API for those who may. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { users, apiToken, baseUrl, log, clock } = options;
  const https = baseUrl?.startsWith('https:') === true;
  const cookie = new SessionCookie({ https });
  const { sessions, accessLog, places, recordLook } = users;
  const gate = new Gate({ sessions, accessLog, cookie, apiToken, baseUrl, clock, log });
  const hotline = { ...options.hotline, places, clock };
  const routes: readonly Route[] = withoutDoubles([
    ...openApiRoutes(() => routes),
    ...loginRoutes({ users, cookie }),
    ...linksRoutes({ users, cookie, log }),
    ...accountRoutes({ users, cookie }),
    ...usersRoutes({ users }),
    ...stationsRoutes({ ledgers: options.ledgers, places, recordLook, clock }),
    ...checkInsRoutes({ timelines: options.timelines, places, recordLook }),
    ...wallboardRoutes(options.wallboard),
    ...hotlineRoutes(hotline),
    ...hotlineCallsRoutes(hotline),
    ...hotlineTasksRoutes(hotline),
    ...consultationsRoutes({ ...options.consultations, places, recordLook }),
    ...options.console,
  ]);
  const app = express();
  app.set('trust proxy', options.trustedProxies ?? false);
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(logRequests(log), securityHeaders({ https }));
  app.use(probesRouter(options));
  app.use('/api', gate.router(routes));
  if (users.hasLoginLinks) app.use(loginLinkRouter(users, cookie));
  app.use(pagesRouter(options.pagesFolder));
  app.use(answerNotFound, answerError(log));

  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, app);
  return {
    routes,
    gate,
    server,
    listen: (host, port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          const address = server.address();
          resolve(typeof address === 'object' && address ? address.port : port);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        const cutOff = setTimeout(() => server.closeAllConnections(), closePatienceMs);
        server.close(() => {
          clearTimeout(cutOff);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}
