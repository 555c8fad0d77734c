import { Router, type Request } from 'express';
import { z } from 'zod';
import type { Logger } from '../log.js';
import type { UsersModule } from '../users/users-module.js';
import { ApiError } from './api-error.js';
import { unfitPassword, whenFree } from './password-answers.js';
import { readBody } from './parameters.js';
import { route, type Route } from './route.js';
import type { SessionCookie } from './session-cookie.js';

const token = z.string().regex(/^[\w-]{43}$/, 'the end of a link');
const lookBody = z.object({ token });
const passwordBody = z.object({ token, password: z.string().max(400) });
const resetBody = z.object({ mail: z.string().min(1).max(254) });

const closed = () => new ApiError(404, 'noSuchLink', 'This link was used, has run out, or never was.');

/** What the links in mails open. The token comes in the body, so that no log keeps it. */
export function linksRoutes({
  users: { users, userLinks, addresses, clock },
  cookie,
  log,
}: {
  users: UsersModule;
  cookie: SessionCookie;
  log: Logger;
}): Route[] {
  const slowDown = (address: string): void => {
    const seconds = addresses.take(address, clock());
    if (seconds > 0) throw new ApiError(429, 'slowDown', `Too many tries; wait ${seconds} seconds.`);
  };
  return [
    route(
      { method: 'post', path: '/links/look', permission: 'anyone', input: { body: lookBody } },
      async (request, response, asking) => {
        slowDown(asking.address);
        const found = await userLinks.look(readBody(lookBody, request).token);
        if (!found || found.kind === 'login') throw closed();
        const { name, mail, organizationId } = found.user;
        const organization =
          organizationId === undefined ? undefined : await users.organization(organizationId);
        response.json({ kind: found.kind, name, mail, organization });
      },
    ),
    route(
      { method: 'post', path: '/links/password', permission: 'anyone', input: { body: passwordBody } },
      async (request, response, asking) => {
        slowDown(asking.address);
        const { token: given, password } = readBody(passwordBody, request);
        const answer = await whenFree(() => userLinks.setPassword(given, password, asking.device));
        if (answer.kind === 'noSuchLink') throw closed();
        if (answer.kind === 'unfit') throw unfitPassword(answer.problem);
        if (answer.session) cookie.give(response, answer.session.token);
        response.json({ stage: answer.session?.stage });
      },
    ),
    route(
      { method: 'post', path: '/password-reset', permission: 'anyone', input: { body: resetBody } },
      (request, response, asking) => {
        slowDown(asking.address);
        const { mail } = readBody(resetBody, request);
        // Answered first: the time must not tell whether there is such an account.
        response.status(202).json({});
        userLinks.requestReset(mail).catch((error: unknown) => {
          log.error(
            { event: 'passwordReset.failed', err: error },
            'a link for a new password was not written',
          );
        });
      },
    ),
  ];
}

/**
 * The demo's way in, for a link in its own terminal: only from this machine, and never through a proxy, which
 * would make everybody look as if they were here.
 */
export function loginLinkRouter({ userLinks }: UsersModule, cookie: SessionCookie): Router {
  const router = Router();
  router.get('/login-link', async (request, response) => {
    const given = token.safeParse(request.query.token);
    if (!isHere(request) || !given.success) throw closed();
    const from = { address: request.socket.remoteAddress ?? '', device: request.get('user-agent') ?? '' };
    const session = await userLinks.useLoginLink(given.data, from);
    if (!session) throw closed();
    cookie.give(response, session.token);
    response.redirect(303, '/');
  });
  return router;
}

function isHere(request: Request): boolean {
  const proxied = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'].some((name) => request.get(name));
  return !proxied && /^(127\.|::1$|::ffff:127\.)/.test(request.socket.remoteAddress ?? '');
}
