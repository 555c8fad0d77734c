import { resolve } from 'node:path';
import { Command } from 'commander';
import { AmiLookError, withAmi } from '../asterisk/ami/ami-look.js';
import { reloadTrunk } from '../asterisk/ami/reload-trunk.js';
import { readPbxPlace, readTrunkFile, writePbx, type PbxPlace } from '../asterisk/config/pbx-instance.js';
import { pbxSecrets } from '../asterisk/config/pbx-secrets.js';
import { amiUser } from '../asterisk/names.js';
import { presetNames, presets } from '../trunk/presets.js';
import { terminal, type CommandWorld } from './with-database.js';
import { alignedLines } from './wide-text.js';

const loginMs = 5000;

/** `genkidesu trunk`: the line to the carrier, changed while calls go on. */
export function trunkCommand(world: CommandWorld = terminal): Command {
  const command = new Command('trunk').description('電話会社への回線 / the line to the carrier');
  command
    .command('presets')
    .description('回線のひな形の一覧 / the presets of a trunk file')
    .action(() => {
      for (const line of alignedLines(presetNames.map((name) => [name, presets[name].title])))
        world.print(line);
    });
  command
    .command('apply')
    .description('回線の設定を書き直し、通話を切らずに反映する / change the trunk without dropping calls')
    .requiredOption('--dir <dir>', 'genkidesu pbx write が作ったフォルダー')
    .requiredOption('--trunk <file>', '回線のファイル（docs/trunk.md）')
    .action(async ({ dir, trunk }: { dir: string; trunk: string }) => {
      process.exitCode = await applyTrunk(world, resolve(dir), trunk);
    });
  return command;
}

/** @returns 0; 1 when nothing was written, or the exchange did not take it */
export async function applyTrunk(world: CommandWorld, dir: string, file: string): Promise<number> {
  const trunk = readTrunkFile(file);
  if (typeof trunk === 'string') {
    world.complain(trunk);
    return 1;
  }
  const place = readPbxPlace(dir);
  if (place === undefined) {
    world.complain(
      `${dir} に交換機の設定がありません。先に genkidesu pbx write か genkidesu setup を実行してください。`,
    );
    return 1;
  }
  const changed = writePbx(dir, place, trunk, world.clock());
  world.print(changed.length === 0 ? '設定は前と同じです。' : `書き直しました: ${changed.join('、')}`);
  const isTaken = await tellExchange(world, dir, place);
  if (isTaken && changed.includes('asterisk.conf'))
    world.print('同時に話せる数（channelCap）は、Asterisk を次に起動した時から変わります。');
  return isTaken ? 0 : 1;
}

/** @returns whether the running exchange has it now */
export async function tellExchange(
  world: CommandWorld,
  dir: string,
  { amiPort }: PbxPlace,
): Promise<boolean> {
  const { amiPassword: password } = pbxSecrets(dir);
  try {
    await withAmi({ host: '127.0.0.1', port: amiPort, user: amiUser, password }, loginMs, reloadTrunk);
  } catch (error) {
    if (!(error instanceof AmiLookError)) throw error;
    world.complain(
      error.code === 'refused'
        ? 'Asterisk が manager.conf のパスワードを受け付けません。別のフォルダーの Asterisk が動いていないか確かめてください。'
        : 'Asterisk が動いていません。設定は書いたので、次に起動した時から使われます。',
    );
    return false;
  }
  world.print('Asterisk に反映しました。いまの通話は続き、次の通話から新しい設定で発信します。');
  world.print(
    '番号（callerNumber）か同時に話せる数を変えた時は、サービス（genkidesu serve）も起動し直してください。',
  );
  return true;
}
