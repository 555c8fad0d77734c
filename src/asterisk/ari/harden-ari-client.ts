import http from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';

/** A REST request to Asterisk failed: `status` is 0 when no answer came, `code` then says why. */
export class AriError extends Error {
  override readonly name = 'AriError';
  constructor(
    message: string,
    readonly code: string,
    readonly status: number,
    readonly body = '',
  ) {
    super(message);
  }
}

interface SwaggerRequest {
  url: string;
  method: string;
  headers?: Record<string, string>;
  body?: string;
  on: { error: (error: unknown) => void; response: (response: unknown) => void };
}

interface SwaggerClient {
  SwaggerApi: { prototype: { fail: (this: { failure: (error: Error) => void }, message: unknown) => void } };
  SwaggerHttp: { prototype: { execute: (request: SwaggerRequest) => void } };
  PasswordAuthorization: { prototype: { apply: () => boolean } };
}

interface Peer {
  transport: typeof http | typeof https;
  protocol: string;
  agent: http.Agent;
  authorization: string;
  timeoutMs: number;
  /** How many use it: a test call's link ends while the service's goes on. */
  users: number;
}

const peers = new Map<string, Peer>();
let hardened = false;

export function basicAuthorization(user: string, password: string): string {
  return 'Basic ' + Buffer.from(`${user}:${password}`).toString('base64');
}

/**
 * Registers one Asterisk with the HTTP layer that takes the place of ari-client's own.
 * Theirs never settles a request on a network fault, opens a socket per request,
 * and keeps one password for the whole process.
 */
export function registerPeer(
  baseUrl: string,
  user: string,
  password: string,
  { timeoutMs = 8000, maxSockets = 20 } = {},
): void {
  if (!hardened) replaceHttpLayer();
  const base = new URL(baseUrl);
  const transport = base.protocol === 'https:' ? https : http;
  const authorization = basicAuthorization(user, password);
  const known = peers.get(base.host);
  if (known?.authorization === authorization && known.timeoutMs === timeoutMs) {
    known.users++;
    return;
  }
  known?.agent.destroy();
  peers.set(base.host, {
    transport,
    protocol: base.protocol,
    timeoutMs,
    authorization,
    users: 1,
    // Our idle limit lies below Asterisk's session_keep_alive of 15 s, so that we close first.
    agent: new transport.Agent({
      keepAlive: true,
      maxSockets,
      maxFreeSockets: maxSockets,
      timeout: 10_000,
      scheduling: 'lifo',
    }),
  });
}

/** Closes the kept sockets of a peer that is no longer used. */
export function forgetPeer(baseUrl: string): void {
  const { host } = new URL(baseUrl);
  const known = peers.get(host);
  if (!known || --known.users > 0) return;
  known.agent.destroy();
  peers.delete(host);
}

function replaceHttpLayer(): void {
  const require = createRequire(import.meta.url);
  const swagger = createRequire(require.resolve('ari-client'))('swagger-client') as SwaggerClient;
  swagger.SwaggerApi.prototype.fail = function (message) {
    this.failure(message instanceof Error ? message : new AriError(String(message), 'EARIDOCS', 0));
  };
  swagger.SwaggerHttp.prototype.execute = execute;
  // The password goes on in execute(). Theirs is made anew for each request, with a deprecated call that is slow.
  swagger.PasswordAuthorization.prototype.apply = () => true;
  // swagger-client prints a line about its own age on every connect, through a global that it leaks.
  (globalThis as { log?: unknown }).log = () => undefined;
  hardened = true;
}

function execute(request: SwaggerRequest): void {
  const url = new URL(request.url);
  const peer = peers.get(url.host);
  let settled = false;
  const watch: { timer?: NodeJS.Timeout } = {};
  const fail = (code: string, status: number, text: string, body?: string): void => {
    if (settled) return;
    settled = true;
    clearTimeout(watch.timer);
    const reason = status > 0 ? status : code;
    request.on.error(
      new AriError(`${request.method} ${url.pathname}: ${reason} ${text}`, code, status, body),
    );
  };
  if (!peer) {
    fail('EARIPEER', 0, 'host not registered');
    return;
  }

  url.protocol = peer.protocol; // Asterisk writes http:// into its documents, whatever it speaks.
  const body = request.body ? Buffer.from(request.body) : undefined;
  const outgoing = peer.transport.request(
    url,
    {
      method: request.method.toUpperCase(),
      headers: { ...request.headers, Authorization: peer.authorization, 'Content-Length': body?.length ?? 0 },
      agent: peer.agent,
    },
    (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', (error: NodeJS.ErrnoException) =>
        fail(error.code ?? 'ECONNRESET', 0, error.message),
      );
      response.on('end', () => {
        if (settled) return;
        const data = Buffer.concat(chunks);
        const status = response.statusCode ?? 0;
        if (status >= 400) {
          fail('EARIHTTP', status, response.statusMessage ?? '', data.toString('utf8'));
          return;
        }
        settled = true;
        clearTimeout(watch.timer);
        const { url: requested, method } = request;
        request.on.response({ status, headers: response.headers, url: requested, method, data });
      });
    },
  );
  watch.timer = setTimeout(() => {
    fail('ETIMEDOUT', 0, `no answer in ${peer.timeoutMs} ms`);
    outgoing.destroy();
  }, peer.timeoutMs);
  outgoing.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? 'ECONN', 0, error.message));
  outgoing.end(body);
}
