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
    redact: {
      paths: ['number', '*.number', 'name', '*.name', 'password', '*.password', 'digit', '*.digit'],
      censor: '…',
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
