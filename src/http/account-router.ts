import { z } from 'zod';
import type { UsersModule } from '../users/users-module.js';
import { ApiError } from './api-error.js';
import { idParameter, readBody, readParameters } from './parameters.js';
import { unfitPassword, whenFree } from './password-answers.js';
import { route, whoIsIn, type Asking, type Route } from './route.js';
import type { SessionCookie } from './session-cookie.js';

const password = z.string().max(400);
const changeBody = z.object({ oldPassword: password, newPassword: password });
const proposeBody = z.object({ password: password.optional() });
const confirmBody = z.object({ code: z.string().min(6).max(12) });
const passwordBody = z.object({ password });
const sessionParameters = z.object({ id: idParameter });

const wrongPassword = () =>
  new ApiError(403, 'wrongPassword', 'This is not your password, or it is locked for now.');

/** What people do with their own account: password, second factor, where they are logged in. */
export function accountRoutes({
  users: { account, sessions, factors },
  cookie,
}: {
  users: UsersModule;
  cookie: SessionCookie;
}): Route[] {
  /** A stranger at an open screen has no password. */
  const provePassword = async (asking: Asking, given: string): Promise<void> => {
    if (!(await whenFree(() => account.isPassword(whoIsIn(asking).user, given)))) throw wrongPassword();
  };
  return [
    route(
      { method: 'post', path: '/account/password', permission: 'self', input: { body: changeBody } },
      async (request, response, asking) => {
        const passwords = readBody(changeBody, request);
        const answer = await whenFree(() => account.changePassword(whoIsIn(asking), passwords));
        if (answer.kind === 'wrongPassword') throw wrongPassword();
        if (answer.kind === 'unfit') throw unfitPassword(answer.problem);
        cookie.give(response, answer.session.token);
        response.json({});
      },
    ),
    route(
      { method: 'post', path: '/account/totp', permission: 'halfway', input: { body: proposeBody } },
      async (request, response, asking) => {
        const { user, session } = whoIsIn(asking);
        if (session.stage === 'totp') throw new ApiError(403, 'totpNeeded', 'The second factor comes first.');
        const given = readBody(proposeBody, request);
        if (session.stage === 'full') await provePassword(asking, given.password ?? '');
        response.json(await account.proposeTotp(user));
      },
    ),
    route(
      { method: 'post', path: '/account/totp/confirm', permission: 'halfway', input: { body: confirmBody } },
      async (request, response, asking) => {
        const signedIn = whoIsIn(asking);
        if (signedIn.session.stage === 'totp')
          throw new ApiError(403, 'totpNeeded', 'The second factor comes first.');
        const confirmed = await account.confirmTotp(signedIn, readBody(confirmBody, request).code);
        if (!confirmed) throw new ApiError(422, 'wrongCode', 'This is not the code that the app shows now.');
        cookie.give(response, confirmed.session.token);
        response.json({ recoveryCodes: confirmed.recoveryCodes });
      },
    ),
    route(
      { method: 'post', path: '/account/totp/remove', permission: 'self', input: { body: passwordBody } },
      async (request, response, asking) => {
        await provePassword(asking, readBody(passwordBody, request).password);
        if (!(await account.removeTotp(whoIsIn(asking).user))) {
          throw new ApiError(409, 'totpRequired', 'Your role needs a second factor.');
        }
        response.json({});
      },
    ),
    route(
      { method: 'post', path: '/account/recovery-codes', permission: 'self', input: { body: passwordBody } },
      async (request, response, asking) => {
        await provePassword(asking, readBody(passwordBody, request).password);
        const { user } = whoIsIn(asking);
        if (!user.hasTotp) throw new ApiError(409, 'noTotp', 'There is no second factor to recover.');
        response.json({ recoveryCodes: await account.renewRecoveryCodes(user) });
      },
    ),
    route(
      { method: 'get', path: '/account/sessions', permission: 'self' },
      async (_request, response, asking) => {
        const { user, session } = whoIsIn(asking);
        const list = await sessions.list(user.id);
        response.json({
          sessions: list.map(({ id, device, createdAt, seenAt, expiresAt }) => {
            return { id, device, createdAt, seenAt, expiresAt, isThisOne: id === session.id };
          }),
          recoveryCodesLeft: await factors.recoveryCodesLeft(user.id),
        });
      },
    ),
    route(
      { method: 'delete', path: '/account/sessions/:id', permission: 'self' },
      async (request, response, asking) => {
        const { id } = readParameters(sessionParameters, request.params);
        const ended = await sessions.end(id, whoIsIn(asking).user.id);
        if (!ended) throw new ApiError(404, 'noSuchSession', 'You have no such session.');
        response.status(204).end();
      },
    ),
  ];
}
