import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from '../log.js';

/** An answer that is not what was asked for; the message is for the one who asked. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** What stands beside it in the answer, such as the other version of a record. */
    readonly detail: object = {},
  ) {
    super(message);
  }
}

export const answerNotFound: RequestHandler = () => {
  throw new ApiError(404, 'notFound', 'There is nothing at this address.');
};

/** Makes every error one form of answer; what is a fault of ours is logged, and not told. */
export function answerError(log: Logger): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const known = error instanceof ApiError ? error : asClientError(error);
    if (!known) log.error({ event: 'http.failed', err: error }, 'a request could not be answered');
    const { status, code, message, detail } =
      known ?? new ApiError(500, 'internal', 'This could not be done. The log of the service says why.');
    if (status === 401) response.set('WWW-Authenticate', 'Bearer');
    response.status(status).json({ error: { code, message }, ...detail });
  };
}

/** Express' own refusals, such as of an address that is not UTF-8. */
function asClientError(error: unknown): ApiError | undefined {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  return status >= 400 && status < 500
    ? new ApiError(status, 'badRequest', 'The request cannot be read.')
    : undefined;
}
