import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import { outcomeWord } from '../checkins/attempt-outcome.js';
import { ConfigError, readConfig, type Config } from '../config.js';
import { createLog } from '../log.js';
import { parseCallTarget } from '../subscribers/phone-number.js';
import { createTestLine, usualScript } from '../test-call-app.js';
import { conductTestCall } from '../test-calls/test-call.js';
import { terminal, type CommandWorld } from './with-database.js';

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
  const { clock } = world;
  const line = createTestLine('call', { config, clock, log: createLog('silent') });
  try {
    if (!(await line.open())) {
      world.complain(`Asterisk（${config.ARI_URL}）につながりません。genkidesu doctor で調べてください。`);
      return 1;
    }
    const script = usualScript({ config, clock });
    const wanted = { attemptId: randomUUID(), number, ringSeconds, script };
    const course = await conductTestCall(line.phone, wanted, (news) => {
      if (news.what === 'key') tell(`番号 ${news.digit}${news.answer ? `（${news.answer}）` : ''}`);
      else if (news.what === 'dialling') tell('発信します');
      else if (news.what === 'answered') tell('電話に出ました。お話しします');
    });
    if (course.kind === 'linkLost') {
      tell('Asterisk との接続が切れました');
      return 1;
    }
    const { outcome, cause, sipStatus, hungUpBy } = course;
    tell(
      `終わりました: ${outcomeWord(outcome)}（cause ${cause}、SIP ${sipStatus ?? '-'}、切った側 ${hungUpBy}）`,
    );
    return outcome.kind === 'trunkError' ? 1 : 0;
  } finally {
    line.close();
  }
}
