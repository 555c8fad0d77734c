import { basicAuthorization } from './harden-ari-client.js';

/** One look at an Asterisk over ARI. */
export interface AsteriskLook {
  version: string;
  /** Its own time, and ours at the same moment. */
  asteriskAt: Date;
  ourAt: Date;
}

/** ARI did not answer as it should; `status` is 0 when there was no answer at all. */
export class AriLookError extends Error {
  override readonly name = 'AriLookError';
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/**
 * Asks an Asterisk for its version and its time.
 *
 * @throws AriLookError; 401 for a wrong user or password
 */
export async function lookOverAri(
  { baseUrl, user, password }: { baseUrl: string; user: string; password: string },
  signal: AbortSignal,
): Promise<AsteriskLook> {
  const ask = async (path: string): Promise<unknown> => {
    const headers = { authorization: basicAuthorization(user, password) };
    const answer = await fetch(new URL(path, baseUrl), { headers, signal }).catch((error: unknown) => {
      throw new AriLookError(reasonOf(error), 0);
    });
    if (!answer.ok) throw new AriLookError(answer.statusText, answer.status);
    return answer.json();
  };
  const info = (await ask('/ari/asterisk/info')) as { system?: { version?: string } };
  const before = Date.now();
  const ping = (await ask('/ari/asterisk/ping')) as { timestamp?: string };
  return {
    version: info.system?.version ?? '',
    asteriskAt: new Date(ping.timestamp ?? ''),
    ourAt: new Date((before + Date.now()) / 2),
  };
}

/** fetch hides the reason behind "fetch failed". */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message;
  return error.message;
}
