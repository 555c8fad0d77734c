import { isTextKey, type Say } from '../text/text';

/** An answer that is not what was asked for. */
export class ApiFailure extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    /** As the service says it, in English. */
    message: string,
    readonly retryAfterSeconds: number | undefined,
  ) {
    super(message);
  }
}

/**
 * Asks the service.
 *
 * @param path below /api
 * @throws ApiFailure; `network` when there is no answer at all
 */
export async function ask<Answer>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(`/api${path}`, {
      method,
      credentials: 'same-origin',
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
  } catch {
    throw new ApiFailure(0, 'network', 'no answer', undefined);
  }
  const text = await response.text();
  if (response.ok) return (text === '' ? undefined : JSON.parse(text)) as Answer;
  const { code, message } = errorIn(text);
  const wait = Number(response.headers.get('retry-after'));
  throw new ApiFailure(response.status, code, message, wait > 0 ? wait : undefined);
}

function errorIn(text: string): { code: string; message: string } {
  try {
    const { error } = JSON.parse(text) as { error: { code: string; message: string } };
    return error;
  } catch {
    return { code: 'internal', message: '' };
  }
}

/** What to tell a person about a failure: what they can do now. */
export function tellFailure(error: unknown, say: Say): string {
  if (!(error instanceof ApiFailure)) return say('error.internal');
  const seconds = error.retryAfterSeconds;
  if (seconds !== undefined) return say('error.locked', { seconds });
  const key = `error.${error.code}`;
  if (isTextKey(key)) return say(key);
  if (error.status === 400 || error.status === 422) return `${say('error.badRequest')} (${error.message})`;
  return say('error.internal');
}
