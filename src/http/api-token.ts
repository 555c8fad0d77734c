import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { ApiError } from './api-error.js';

/** Lets only those in who bear the token. Without a configured one nobody gets in: there is no open API. */
export function requireToken(token: string | undefined): RequestHandler {
  return (request, response, next) => {
    if (token === undefined) {
      throw new ApiError(
        503,
        'noTokenConfigured',
        'The API is closed: set API_TOKEN (or API_TOKEN_FILE) to a secret of at least 16 characters and restart.',
      );
    }
    const [, given] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (given === undefined || !isSame(given, token)) {
      response.set('WWW-Authenticate', 'Bearer');
      throw new ApiError(
        401,
        'unauthorized',
        'Send the header "Authorization: Bearer <token>" with the value of API_TOKEN.',
      );
    }
    next();
  };
}

/** Takes the same time whichever character differs, and whatever the lengths. */
export function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
