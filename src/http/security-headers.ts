import type { RequestHandler } from 'express';

/** What a browser is told to refuse: other sites' frames and scripts, guesses about types, our address in a link. */
export const setSecurityHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'Content-Security-Policy':
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    // People's data and the state of this moment: nobody may keep a copy.
    'Cache-Control': 'no-store',
  });
  next();
};
