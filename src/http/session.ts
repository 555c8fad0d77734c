import { json, Router, type Request, type RequestHandler } from 'express';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import type { AccessLogStore } from '../users/access-log-store.js';
import { decideAccess, reachOf, type Actor, type Permission, type Scope } from '../users/permissions.js';
import type { Sessions, SignedIn } from '../users/sessions.js';
import { ApiError } from './api-error.js';
import { isSame, machineOf } from './api-token.js';
import { isFromOwnPage } from './own-page.js';
import type { Asking, FindScope, Route, RouteSpec } from './route.js';
import type { SessionCookie } from './session-cookie.js';

export interface GateOptions {
  sessions: Pick<Sessions, 'find'>;
  accessLog: Pick<AccessLogStore, 'add'>;
  cookie: SessionCookie;
  /** Undefined: no machine comes in. */
  apiToken: string | undefined;
  /** Where the pages are; undefined: wherever they were asked from. */
  baseUrl: string | undefined;
  clock: Clock;
  log: Logger;
}

/** What a handshake of a socket tells of its sender. */
export interface Handshake {
  headers: { cookie?: string | undefined; origin?: string | undefined; host?: string | undefined };
}

const usualBody = json({ limit: '100kb' });
const nowhere = { organizationId: undefined, stationIds: [], counsellorId: undefined };
/** Who holds the API token. */
const machine: Actor = { role: 'machine', ...nowhere };
const askings = new WeakMap<Request, Asking>();
const nothingThere = { code: 'notFound', message: 'There is nothing at this address.' };

/** Stands before every route below /api: who asks, from where, and may they? */
export class Gate {
  readonly #options: GateOptions;

  constructor(options: GateOptions) {
    this.#options = options;
  }

  /** Serves declared routes; of everything else below it only those who are known learn that it is not there. */
  router(routes: readonly Route[]): Router {
    const router = Router();
    for (const { spec, handler } of routes) {
      router[spec.method](spec.path, ...this.#guards(spec), async (request, response) => {
        await handler(request, response, askingOf(request));
      });
    }
    router.use(this.#enter({ method: 'get', path: '', permission: 'halfway' }));
    return router;
  }

  /** The same guard for a router that is not declared route by route, such as one of downloads. */
  requirePermission(permission: Permission, scope: FindScope | 'service' | 'narrowed'): RequestHandler[] {
    return this.#guards({ method: 'get', path: '', permission, scope });
  }

  /** Who opens a socket: the machine account by its token, and everybody else by the cookie of a login. */
  async enterSocket({
    token,
    ...handshake
  }: Handshake & { token?: string | undefined }): Promise<
    { actor: Actor; session: { id: number; userId: number } | undefined } | undefined
  > {
    const { apiToken } = this.#options;
    if (token !== undefined)
      return apiToken !== undefined && isSame(token, apiToken)
        ? { actor: machine, session: undefined }
        : undefined;
    const signedIn = await this.authorizeSocket(handshake);
    return signedIn && { actor: signedIn.user, session: signedIn.session };
  }

  /**
   * Who opens a socket. A page of another site is refused: browsers send our cookie along with their sockets
   * as well. Have the end of the session told by `sessions.watch` and `sessions.onEnded`.
   */
  async authorizeSocket({ headers }: Handshake): Promise<SignedIn | undefined> {
    const { sessions, cookie, baseUrl } = this.#options;
    const { origin, host } = headers;
    if (!isFromOwnPage({ secFetchSite: undefined, origin, host }, baseUrl)) return undefined;
    const token = cookie.read(headers.cookie);
    const found = token === undefined ? undefined : await sessions.find(token);
    return found?.session.stage === 'full' ? found : undefined;
  }

  #guards(spec: RouteSpec): RequestHandler[] {
    const guards = [this.#enter(spec), spec.body ?? usualBody];
    if ('scope' in spec) guards.push(this.#checkScope(spec));
    return guards;
  }

  /** Everything that can be known before the body is read. */
  #enter(spec: RouteSpec): RequestHandler {
    return async (request, _response, next) => {
      const asking = await this.#identify(request);
      if (asking?.actor.role !== 'machine' && !this.#isSafe(request)) {
        this.#options.log.warn({ event: 'http.foreignPage' }, 'a page of another site sent a request');
        throw new ApiError(403, 'foreignPage', 'This can only be sent by a page of this service.');
      }
      if (spec.permission !== 'anyone') {
        if (!asking) throw unauthorized();
        this.#checkStage(spec, asking);
      }
      if ('scope' in spec && asking && !reachOf(asking.actor.role, spec.permission)) {
        await this.#refuse(asking, spec.permission, undefined);
        throw new ApiError(403, 'notAllowed', 'Your role may not do this.');
      }
      askings.set(request, asking ?? stranger(request));
      next();
    };
  }

