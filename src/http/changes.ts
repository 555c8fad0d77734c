import type { Clock } from '../clock.js';
import type { Changed } from '../storage/versions.js';
import type { Author } from '../users/change-log.js';
import { ApiError } from './api-error.js';
import { whoIsIn, type Asking } from './route.js';

/** Who changes something now: a person. */
export function authorOf(asking: Asking, clock: Clock): Author & { userId: number } {
  return { userId: whoIsIn(asking).user.id, address: asking.address, at: clock() };
}

/**
 * @returns the new version
 * @throws ApiError 409 when somebody else was faster, or has the name
 */
export function versionOf(changed: Changed, missing: string): number {
  switch (changed.kind) {
    case 'changed':
      return changed.version;
    case 'changedMeanwhile':
      throw new ApiError(409, 'changedMeanwhile', 'Somebody else changed this meanwhile.');
    case 'nameTaken':
      throw nameTaken();
    case 'noSuch':
      throw new ApiError(404, missing, 'There is no such thing here.');
  }
}

export function nameTaken(): ApiError {
  return new ApiError(409, 'nameTaken', 'Another one has this name already.');
}
