import { resolve } from 'node:path';
import { Command } from 'commander';
import { pbxFiles, pbxPlaceSchema, readTrunkFile, writePbx } from '../asterisk/config/pbx-instance.js';
import { terminal, type CommandWorld } from './with-database.js';

interface PbxOptions {
  dir: string;
  trunk: string;
  modules: string;
  data: string;
  sipHost: string;
  sipPort: string;
  rtp: string;
  ariPort: string;
  amiPort: string;
}

/** `genkidesu pbx write`: Asterisk's whole configuration from asterisk-config/ and one trunk file. */
export function pbxCommand(world: CommandWorld = terminal): Command {
  const command = new Command('pbx').description("make the telephone exchange's configuration");
  command
    .command('write')
    .description('write an Asterisk configuration into a folder of its own, readable by its owner only')
    .requiredOption('--dir <dir>', 'folder of the instance')
    .requiredOption('--trunk <file>', 'JSON file with the carrier’s line; docs/trunk.md tells its fields')
    .option('--modules <dir>', "Asterisk's modules", '/usr/lib/x86_64-linux-gnu/asterisk/modules')
    .option('--data <dir>', "Asterisk's data", '/usr/share/asterisk')
    .option('--sip-host <address>', 'address that SIP listens on', '0.0.0.0')
    .option('--sip-port <port>', 'port that SIP listens on', '5060')
    .option('--rtp <from-to>', 'UDP ports for speech', '10000-10500')
    .option('--ari-port <port>', 'ARI, on loopback', '8088')
    .option('--ami-port <port>', 'AMI, on loopback', '5038')
    .action((options: PbxOptions) => {
      const problem = write(world, options);
      if (problem === undefined) return;
      world.complain(problem);
      process.exitCode = 1;
    });
  return command;
}

/** @returns what is wrong, in words; nothing was written then */
function write(
  world: CommandWorld,
  { dir: wanted, trunk: file, ...options }: PbxOptions,
): string | undefined {
  const trunk = readTrunkFile(file);
  if (typeof trunk === 'string') return trunk;
  const place = pbxPlaceSchema.safeParse(options);
  if (!place.success)
    return place.error.issues.map(({ path, message }) => `${optionOf(path)}: ${message}`).join('\n');
  const dir = resolve(wanted);
  writePbx(dir, place.data, trunk, world.clock());
  const { key, settings } = pbxFiles(dir);
  world.print(`${dir}/etc に設定を書きました。 asterisk -C ${dir}/etc/asterisk.conf で起動します。`);
  world.print(
    `個人情報の鍵は ${key} にあります。なくすと名前も番号も読めません。控えを別の場所に取ってください。`,
  );
  world.print(`サービスの設定は ${settings} にあります（持ち主だけが読めます）。`);
  return undefined;
}

/** `ariPort` is `--ari-port` at the terminal. */
function optionOf(path: PropertyKey[]): string {
  return `--${path.join('.').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
