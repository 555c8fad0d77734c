import { join } from 'node:path';
import { DateTime } from 'luxon';
import { AriTestLine } from './asterisk/ari/test-line.js';
import type { Answer } from './checkins/attempt-outcome.js';
import type { CallScript } from './checkins/call-script.js';
import { scriptSounds } from './checkins/script-sounds.js';
import type { Clock } from './clock.js';
import type { Config } from './config.js';
import type { Logger } from './log.js';
import { projectRoot } from './project-root.js';

/** The usual keys, where a test call belongs to no tenant. */
const usualKeys = new Map<string, Answer>([
  ['1', 'ok'],
  ['2', 'unwell'],
  ['3', 'contactRequested'],
]);

/** The line of all test calls of this process: of the service's, or of one command's. */
export function createTestLine(
  use: 'test' | 'call',
  { config, clock, log }: { config: Config; clock: Clock; log: Logger },
): AriTestLine {
  return new AriTestLine({
    pbxId: config.PBX_ID,
    name: `${use}-${process.pid}`,
    baseUrl: config.ARI_URL,
    user: config.ARI_USER,
    password: config.ARI_PASSWORD,
    callerNumber: config.CALLER_NUMBER,
    clock,
    log,
  });
}

/** What is said in a test call to a number that is nobody's here. */
export function usualScript({ config, clock }: { config: Config; clock: Clock }): CallScript {
  return scriptSounds({
    soundsRoot: join(projectRoot, 'sounds'),
    language: 'ja',
    speechRate: 'slow',
    localHour: DateTime.fromJSDate(clock(), { zone: 'Asia/Tokyo' }).hour,
    spokenNames: [],
    keyMap: usualKeys,
    maxAsks: config.MAX_ASKS,
    keySeconds: config.KEY_SECONDS,
  });
}