  #checkScope(spec: Extract<RouteSpec, { permission: Permission }>): RequestHandler {
    const { permission, scope: find, missing = nothingThere } = spec;
    return async (request, _response, next) => {
      const asking = askingOf(request);
      const gone = new ApiError(404, missing.code, missing.message);
      const narrowed = find === 'narrowed';
      const scope = typeof find === 'function' ? await find(request) : { organizationId: undefined };
      if (!scope) throw gone;
      const decision = decideAccess(asking.actor, permission, scope, asking.reason);
      if (decision.kind === 'reasonNeeded') {
        throw new ApiError(403, 'reasonNeeded', 'Say why, in the header X-Reason (percent-encoded UTF-8).');
      }
      if (decision.kind !== 'allowed' && !narrowed) {
        await this.#refuse(asking, permission, scope);
        throw decision.kind === 'outOfReach'
          ? gone
          : new ApiError(403, 'notAllowed', 'Your role may not do this.');
      }
      if (decision.kind === 'allowed' && decision.because === 'withReason') {
        await this.#note(asking, 'looked', permission, scope);
      }
      next();
    };
  }

  async #identify(request: Request): Promise<Asking | undefined> {
    const { apiToken, cookie, sessions } = this.#options;
    const common = stranger(request);
    if (machineOf(request, apiToken)) return { ...common, actor: machine };
    const token = cookie.read(request.headers.cookie);
    const signedIn = token === undefined ? undefined : await sessions.find(token);
    return signedIn && { ...common, actor: signedIn.user, signedIn };
  }

  #isSafe(request: Request): boolean {
    if (request.method === 'GET' || request.method === 'HEAD') return true;
    const { origin, host } = request.headers;
    return isFromOwnPage(
      { secFetchSite: request.get('sec-fetch-site'), origin, host },
      this.#options.baseUrl,
    );
  }

  #checkStage(spec: RouteSpec, { signedIn, actor }: Asking): void {
    const stage = signedIn?.session.stage ?? 'full';
    if (stage !== 'full' && spec.permission !== 'halfway') {
      throw new ApiError(403, `${stage}Needed`, 'The second factor comes first.');
    }
    // The machine has no account of its own.
    const isAboutAPerson = spec.permission === 'self' || spec.permission === 'halfway';
    if (actor.role === 'machine' && isAboutAPerson && spec.path !== '') {
      throw new ApiError(403, 'notAllowed', 'This is about the account of a person.');
    }
  }

  async #refuse(asking: Asking, permission: Permission, scope: Scope | undefined): Promise<void> {
    await this.#note(asking, 'rightRefused', permission, scope);
    const userId = asking.signedIn?.user.id;
    this.#options.log.warn({ event: 'access.refused', userId, permission }, 'somebody may not do that');
  }

  #note(asking: Asking, what: 'looked' | 'rightRefused', detail: Permission, scope: Scope | undefined) {
    const { signedIn, actor, reason, address } = asking;
    return this.#options.accessLog.add({
      at: this.#options.clock(),
      userId: signedIn?.user.id,
      organizationId: scope?.organizationId ?? actor.organizationId,
      what,
      detail,
      reason,
      address,
      ...(scope?.stationId !== undefined && { subject: 'station', subjectId: scope.stationId }),
    });
  }
}

/** Who asks; set by the gate before any handler. */
export function askingOf(request: Request): Asking {
  const asking = askings.get(request);
  if (!asking) throw new Error('a route without its gate');
  return asking;
}

function stranger(request: Request): Asking {
  const address = request.ip ?? '';
  const device = request.get('user-agent') ?? '';
  return {
    actor: { role: 'stranger', ...nowhere },
    signedIn: undefined,
    reason: reasonOf(request),
    address,
    device,
  };
}

/** Headers carry no Japanese, so that the reason comes percent-encoded. */
function reasonOf(request: Request): string {
  const given = request.get('x-reason') ?? '';
  try {
    return decodeURIComponent(given).trim().slice(0, 500);
  } catch {
    throw new ApiError(400, 'badReason', 'X-Reason must be percent-encoded UTF-8.');
  }
}

function unauthorized(): ApiError {
  return new ApiError(
    401,
    'unauthorized',
    'Log in, or send the header "Authorization: Bearer <token>" with the value of API_TOKEN.',
  );
}
