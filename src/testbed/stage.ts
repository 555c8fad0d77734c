import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { trunkSchema, type TrunkFile } from '../asterisk/config/trunk-settings.js';
import { startAsterisk, type AsteriskInstance } from './asterisk-instance.js';
import type { AsteriskInstall } from './find-asterisk.js';
import { freeTcpPort, freeUdpPort, freeUdpRange } from './free-ports.js';
import { makeSelfSigned } from './self-signed.js';
import { newKey } from '../storage/key-file.js';
import { writePersonalDataKeys } from '../storage/personal-data-keys.js';

/** The carrier has an address of its own: a trunk known by 127.0.0.1 would swallow every other peer on it. */
const pbxHost = '127.0.0.1';
const carrierHost = '127.0.0.2';

/** The number that our calls show and that people phone back; of the simulated town. */
export const stageCallerNumber = '0473900000';

/** The hotline's numbers: the free one, and the ordinary one behind it. */
export const stageHotlineNumbers = ['0120386117', '0473900117'] as const;

/** Our PBX and a carrier with simulated people, on loopback, in one folder. */
export interface Stage {
  readonly dir: string;
  readonly pbx: AsteriskInstance;
  readonly carrier: AsteriskInstance;
  /** With `tls`: where telephones reach the PBX encrypted, and the certificate to trust. */
  readonly tls: { port: number; certificateFile: string } | undefined;
  /** The carrier's own record of calls. */
  readonly carrierRecordFile: string;
  /** Settings for a service that uses this PBX. */
  readonly environment: Record<string, string>;
  close(): Promise<void>;
}

/** Starts both exchanges on ports that are free now; several stages run side by side. */
export async function openStage(
  install: AsteriskInstall,
  dir: string,
  options: { channelCap?: number; wrapUpSeconds?: number; tls?: boolean; trunk?: Partial<TrunkFile> } = {},
): Promise<Stage> {
  const { channelCap = 20, wrapUpSeconds = 0 } = options;
  const tls = options.tls ? await prepareTls(dir) : undefined;
  const maxCalls = channelCap * 2 + 20;
  const rtpPorts = Math.min(1800, 4 * maxCalls + 40);
  const [pbxSip, carrierSip] = [await freeUdpPort(pbxHost), await freeUdpPort(carrierHost)];
  const pbxRtp = await freeUdpRange('0.0.0.0', rtpPorts);
  const trunk = trunkSchema.parse({
    host: carrierHost,
    port: carrierSip,
    callerNumber: stageCallerNumber,
    channelCap,
    hotlineNumbers: [...stageHotlineNumbers],
    wrapUpSeconds,
    tls,
    ...options.trunk,
  });
  const pbx = await startAsterisk({
    kind: 'pbx',
    install,
    dir: join(dir, 'pbx'),
    sipHost: pbxHost,
    sipPort: pbxSip,
    amiPort: await freeTcpPort(),
    httpPort: await freeTcpPort(),
    rtp: pbxRtp,
    maxCalls,
    trunk,
  });
  // Its range is looked for once the PBX runs; RTP sockets are bound per call, so it must lie elsewhere.
  const carrierRtp = await rangeApart(pbxRtp, rtpPorts);
  const carrier = await startAsterisk({
    kind: 'carrier',
    install,
    dir: join(dir, 'carrier'),
    sipHost: carrierHost,
    sipPort: carrierSip,
    amiPort: await freeTcpPort(),
    httpPort: await freeTcpPort(),
    rtp: carrierRtp,
    maxCalls: maxCalls * 2,
    customer: { host: pbxHost, port: pbxSip },
  }).catch(async (error: unknown) => {
    await pbx.stop();
    throw error;
  });
  const data = join(dir, 'data');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  return {
    dir,
    pbx,
    carrier,
    tls,
    carrierRecordFile: join(carrier.dir, 'log', 'cel-custom', 'carrier.csv'),
    environment: {
      GENKIDESU_DATA: data,
      LOOKUP_KEY: randomBytes(24).toString('base64url'),
      PERSONAL_DATA_KEY: writePersonalDataKeys([newKey(new Date())]).trim(),
      ARI_URL: `http://127.0.0.1:${pbx.httpPort}`,
      ARI_PASSWORD: pbx.ariPassword,
      AMI_PORT: String(pbx.amiPort),
      AMI_PASSWORD: pbx.amiPassword,
      ASTERISK_RECORDS_DIR: join(pbx.dir, 'log', 'cel-custom'),
      ASTERISK_QUEUE_LOG: join(pbx.dir, 'log', 'queue_log'),
      CALLER_NUMBER: stageCallerNumber,
      CHANNEL_CAP: String(channelCap),
      STARTS_PER_SECOND: '50',
      HTTP_PORT: String(await freeTcpPort()),
    },
    close: async () => {
      await Promise.all([pbx.stop(), carrier.stop()]);
    },
  };
}

async function prepareTls(dir: string): Promise<{ port: number; certificateFile: string; keyFile: string }> {
  const { certificate, key } = makeSelfSigned(pbxHost);
  const [certificateFile, keyFile] = [join(dir, 'certificate.pem'), join(dir, 'key.pem')];
  writeFileSync(certificateFile, certificate);
  writeFileSync(keyFile, key, { mode: 0o600 });
  return { port: await freeTcpPort(pbxHost), certificateFile, keyFile };
}

async function rangeApart(
  taken: { first: number; last: number },
  count: number,
): Promise<{ first: number; last: number }> {
  for (;;) {
    const range = await freeUdpRange('0.0.0.0', count);
    if (range.last < taken.first || range.first > taken.last) return range;
  }
}
