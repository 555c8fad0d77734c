import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { AriPhone } from './asterisk/ari/ari-phone.js';
import { testChannelPrefix } from './asterisk/names.js';
import { outcomeOfAttempt, type Answer, type AttemptOutcome } from './checkins/attempt-outcome.js';
import { askHowTheyAre } from './checkins/call-script.js';
import { scriptSounds } from './checkins/script-sounds.js';
import type { Clock } from './clock.js';
import type { Config } from './config.js';
import { createLog } from './log.js';
import { projectRoot } from './project-root.js';

const linkLimitMs = 10_000;
const longestCallSeconds = 180;
/** The usual keys: a test call belongs to no tenant. */
const usualKeys = new Map<string, Answer>([
  ['1', 'ok'],
  ['2', 'unwell'],
  ['3', 'contactRequested'],
]);

/** How a test call goes, as it goes. */
export type TestCallNews =
  { what: 'dialling' | 'answered' } | { what: 'key'; digit: string; answer: Answer | undefined };

export type TestCallCourse =
  | { kind: 'noLink' | 'linkLost' }
  | {
      kind: 'ended';
      outcome: AttemptOutcome;
      cause: number;
      sipStatus: number | undefined;
      hungUpBy: string;
    };

/** Places one call to try the line, with the usual conversation. Nothing is stored. */
export async function placeTestCall(
  { config, clock }: { config: Config; clock: Clock },
  { number, ringSeconds }: { number: string; ringSeconds: number },
  tell: (news: TestCallNews) => void = () => undefined,
): Promise<TestCallCourse> {
  let tellUp: (up: true) => void = () => undefined;
  const up = new Promise<true>((resolve) => (tellUp = resolve));
  const phone = new AriPhone({
    // An application of its own: the service's calls are not disturbed.
    pbxId: `${config.PBX_ID}-call-${process.pid}`,
    channelPrefix: testChannelPrefix,
    baseUrl: config.ARI_URL,
    user: config.ARI_USER,
    password: config.ARI_PASSWORD,
    callerNumber: config.CALLER_NUMBER,
    clock,
    log: createLog('silent'),
    onUp: () => tellUp(true),
    onDown: () => undefined,
    onReplaced: () => undefined,
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    phone.start();
    const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), linkLimitMs)));
    if (!(await Promise.race([up, late]))) return { kind: 'noLink' };
    tell({ what: 'dialling' });
    const maxSeconds = ringSeconds + longestCallSeconds;
    const call = phone.place({ attemptId: randomUUID(), number, ringSeconds, maxSeconds });
    if ((await call.answered) === 'answered') tell({ what: 'answered' });
    const witness = ({ digit, answer }: { digit: string; answer: Answer | undefined }): Promise<void> => {
      tell({ what: 'key', digit, answer });
      return Promise.resolve();
    };
    const conversation = call.answeredAt
      ? await askHowTheyAre(call, script(config, clock), witness, true)
      : undefined;
    await call.hangUp();
    const end = await call.ended;
    if (end.kind === 'unknown') return { kind: 'linkLost' };
    const { reason, longestTalkSeconds, cause, sipStatus, hungUpBy } = end;
    const answered = call.answeredAt !== undefined;
    const outcome = outcomeOfAttempt({ reason, answered, conversation, longestTalkSeconds });
    return { kind: 'ended', outcome, cause, sipStatus, hungUpBy };
  } finally {
    clearTimeout(timer);
    phone.stop();
  }
}

function script(config: Config, clock: Clock) {
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
