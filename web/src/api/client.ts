import { isTextKey, type Say } from '../text/text';

/** An answer that is not what was asked for. */
export class ApiFailure extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    /** As the service says it, in English. */
    message: string,
    readonly retryAfterSeconds: number | undefined,
    /** All that the service said, such as the other version of a record. */
    readonly body?: unknown,
  ) {
    super(message);
  }
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Asks the service.
 *
 * @param path below /api
 * @param reason why a record is looked at, where that is asked for
 * @throws ApiFailure; `network` when there is no answer at all
 */
export async function ask<Answer>(
  method: Method,
  path: string,
  body?: unknown,
  reason?: string,
): Promise<Answer> {
  const response = await send(path, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      // Headers carry no Japanese.
      ...(reason !== undefined && { 'x-reason': encodeURIComponent(reason) }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
}

/**
 * Fetches what is not JSON, such as a CSV or a recording, and sends what is not, such as a file that was chosen.
 *
 * @throws ApiFailure
 */
export async function askFile(
  method: Method,
  path: string,
  { body, reason }: { body?: Blob; reason?: string } = {},
): Promise<Blob> {
  const response = await send(path, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': body.type || 'application/octet-stream' }),
      ...(reason !== undefined && { 'x-reason': encodeURIComponent(reason) }),
    },
    ...(body !== undefined && { body }),
  });
  return response.blob();
}

/** An event of the window: the session has ended, and a page did not know. */
export const sessionEnded = 'genkidesu.sessionEnded';
/** Told to the whole page once the same person is in again. */
export const sessionBack = 'genkidesu.sessionBack';
const waysIn: readonly string[] = ['/me', '/login', '/login/totp', '/logout'];

/** @returns the answer when it is a good one */
async function send(path: string, request: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`/api${path}`, { credentials: 'same-origin', ...request });
  } catch {
    throw new ApiFailure(0, 'network', 'no answer', undefined);
  }
  if (response.ok) return response;
  if (response.status === 401 && !waysIn.includes(path)) window.dispatchEvent(new Event(sessionEnded));
  const said = bodyOf(await response.text());
  const { code, message } = said.error ?? { code: 'internal', message: '' };
  const wait = Number(response.headers.get('retry-after'));
  throw new ApiFailure(response.status, code, message, wait > 0 ? wait : undefined, said);
}

function bodyOf(text: string): { error?: { code: string; message: string } } {
  try {
    return JSON.parse(text) as { error?: { code: string; message: string } };
  } catch {
    return {};
  }
}

/** Refusals whose message names the field that is wrong, and how. */
const saysWhich: ReadonlySet<string> = new Set(['badField', 'badParameter', 'badJson']);

/** What to tell a person about a failure: what they can do now. */
export function tellFailure(error: unknown, say: Say): string {
  if (!(error instanceof ApiFailure)) return say('error.internal');
  const seconds = error.retryAfterSeconds;
  if (seconds !== undefined) return say('error.locked', { seconds });
  const key = `error.${error.code}`;
  if (isTextKey(key)) return saysWhich.has(error.code) ? `${say(key)} (${error.message})` : say(key);
  if (error.status === 400 || error.status === 422) return `${say('error.badRequest')} (${error.message})`;
  return say('error.internal');
}
