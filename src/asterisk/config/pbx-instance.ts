import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { makeKeyFile, newKey } from '../../storage/key-file.js';
import { writeWhole } from '../../storage/whole-file.js';
import { pbxSecrets, type PbxSecrets } from './pbx-secrets.js';
import { trunkSchema, trunkValues, type TrunkSettings } from './trunk-settings.js';
import { writeInstance } from './write-instance.js';

const port = z.coerce.number('not a port').int('not a port').min(1, 'not a port').max(65_535, 'not a port');

/** Where on its machine an exchange lives; kept in its folder, so that a later change of the trunk needs only the trunk. */
export const pbxPlaceSchema = z.object({
  modules: z.string().default('/usr/lib/x86_64-linux-gnu/asterisk/modules'),
  data: z.string().default('/usr/share/asterisk'),
  sipHost: z.string().default('0.0.0.0'),
  sipPort: port.default(5060),
  rtp: z.string().refine(isRange, 'not a range such as 10000-10500').default('10000-10500'),
  ariPort: port.default(8088),
  amiPort: port.default(5038),
});

export type PbxPlace = z.infer<typeof pbxPlaceSchema>;

function isRange(text: string): boolean {
  const [, first, last] = (/^(\d{1,5})-(\d{1,5})$/.exec(text) ?? []).map(Number);
  return first !== undefined && last !== undefined && first > 0 && first < last && last < 65_536;
}

/** The files in the folder of an exchange, beside Asterisk's own. */
export function pbxFiles(dir: string) {
  return {
    place: join(dir, 'place.json'),
    key: join(dir, 'personal-data.key'),
    settings: join(dir, 'genkidesu.env'),
  };
}

/** @returns undefined when `pbx write` was never here, or was of a version that did not keep it */
export function readPbxPlace(dir: string): PbxPlace | undefined {
  const { place } = pbxFiles(dir);
  return existsSync(place) ? pbxPlaceSchema.parse(JSON.parse(readFileSync(place, 'utf8'))) : undefined;
}

/** @returns the trunk of a file, or what is wrong with it, a line for each field */
export function readTrunkFile(file: string): TrunkSettings | string {
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return `${file}: ${error instanceof Error ? error.message : String(error)}`;
  }
  return readTrunk(given, file);
}

/** @param file what the problems name */
export function readTrunk(given: unknown, file: string): TrunkSettings | string {
  const parsed = trunkSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  return parsed.error.issues.map((issue) => `${file}: ${issue.path.join('.')}: ${issue.message}`).join('\n');
}

/**
 * Writes an exchange into its folder: Asterisk's configuration, passwords and a key made once, and the settings
 * that the service needs of it, last of all. Written again, only what changed is written.
 *
 * @returns the files of Asterisk's configuration that changed
 */
export function writePbx(dir: string, place: PbxPlace, trunk: TrunkSettings, now: Date): string[] {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const secrets = pbxSecrets(dir);
  const [rtpStart = '', rtpEnd = ''] = place.rtp.split('-');
  const changed = writeInstance('pbx', dir, {
    moduleDir: place.modules,
    dataDir: place.data,
    maxCalls: trunk.channelCap * 2 + 20,
    rtpStart,
    rtpEnd,
    sipHost: place.sipHost,
    sipPort: place.sipPort,
    httpPort: place.ariPort,
    amiPort: place.amiPort,
    transportExtra: '',
    ariPassword: secrets.ariPassword,
    amiPassword: secrets.amiPassword,
    ...trunkValues(trunk, place.sipHost),
  });
  const files = pbxFiles(dir);
  if (!existsSync(files.key)) makeKeyFile(files.key, [newKey(now)]);
  writeWhole(files.place, `${JSON.stringify(place, undefined, 2)}\n`);
  writeWhole(files.settings, settingsFor(dir, place, trunk, secrets));
  return changed;
}

/** What the service must be told of an exchange, as lines of NAME=value. */
function settingsFor(dir: string, place: PbxPlace, trunk: TrunkSettings, secrets: PbxSecrets): string {
  return `# genkidesu pbx write makes this file anew each time: put settings of your own elsewhere.
LOOKUP_KEY=${secrets.lookupKey}
PERSONAL_DATA_KEY_FILE=${pbxFiles(dir).key}
ARI_URL=http://127.0.0.1:${place.ariPort}
ARI_PASSWORD=${secrets.ariPassword}
AMI_PORT=${place.amiPort}
AMI_PASSWORD=${secrets.amiPassword}
ASTERISK_RECORDS_DIR=${join(dir, 'log', 'cel-custom')}
ASTERISK_QUEUE_LOG=${join(dir, 'log', 'queue_log')}
CALLER_NUMBER=${trunk.callerNumber}
CHANNEL_CAP=${trunk.channelCap}
WRAP_UP_SECONDS=${trunk.wrapUpSeconds}
${trunk.tls ? `PBX_CERTIFICATE=${trunk.tls.certificateFile}\n` : ''}`;
}
