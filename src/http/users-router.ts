import { z } from 'zod';
import type { InviteAnswer } from '../users/invitations.js';
import { isMailAddress } from '../users/mail-address.js';
import { mayDo, mayGiveRole, roles } from '../users/permissions.js';
import type { User } from '../users/user-store.js';
import { missingFor } from '../users/user-edit.js';
import { versionOf, type EditAnswer } from '../users/user-editing.js';
import type { UsersModule } from '../users/users-module.js';
import { ApiError } from './api-error.js';
import { idParameter, readBody, readParameters } from './parameters.js';
import { route, whoIsIn, type Asking, type FindScope, type Route } from './route.js';

const id = z.number().int().positive();
const inviteBody = z
  .object({
    organizationId: id.optional(),
    role: z.enum(roles),
    name: z.string().trim().min(1).max(100),
    mail: z.string().refine(isMailAddress, 'a mail address'),
    stationIds: z.array(id).max(200).default([]),
    counsellorId: id.optional(),
  })
  .refine(({ role, organizationId }) => (role === 'operator') === (organizationId === undefined), {
    path: ['organizationId'],
    message: 'everybody but the operator belongs to one',
  })
  .refine(({ role, stationIds }) => role !== 'station' || stationIds.length > 0, {
    path: ['stationIds'],
    message: 'the stations of a station user',
  })
  .refine(({ role, counsellorId }) => role !== 'counsellor' || counsellorId !== undefined, {
    path: ['counsellorId'],
    message: 'which counsellor it is',
  });
const editBody = z
  .object({
    /** As GET /users told it. */
    version: z.string().min(1).max(64),
    name: z.string().trim().min(1).max(100),
    role: z.enum(roles),
    stationIds: z.array(id).max(200).default([]),
    counsellorId: id.optional(),
  })
  .superRefine((edit, context) => {
    const missing = missingFor({ ...edit, counsellorId: edit.counsellorId });
    if (missing === undefined) return;
    const path = [missing === 'stations' ? 'stationIds' : 'counsellorId'];
    context.addIssue({ code: 'custom', path, message: 'this role has to have it' });
  });
const userParameters = z.object({ id: idParameter });
const pageQuery = z.object({ before: idParameter.optional() });
const entriesOfPage = 100;

const missing = { code: 'noSuchUser', message: 'There is no such user.' };

