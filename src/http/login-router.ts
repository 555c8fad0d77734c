import type { Response } from 'express';
import { z } from 'zod';
import { permissionsOf } from '../users/permissions.js';
import type { SignInAnswer } from '../users/sign-in.js';
import type { UsersModule } from '../users/users-module.js';
import { ApiError } from './api-error.js';
import { readBody } from './parameters.js';
import { route, whoIsIn, type Route } from './route.js';
import type { SessionCookie } from './session-cookie.js';

const loginBody = z.object({ mail: z.string().min(1).max(254), password: z.string().min(1).max(400) });
const codeBody = z.object({ code: z.string().min(1).max(40) });

export interface LoginSource {
  users: UsersModule;
  cookie: SessionCookie;
}

/** Coming in and going out. */
export function loginRoutes({ users: module, cookie }: LoginSource): Route[] {
  const { users, sessions, signIn, accessLog, clock } = module;

  /** Answers in one form; the old session of this browser ends, for whoever it was. */
  async function answer(response: Response, given: SignInAnswer, old: string | undefined): Promise<void> {
    if (given.kind !== 'in') throw asError(given, response);
    const before = old === undefined ? undefined : await sessions.find(old);
    if (before) await sessions.end(before.session.id, before.user.id);
    cookie.give(response, given.session.token);
    response.json({ stage: given.session.stage, endsAt: given.session.expiresAt });
  }

  return [
    route(
      { method: 'post', path: '/login', permission: 'anyone', input: { body: loginBody } },
      async (request, response, asking) => {
        const { mail, password } = readBody(loginBody, request);
        const given = await signIn.withPassword(mail, password, asking);
        await answer(response, given, cookie.read(request.headers.cookie));
      },
    ),
    route(
      { method: 'post', path: '/login/totp', permission: 'halfway', input: { body: codeBody } },
      async (request, response, asking) => {
        const { code } = readBody(codeBody, request);
        const { signedIn } = asking;
        if (signedIn?.session.stage !== 'totp') {
          throw new ApiError(409, 'noCodeAsked', 'No code is asked for now: the password comes first.');
        }
        await answer(response, await signIn.withCode(signedIn, code, asking), undefined);
      },
    ),
    route({ method: 'post', path: '/logout', permission: 'halfway' }, async (_request, response, asking) => {
      const { user, session } = whoIsIn(asking);
      await sessions.end(session.id, user.id);
      const { id: userId, organizationId } = user;
      const { address } = asking;
      await accessLog.add({ at: clock(), userId, organizationId, what: 'logout', detail: '', address });
      cookie.takeAway(response);
      response.status(204).end();
    }),
    route({ method: 'get', path: '/me', permission: 'halfway' }, async (_request, response, asking) => {
      const { user, session } = whoIsIn(asking);
      if (session.stage === 'totp') {
        // A password alone opens nothing, not even the name.
        response.json({ stage: session.stage, endsAt: session.expiresAt, permissions: [] });
        return;
      }
      const { organizationId } = user;
      const organization =
        organizationId === undefined ? undefined : await users.organization(organizationId);
      const { id, name, mail, role, stationIds, counsellorId, hasTotp } = user;
      response.json({
        user: { id, name, mail, role, stationIds, counsellorId, hasTotp },
        organization,
        stage: session.stage,
        endsAt: session.expiresAt,
        permissions: session.stage === 'full' ? permissionsOf(role) : [],
      });
    }),
  ];
}

function asError(given: Exclude<SignInAnswer, { kind: 'in' }>, response: Response): ApiError {
  switch (given.kind) {
    case 'wrong':
      return new ApiError(401, 'wrongLogin', 'This mail and password, or this code, do not open an account.');
    case 'locked':
      response.set('Retry-After', String(given.seconds));
      return new ApiError(429, 'locked', `Too many wrong tries; wait ${given.seconds} seconds.`);
    case 'slowDown':
      response.set('Retry-After', String(given.seconds));
      return new ApiError(
        429,
        'slowDown',
        `Too many tries from this address; wait ${given.seconds} seconds.`,
      );
    case 'busy':
      response.set('Retry-After', '3');
      return new ApiError(503, 'busy', 'Too many log in at this moment; try again in a few seconds.');
  }
}
