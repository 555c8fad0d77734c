import { createServer, type Server } from 'node:http';
import express from 'express';
import type { LedgerStore } from '../checkins/ledger-store.js';
import type { TimelineStore } from '../checkins/timeline-store.js';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import { answerError, answerNotFound } from './api-error.js';
import { requireToken } from './api-token.js';
import { checkInsRouter } from './check-ins-router.js';
import type { Health } from './health.js';
import { hotlineCallsRouter, type HotlineCallsSource } from './hotline-calls-router.js';
import { hotlineRouter, type HotlineSource } from './hotline-router.js';
import { hotlineTasksRouter, type HotlineTasksSource } from './hotline-tasks-router.js';
import { meRouter } from './me-router.js';
import type { Metrics } from './metrics.js';
import { pagesRouter } from './pages.js';
import { probesRouter } from './probes-router.js';
import { logRequests } from './request-log.js';
import { setSecurityHeaders } from './security-headers.js';
import { stationsRouter } from './stations-router.js';
import { screensRouter, wallboardRouter, type WallboardSource } from './wallboard-router.js';

export interface HttpServerOptions {
  ledgers: Pick<LedgerStore, 'stations' | 'day'>;
  timelines: Pick<TimelineStore, 'of'>;
  hotline: HotlineSource & Omit<HotlineCallsSource & HotlineTasksSource, 'clock'>;
  wallboard: WallboardSource;
  /** What the build of the console has written. */
  pagesFolder: string;
  health: () => Promise<Health>;
  metrics: Metrics;
  /** Undefined closes the API. */
  apiToken: string | undefined;
  log: Logger;
  clock: Clock;
}

export interface HttpServer {
  /** For what speaks over other means than requests, on the same port. */
  readonly server: Server;
  /** @returns the port that was bound, for port 0 */
  listen(host: string, port: number): Promise<number>;
  /** Takes no more requests and settles when those in progress are answered, or were cut off. */
  close(): Promise<void>;
}

/** Requests that are still unanswered after this are cut off when we stop. */
const closePatienceMs = 3000;

/** The service's HTTP side: probes for machines, and the API behind a token. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { apiToken, log } = options;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(logRequests(log), setSecurityHeaders);
  app.use(probesRouter(options));
  app.use('/api', screensRouter(options.wallboard));
  app.use('/api', requireToken(apiToken), meRouter(), stationsRouter(options), checkInsRouter(options));
  const hotline = { ...options.hotline, clock: options.clock };
  app.use('/api', hotlineRouter(hotline), hotlineCallsRouter(hotline), hotlineTasksRouter(hotline));
  app.use('/api', wallboardRouter(options.wallboard));
  app.use(pagesRouter(options.pagesFolder));
  app.use(answerNotFound, answerError(log));

  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, app);
  return {
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
