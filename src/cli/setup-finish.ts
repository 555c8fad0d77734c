import { AmiLookError, withAmi } from '../asterisk/ami/ami-look.js';
import { readPbxPlace } from '../asterisk/config/pbx-instance.js';
import { pbxSecrets } from '../asterisk/config/pbx-secrets.js';
import { amiUser } from '../asterisk/names.js';
import type { Asker } from '../setup/ask.js';
import { setupFiles } from '../setup/plan.js';
import type { Answers } from '../setup/question.js';
import { callCommand } from './call-command.js';
import { doctorCommand } from './doctor-command.js';
import { migrateCommand } from './migrate-command.js';
import { tellExchange } from './trunk-command.js';
import { userCommand } from './user-command.js';
import type { CommandWorld } from './with-database.js';

/** After the files: the tables, the first administrator, the exchange, the doctor and a call. @returns the exit code */
export async function finishSetUp(
  world: CommandWorld,
  run: {
    dir: string;
    settings: string;
    answers: Answers;
    changed: readonly string[];
    check: boolean;
    asker: Asker | undefined;
  },
): Promise<number> {
  const { dir, settings, answers, changed, check, asker } = run;
  world.print('データベースを整えます。');
  if ((await codeOf(() => migrateCommand(world).parseAsync([], { from: 'user' }))) !== 0) return 1;
  await inviteAdmin(world, answers);
  await bringExchange(world, dir, changed, asker);
  world.print(`設定は ${settings} にあります: set -a; . ${settings}; set +a; genkidesu serve`);
  world.print(
    `鍵とパスワード（${dir} の voice.key、${dir}/pbx の personal-data.key と secrets.json）の控えを、別の場所に取ってください。`,
  );
  if (!check) return 0;
  world.print('\n点検します。');
  const { print, environment, clock } = world;
  const isWell =
    (await codeOf(() => doctorCommand({ print, environment, clock }).parseAsync([], { from: 'user' }))) === 0;
  if (!isWell) world.print('矢印（→）のとおりに直し、genkidesu doctor でもう一度確かめてください。');
  const { testCallNumber = '' } = answers;
  if (testCallNumber === '') return isWell ? 0 : 1;
  world.print(`\n${testCallNumber} に試しにかけます。`);
  const called = await codeOf(() => callCommand(world).parseAsync([testCallNumber], { from: 'user' }));
  return isWell && called === 0 ? 0 : 1;
}

/** Commands tell how they ended by the process' exit code. */
async function codeOf(command: () => Promise<unknown>): Promise<number> {
  const before = process.exitCode;
  process.exitCode = 0;
  await command();
  const code = exitCodeNow();
  process.exitCode = before;
  return code;
}

function exitCodeNow(): number {
  return Number(process.exitCode ?? 0);
}

/** Somebody who was invited in an earlier run is left alone. */
async function inviteAdmin(world: CommandWorld, { adminMail = '', adminName = '' }: Answers): Promise<void> {
  if (adminMail === '') return;
  const said: string[] = [];
  const quiet: CommandWorld = {
    ...world,
    print: (line) => void said.push(line),
    complain: (line) => void said.push(line.replace(/^error: /, '')),
  };
  const order = ['add', adminMail, '--name', adminName, '--role', 'operator'];
  await codeOf(() => userCommand(quiet).parseAsync(order, { from: 'user' }));
  for (const line of said) world.print(line);
}

/** One that runs gets the new configuration; one that does not has to be started by its owner. */
async function bringExchange(
  world: CommandWorld,
  dir: string,
  changed: readonly string[],
  asker: Asker | undefined,
): Promise<void> {
  const { pbx } = setupFiles(dir);
  const place = readPbxPlace(pbx);
  if (place === undefined) return;
  if (await isRunning(pbx, place.amiPort)) {
    if (changed.some((file) => file.startsWith('pbx/etc/'))) await tellExchange(world, pbx, place);
    return;
  }
  world.print(`Asterisk を起動してください: asterisk -C ${pbx}/etc/asterisk.conf -f`);
  await asker?.ask('別の画面で起動したら Enter（あとにする時も Enter）: ', { isSecret: false });
}

async function isRunning(dir: string, port: number): Promise<boolean> {
  const { amiPassword: password } = pbxSecrets(dir);
  try {
    await withAmi({ host: '127.0.0.1', port, user: amiUser, password }, 1500, () => Promise.resolve());
    return true;
  } catch (error) {
    if (error instanceof AmiLookError) return false;
    throw error;
  }
}
