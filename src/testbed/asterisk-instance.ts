import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { trunkValues, type TrunkSettings } from '../asterisk/config/trunk-settings.js';
import { writeInstance, type InstanceKind } from '../asterisk/config/write-instance.js';
import { startChild, type RunningChild } from './child-process.js';
import type { AsteriskInstall } from './find-asterisk.js';
import { TestbedError } from './testbed-error.js';

/** A running Asterisk on loopback, in a folder of its own. */
export interface AsteriskInstance {
  readonly dir: string;
  readonly sipHost: string;
  readonly sipPort: number;
  readonly amiPort: number;
  readonly httpPort: number;
  readonly ariPassword: string;
  readonly amiPassword: string;
  /** Ends it at once, as a crash or a power cut would. */
  kill(): Promise<void>;
  /** Starts it again with the same configuration after it ended. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface InstanceRequest {
  kind: InstanceKind;
  install: AsteriskInstall;
  dir: string;
  sipHost: string;
  sipPort: number;
  amiPort: number;
  httpPort: number;
  rtp: { first: number; last: number };
  maxCalls: number;
  /** Only for the PBX: where its trunk leads. */
  trunk?: TrunkSettings;
  /** Only for the carrier: the one customer it has. */
  customer?: { host: string; port: number };
}

const startLimitMs = 30_000;

/** Writes the configuration, starts Asterisk and waits until it says that it is ready. */
export async function startAsterisk(request: InstanceRequest): Promise<AsteriskInstance> {
  const { kind, install, dir, sipHost, sipPort, amiPort, httpPort, rtp } = request;
  const ariPassword = randomBytes(18).toString('base64url');
  const amiPassword = randomBytes(18).toString('base64url');
  writeInstance(kind, dir, {
    moduleDir: install.moduleDir,
    dataDir: install.dataDir,
    maxCalls: request.maxCalls,
    rtpStart: rtp.first,
    rtpEnd: rtp.last,
    sipHost,
    sipPort,
    amiPort,
    httpPort,
    ariPassword,
    amiPassword,
    transportExtra: '',
    ...(request.trunk ? trunkValues(request.trunk, sipHost) : {}),
    ...(request.customer ? { pbxSipHost: request.customer.host, pbxSipPort: request.customer.port } : {}),
  });
  const run = (): Promise<RunningChild> =>
    startReady([...install.command, '-C', join(dir, 'etc', 'asterisk.conf'), '-f']);
  let child = await run();
  return {
    dir,
    sipHost,
    sipPort,
    amiPort,
    httpPort,
    ariPassword,
    amiPassword,
    kill: async () => {
      await child.stop('SIGKILL');
    },
    restart: async () => {
      child = await run();
    },
    stop: async () => {
      await child.stop('SIGTERM');
    },
  };
}

async function startReady(command: string[]): Promise<RunningChild> {
  let tellReady: () => void = () => undefined;
  const ready = new Promise<'ready'>((resolve) => (tellReady = () => resolve('ready')));
  const child = await startChild(command, {
    onLine: (line) => {
      if (line.includes('Asterisk Ready')) tellReady();
    },
  });
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), startLimitMs)));
  const first = await Promise.race([ready, child.ended, limit]);
  clearTimeout(timer);
  if (first === 'ready') return child;
  await child.stop('SIGKILL');
  throw new TestbedError(
    'didNotStart',
    `Asterisk が起動しません。 / Asterisk did not start:\n${child.lastLines().slice(-15).join('\n')}`,
  );
}
