import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Command } from 'commander';
import { DateTime } from 'luxon';
import { AriPhone } from '../asterisk/ari/ari-phone.js';
import { testChannelPrefix } from '../asterisk/names.js';
import { outcomeOfAttempt, outcomeWord, type Answer } from '../checkins/attempt-outcome.js';
import { askHowTheyAre } from '../checkins/call-script.js';
import { scriptSounds } from '../checkins/script-sounds.js';
import { ConfigError, readConfig, type Config } from '../config.js';
import { createLog } from '../log.js';
import { projectRoot } from '../project-root.js';
import { parseCallTarget } from '../subscribers/phone-number.js';
import { terminal, type CommandWorld } from './with-database.js';

const linkLimitMs = 10_000;
const longestCallSeconds = 180;
/** The usual keys: a test call belongs to no tenant. */
const usualKeys = new Map<string, Answer>([
  ['1', 'ok'],
  ['2', 'unwell'],
  ['3', 'contactRequested'],
]);

/** `genkidesu call NUMBER`: one call to try the line, its course told as it goes; nothing is stored. */
export function callCommand(world: CommandWorld = terminal): Command {
  return new Command('call')
    .description('試しに1本かけて、進み方を表示する / place one test call')
    .argument('<number>', 'a Japanese telephone number')
    .option('--ring-seconds <seconds>', 'how long it may ring', '45')
    .action(async (text: string, { ringSeconds }: { ringSeconds: string }) => {
      const target = parseCallTarget(text);
      const seconds = Number(ringSeconds);
      if (!target.ok) {
        complain(world, `この番号にはかけられません（${target.reason}）。`);
        return;
      }
      if (!Number.isInteger(seconds) || seconds < 5 || seconds > 90) {
        complain(world, '--ring-seconds: 5から90までの整数にしてください。');
        return;
      }
      try {
        process.exitCode = await tryNumber(world, readConfig(world.environment), target.number, seconds);
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        complain(world, error.message);
      }
    });
}

function complain(world: CommandWorld, text: string): void {
  world.complain(text);
  process.exitCode = 1;
}

async function tryNumber(
  world: CommandWorld,
  config: Config,
  number: string,
  ringSeconds: number,
): Promise<number> {
  const began = performance.now();
  const tell = (text: string): void =>
    world.print(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)}秒  ${text}`);
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
    clock: world.clock,
    log: createLog('silent'),
    onUp: () => tellUp(true),
    onDown: () => undefined,
    onReplaced: () => undefined,
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    phone.start();
    const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), linkLimitMs)));
    if (!(await Promise.race([up, late]))) {
      world.complain(`Asterisk（${config.ARI_URL}）につながりません。genkidesu doctor で調べてください。`);
      return 1;
    }
    tell('発信します');
    const maxSeconds = ringSeconds + longestCallSeconds;
    const call = phone.place({ attemptId: randomUUID(), number, ringSeconds, maxSeconds });
    if ((await call.answered) === 'answered') tell('電話に出ました。お話しします');
    const conversation = call.answeredAt
      ? await askHowTheyAre(call, script(config, world), witness(tell), true)
      : undefined;
    await call.hangUp();
    const end = await call.ended;
    if (end.kind === 'unknown') {
      tell('Asterisk との接続が切れました');
      return 1;
    }
    const answered = call.answeredAt !== undefined;
    const { reason, longestTalkSeconds, cause, sipStatus, hungUpBy } = end;
    const outcome = outcomeOfAttempt({ reason, answered, conversation, longestTalkSeconds });
    tell(
      `終わりました: ${outcomeWord(outcome)}（cause ${cause}、SIP ${sipStatus ?? '-'}、切った側 ${hungUpBy}）`,
    );
    return outcome.kind === 'trunkError' ? 1 : 0;
  } finally {
    clearTimeout(timer);
    phone.stop();
  }
}

function witness(tell: (text: string) => void) {
  return ({ digit, answer }: { digit: string; answer: Answer | undefined }): Promise<void> => {
    tell(`番号 ${digit}${answer ? `（${answer}）` : ''}`);
    return Promise.resolve();
  };
}

function script(config: Config, world: CommandWorld) {
  return scriptSounds({
    soundsRoot: join(projectRoot, 'sounds'),
    language: 'ja',
    speechRate: 'slow',
    localHour: DateTime.fromJSDate(world.clock(), { zone: 'Asia/Tokyo' }).hour,
    spokenNames: [],
    keyMap: usualKeys,
    maxAsks: config.MAX_ASKS,
    keySeconds: config.KEY_SECONDS,
  });
}
