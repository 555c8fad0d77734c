import { pino, type Logger as PinoLogger } from 'pino';

export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error'>;

/**
 * A structured log: `event`, ids, a plain sentence. Names, numbers, keys and health words never go in;
 * the redaction below is the second lock on that door.
 */
export function createLog(level: string, destination?: { write: (line: string) => void }): PinoLogger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    serializers: { err: withoutStatement },
    redact: {
      paths: [
        'number',
        '*.number',
        'name',
        '*.name',
        'mail',
        '*.mail',
        'token',
        '*.token',
        'password',
        '*.password',
        'digit',
        '*.digit',
      ],
      censor: '…',
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** The message of a database error repeats the statement with the names and numbers in it: its code must do. */
function withoutStatement(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = (error as { code?: unknown }).code;
  const ofDatabase = 'sql' in error || (typeof code === 'string' && /^(SQLITE_|ER_|PROTOCOL_)/.test(code));
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  const message =
    ofDatabase || error.message.includes(' - SQLITE_') ? 'the database refused a statement' : error.message;
  return { type: error.name, code, message, stack: frames.slice(0, 6).join('\n') };
}