/** The accounts of an organization, for those who answer for it. */
export function usersRoutes({ users: module }: { users: UsersModule }): Route[] {
  const { users, places, invitations, editing, accessLog, hasMailServer } = module;
  const ofUser: FindScope = ({ params }) => places.ofUser(readParameters(userParameters, params).id);
  const ofBody: FindScope = (request) => ({ organizationId: readBody(inviteBody, request).organizationId });

  /** The user that a request is about, whom the one who asks may give this role or take it from. */
  const anyTarget = async (params: unknown, asking: Asking) => {
    const user = await users.find(readParameters(userParameters, params).id);
    if (!user) throw new ApiError(404, missing.code, missing.message);
    checkRole(asking, user.role);
    return user;
  };
  const target = async (params: unknown, asking: Asking) => {
    const user = await anyTarget(params, asking);
    if (user.id === asking.signedIn?.user.id)
      throw new ApiError(409, 'yourself', 'Somebody else must do this to your account.');
    return user;
  };
  /** Without a mail server the one who invites hands the link over. */
  const handOver = (link: string) => (hasMailServer ? { mail: 'written' } : { mail: 'noMailServer', link });

  return [
    route(
      { method: 'get', path: '/users', permission: 'user.see', scope: 'narrowed' },
      async (_, response, asking) => {
        const { actor } = asking;
        const all = await users.list(actor.organizationId);
        const seen = all.filter(({ organizationId }) => mayDo(actor, 'user.see', { organizationId }));
        response.json(seen.map(shown));
      },
    ),
    route(
      {
        method: 'post',
        path: '/users',
        permission: 'user.invite',
        scope: ofBody,
        input: { body: inviteBody },
      },
      async (request, response, asking) => {
        const wanted = readBody(inviteBody, request);
        checkRole(asking, wanted.role);
        const answer = await invitations.invite(wanted, whoIsIn(asking).user.id);
        if (answer.kind !== 'invited') throw problemOf(inviteProblems, answer.kind);
        response.status(201).json({ id: answer.userId, ...handOver(answer.link) });
      },
    ),
    route(
      {
        ...{ method: 'put', path: '/users/:id', permission: 'user.edit', scope: ofUser, missing },
        input: { body: editBody },
      },
      async (request, response, asking) => {
        const user = await anyTarget(request.params, asking);
        const { version: seen, counsellorId, ...wanted } = readBody(editBody, request);
        checkRole(asking, wanted.role);
        const by = { seen, byUserId: whoIsIn(asking).user.id };
        const answer = await editing.edit(user, { ...wanted, counsellorId }, by);
        if (answer.kind !== 'edited') throw problemOf(editProblems, answer.kind);
        response.json(shown(answer.user));
      },
    ),
    route(
      { method: 'post', path: '/users/:id/invite-again', permission: 'user.invite', scope: ofUser, missing },
      async ({ params }, response, asking) => {
        const user = await target(params, asking);
        if (user.state !== 'invited')
          throw new ApiError(409, 'notInvited', 'This one is in already, or shut out.');
        response.json(handOver(await invitations.inviteAgain(user)));
      },
    ),
    route(
      { method: 'post', path: '/users/:id/disable', permission: 'user.disable', scope: ofUser, missing },
      async ({ params }, response, asking) => {
        await invitations.disable(await target(params, asking), whoIsIn(asking).user.id);
        response.json({});
      },
    ),
    route(
      { method: 'post', path: '/users/:id/enable', permission: 'user.disable', scope: ofUser, missing },
      async ({ params }, response, asking) => {
        await invitations.enable(await target(params, asking), whoIsIn(asking).user.id);
        response.json({});
      },
    ),
    route(
      {
        method: 'get',
        path: '/access-log',
        permission: 'audit.see',
        scope: 'narrowed',
        input: { query: pageQuery },
      },
      async (request, response, { actor }) => {
        const { before } = readParameters(pageQuery, request.query);
        // Of all only to those whom the table lets see all.
        const everywhere = mayDo(actor, 'audit.see', { organizationId: undefined });
        if (!everywhere && actor.organizationId === undefined)
          throw new ApiError(403, 'notAllowed', 'Not for you.');
        const of = everywhere ? undefined : actor.organizationId;
        response.json(await accessLog.list(of, entriesOfPage, before));
      },
    ),
  ];
}

function checkRole({ actor }: Asking, role: User['role']): void {
  if (!mayGiveRole(actor.role, role))
    throw new ApiError(403, 'notAllowed', 'Your role may not give this role.');
}

function shown(user: User) {
  const {
    id: userId,
    organizationId,
    role,
    name,
    mail,
    state,
    stationIds,
    counsellorId,
    hasTotp,
    lastLoginAt,
  } = user;
  return {
    id: userId,
    organizationId,
    role,
    name,
    mail,
    state,
    stationIds,
    counsellorId,
    hasTotp,
    lastLoginAt,
    version: versionOf(user),
  };
}

const inviteProblems: Readonly<Record<Exclude<InviteAnswer['kind'], 'invited'>, [number, string]>> = {
  mailTaken: [409, 'Somebody has an account with this mail already.'],
  stationsElsewhere: [422, 'These are not stations of this organization.'],
  counsellorElsewhere: [422, 'This is no counsellor of this organization.'],
  noSuchOrganization: [422, 'There is no such organization.'],
};

const editProblems: Readonly<Record<Exclude<EditAnswer['kind'], 'edited'>, [number, string]>> = {
  changedMeanwhile: [409, 'Somebody has changed this account meanwhile: look at it again.'],
  stationsElsewhere: inviteProblems.stationsElsewhere,
  counsellorElsewhere: inviteProblems.counsellorElsewhere,
  roleElsewhere: [
    422,
    'An operator belongs to no organization, and everybody else to one: invite them anew.',
  ],
  lastAdmin: [409, 'You are the last one of this role: let somebody else have it first.'],
};

function problemOf<Kind extends string>(
  problems: Readonly<Record<Kind, [number, string]>>,
  kind: Kind,
): ApiError {
  const [status, message] = problems[kind];
  return new ApiError(status, kind, message);
}
