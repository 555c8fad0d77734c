import type { RequestHandler } from 'express';

/**
 * What a browser is told to refuse: other sites' frames and scripts, guesses about types, our address in a link.
 * Answers of the API are data: nothing in them may run at all. Pages go on with `allowPages`.
 */
export function securityHeaders({ https }: { https: boolean }): RequestHandler {
  return (_request, response, next) => {
    response.set({
      'Content-Security-Policy':
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Permissions-Policy': 'camera=(), geolocation=(), payment=(), usb=(), microphone=(self)',
      // People's data and the state of this moment: nobody may keep a copy.
      'Cache-Control': 'no-store',
    });
    if (https) response.set('Strict-Transport-Security', 'max-age=31536000');
    next();
  };
}

/** For the pages of the console: all of it from here, and nothing written into the page itself. */
export const allowPages: RequestHandler = (_request, response, next) => {
  response.set(
    'Content-Security-Policy',
    "default-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
  );
  next();
};
