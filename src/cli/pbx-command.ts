import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { pbxSecrets, type PbxSecrets } from '../asterisk/config/pbx-secrets.js';
import { trunkSchema, trunkValues, type TrunkSettings } from '../asterisk/config/trunk-settings.js';
import { writeInstance } from '../asterisk/config/write-instance.js';
import { makeKeyFile, newKey } from '../storage/key-file.js';
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
function write(world: CommandWorld, options: PbxOptions): string | undefined {
  const trunk = readTrunk(options.trunk);
  if (typeof trunk === 'string') return trunk;
  const ports = [options.sipPort, options.ariPort, options.amiPort];
  const wrong = ports.find((port) => !isPort(port));
  if (wrong !== undefined) return `${wrong}: not a port`;
  const [first = '', last = ''] = options.rtp.split('-');
  if (!isPort(first) || !isPort(last) || Number(first) >= Number(last))
    return `--rtp: ${options.rtp} is not a range`;

  const dir = resolve(options.dir);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const secrets = pbxSecrets(dir);
  writeInstance('pbx', dir, {
    moduleDir: options.modules,
    dataDir: options.data,
    maxCalls: trunk.channelCap * 2 + 20,
    rtpStart: first,
    rtpEnd: last,
    sipHost: options.sipHost,
    sipPort: options.sipPort,
    httpPort: options.ariPort,
    amiPort: options.amiPort,
    transportExtra: '',
    ariPassword: secrets.ariPassword,
    amiPassword: secrets.amiPassword,
    ...trunkValues(trunk, options.sipHost),
  });
  const keyFile = join(dir, 'personal-data.key');
  if (!existsSync(keyFile)) makeKeyFile(keyFile, [newKey(world.clock())]);
  const settings = join(dir, 'genkidesu.env');
  writeFileSync(settings, settingsFor(dir, options, trunk, secrets), { mode: 0o600 });
  world.print(`${dir}/etc に設定を書きました。 asterisk -C ${dir}/etc/asterisk.conf で起動します。`);
  world.print(
    `個人情報の鍵は ${keyFile} にあります。なくすと名前も番号も読めません。控えを別の場所に取ってください。`,
  );
  world.print(`サービスの設定は ${settings} にあります（持ち主だけが読めます）。`);
  return undefined;
}

function readTrunk(file: string): TrunkSettings | string {
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return `${file}: ${error instanceof Error ? error.message : String(error)}`;
  }
  const parsed = trunkSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  return parsed.error.issues.map((issue) => `${file}: ${issue.path.join('.')}: ${issue.message}`).join('\n');
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) > 0 && Number(text) < 65_536;
}

function settingsFor(dir: string, options: PbxOptions, trunk: TrunkSettings, secrets: PbxSecrets): string {
  return `# genkidesu pbx write makes this file anew each time: put settings of your own elsewhere.
LOOKUP_KEY=${secrets.lookupKey}
PERSONAL_DATA_KEY_FILE=${join(dir, 'personal-data.key')}
ARI_URL=http://127.0.0.1:${options.ariPort}
ARI_PASSWORD=${secrets.ariPassword}
AMI_PORT=${options.amiPort}
AMI_PASSWORD=${secrets.amiPassword}
ASTERISK_RECORDS_DIR=${join(dir, 'log', 'cel-custom')}
ASTERISK_QUEUE_LOG=${join(dir, 'log', 'queue_log')}
CALLER_NUMBER=${trunk.callerNumber}
CHANNEL_CAP=${trunk.channelCap}
WRAP_UP_SECONDS=${trunk.wrapUpSeconds}
${trunk.tls ? `PBX_CERTIFICATE=${trunk.tls.certificateFile}\n` : ''}`;
}
