import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { projectRoot } from '../project-root.js';
import { docsPage } from './docs-page.js';
import { describeApi, type OpenApi } from './openapi.js';
import { route, type Route } from './route.js';

/**
 * The description of every declared route, these two among them.
 *
 * @param routes all of them; asked once, at the first look
 */
export function openApiRoutes(routes: () => readonly Route[]): Route[] {
  let made: OpenApi | undefined;
  const described = (): OpenApi =>
    (made ??= describeApi(
      routes().map(({ spec }) => spec),
      versionOfThis(),
    ));
  return [
    route({ method: 'get', path: '/openapi.json', permission: 'known' }, (_request, response) => {
      response.json(described());
    }),
    route({ method: 'get', path: '/docs', permission: 'known' }, (_request, response) => {
      const nonce = randomBytes(16).toString('base64');
      response.set(
        'Content-Security-Policy',
        `default-src 'none'; style-src 'nonce-${nonce}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
      );
      response.type('html').send(docsPage(described(), nonce));
    }),
  ];
}

function versionOfThis(): string {
  const text = readFileSync(join(projectRoot, 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
