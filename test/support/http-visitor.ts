import { createMetrics } from '../../src/http/metrics.js';
import { createHttpServer, type HttpServer, type HttpServerOptions } from '../../src/http/server.js';
import { LedgerStore } from '../../src/checkins/ledger-store.js';
import { TimelineStore } from '../../src/checkins/timeline-store.js';
import { createLog } from '../../src/log.js';
import { consultationsOver } from './consultation-builders.js';
import { codec, type Logins } from './logins.js';
import { noHotline } from './no-hotline.js';
import { noWallboard } from './no-wallboard.js';

export const machineToken = 'a-token-for-these-tests';

export interface Served {
  server: HttpServer;
  url: string;
  close(): Promise<void>;
}

/** The whole HTTP side over a database. */
export async function serveHttp(logins: Logins, parts: Partial<HttpServerOptions> = {}): Promise<Served> {
  const metrics = createMetrics({
    checkinsToday: () => Promise.resolve(new Map()),
    channelsInUse: () => 0,
    resultsWaiting: () => 0,
    mailsWaiting: () => Promise.resolve(0),
    linksUp: () => ({}),
    dialLagSeconds: () => undefined,
  });
  const server = createHttpServer({
    ledgers: new LedgerStore({ database: logins.database, codec }),
    timelines: new TimelineStore({ database: logins.database }),
    consultations: consultationsOver(logins.database),
    hotline: noHotline,
    ...noWallboard,
    console: [],
    health: () => Promise.reject(new Error('not asked here')),
    metrics,
    users: logins.users,
    apiToken: machineToken,
    baseUrl: undefined,
    trustedProxies: undefined,
    log: createLog('debug', { write: (line) => logins.logged.push(line) }),
    clock: logins.clock.read,
    ...parts,
  });
  const port = await server.listen('127.0.0.1', 0);
  return {
    server,
    url: `http://127.0.0.1:${port}`,
    async close() {
      metrics.close();
      await server.close();
    },
  };
}

export interface Answered {
  status: number;
  body: Record<string, unknown>;
  /** Code of a refusal. */
  code: string | undefined;
  headers: Headers;
}

/** A browser with a page of ours open: it keeps the cookie and says where its requests come from. */
export class Visitor {
  readonly #url: string;
  readonly #headers: Record<string, string>;
  cookie: string | undefined;

  constructor(url: string, headers: Record<string, string> = {}) {
    this.#url = url;
    this.#headers = headers;
  }

  async ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answered> {
    const answer = await fetch(`${this.#url}${path}`, {
      method: method.toUpperCase(),
      redirect: 'manual',
      headers: {
        origin: this.#url,
        ...(this.cookie !== undefined && { cookie: this.cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...this.#headers,
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const [given] = answer.headers.getSetCookie();
    if (given !== undefined) {
      const [pair = ''] = given.split(';');
      this.cookie = pair.endsWith('=') ? undefined : pair;
    }
    const text = await answer.text();
    const parsed = (
      answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : {}
    ) as Answered['body'];
    const { code } = (parsed.error ?? {}) as { code?: string };
    return { status: answer.status, body: parsed, code, headers: answer.headers };
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answered> {
    return this.ask('get', path, undefined, headers);
  }

  post(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answered> {
    return this.ask('post', path, body, headers);
  }
}
