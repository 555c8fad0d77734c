import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import express, { Router } from 'express';
import { ApiError } from './api-error.js';

/** Stands in the built page where each answer has a nonce of its own. */
const noncePlace = '__CSP_NONCE__';
/** An address with an ending is a file; pages have none. */
const isFile = /\.\w+$/;

/**
 * Serves the console: one page for all of its addresses, and the files it consists of, which bear their content's
 * hash in their name and so never change.
 *
 * Nothing runs that is not a file of ours. Styles are files too, but for those that the interface library writes
 * into the page while it runs: these bear the nonce of this one answer.
 *
 * @param folder what the build has written
 */
export function pagesRouter(folder: string): Router {
  const router = Router();
  router.use(
    '/assets',
    express.static(join(folder, 'assets'), {
      immutable: true,
      maxAge: '365d',
      index: false,
      redirect: false,
      setHeaders: (response) => response.set('Cache-Control', 'public, max-age=31536000, immutable'),
    }),
  );
  const icon = join(folder, 'icon.svg');
  router.get('/icon.svg', (_request, response) => {
    response.sendFile(icon, { maxAge: '1d', cacheControl: true });
  });
  router.get(/^\/(?!api\/|live\/|assets\/).*$/, async (request, response, next) => {
    // Programs, which take anything, are told as programs what is not there.
    if (isFile.test(request.path) || !request.get('accept')?.includes('text/html')) {
      next();
      return;
    }
    const page = join(folder, 'index.html');
    if (!existsSync(page)) {
      throw new ApiError(503, 'noPages', 'The pages are not built: run `node prepare.mjs`, then restart.');
    }
    const nonce = randomBytes(16).toString('base64');
    response.set('Content-Security-Policy', contentSecurityPolicy(nonce));
    response.type('html').send((await readFile(page, 'utf8')).replaceAll(noncePlace, nonce));
  });
  return router;
}

function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "media-src 'self' blob:",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
