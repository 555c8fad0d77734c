import { mayDo, type Permission } from '../users/permissions.js';
import type { PlaceStore } from '../users/place-store.js';
import { ApiError } from './api-error.js';
import type { Asking } from './route.js';

const somebodyElse = () => new ApiError(403, 'somebodyElse', 'Nobody acts in the name of another.');
const nobodyNamed = () => new ApiError(400, 'badParameter', 'extension: which counsellor it is');

/**
 * The counsellor in whose name a person acts: themselves, and nobody else.
 *
 * @param named whom the request names, if anybody
 * @throws ApiError 403 when that is another one, or who asks is no counsellor
 */
export function ownCounsellor({ actor }: Asking, named?: number): number {
  if (actor.counsellorId === undefined)
    throw new ApiError(403, 'notACounsellor', 'Your account is not the one of a counsellor.');
  if (named !== undefined && named !== actor.counsellorId) throw somebodyElse();
  return actor.counsellorId;
}

/**
 * The telephone in whose name somebody acts: a person's own; the machine account says whose.
 *
 * @param named what the request names, if anything
 * @throws ApiError 403 when it is another person's, 400 when the machine names none
 */
export async function actingExtension(
  asking: Asking,
  named: string | undefined,
  places: Pick<PlaceStore, 'extensionOf'>,
): Promise<string> {
  if (!asking.signedIn) {
    if (named === undefined) throw nobodyNamed();
    return named;
  }
  const own = await places.extensionOf(ownCounsellor(asking));
  if (own === undefined || (named !== undefined && named !== own)) throw somebodyElse();
  return own;
}

/**
 * Which organization a list is cut to.
 *
 * @param wanted which one was asked for
 * @returns undefined for all, to those who may see all
 * @throws ApiError 404 when it is another tenant's
 */
export function narrowTo(
  { actor, reason }: Asking,
  permission: Permission,
  wanted?: number,
): number | undefined {
  if (mayDo(actor, permission, { organizationId: undefined }, reason)) return wanted;
  const own = actor.organizationId;
  if (own === undefined) throw new ApiError(403, 'notAllowed', 'Your role may not do this.');
  if (wanted !== undefined && wanted !== own) throw noSuchOrganization();
  return own;
}

export function noSuchOrganization(): ApiError {
  return new ApiError(404, missingOrganization.code, missingOrganization.message);
}

export const missingOrganization = {
  code: 'noSuchOrganization',
  message: 'There is no such organization.',
};
