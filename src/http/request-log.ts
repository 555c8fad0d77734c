import type { Request, RequestHandler } from 'express';
import type { Logger } from '../log.js';

const probes = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * Notes every answered request. Only addresses that we know are written, and without the query:
 * somebody may type a name or a number into any other.
 */
export function logRequests(log: Logger): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    response.once('finish', () => {
      const path = knownPath(request);
      const tookMs = Math.round(performance.now() - startedAt);
      const entry = {
        event: 'http.request',
        method: request.method,
        path,
        status: response.statusCode,
        tookMs,
      };
      if (probes.has(path)) log.debug(entry, 'a probe was answered');
      else log.info(entry, 'a request was answered');
    });
    next();
  };
}

function knownPath(request: Request): string {
  // Undefined, whatever its type says, when no route took the request.
  const route: unknown = request.route;
  return route === undefined ? '(no such address)' : (request.originalUrl.split('?')[0] ?? '');
}
