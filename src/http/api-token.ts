import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { ApiError } from './api-error.js';

/**
 * Whether a request bears the token of the machine account. Who bears another one is turned away at once, and
 * without a configured one every machine is.
 *
 * @throws ApiError 401 or 503
 */
export function machineOf(request: Request, token: string | undefined): boolean {
  const { authorization } = request.headers;
  if (authorization === undefined) return false;
  if (token === undefined) {
    throw new ApiError(
      503,
      'noTokenConfigured',
      'No machine may come in: set API_TOKEN (or API_TOKEN_FILE) to a secret of at least 16 characters and restart.',
    );
  }
  const [, given] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
  if (given === undefined || !isSame(given, token)) {
    throw new ApiError(
      401,
      'unauthorized',
      'Send the header "Authorization: Bearer <token>" with the value of API_TOKEN.',
    );
  }
  return true;
}

/** Takes the same time whichever character differs, and whatever the lengths. */
export function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
