import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild, type ChildEnd } from './child-process.js';
import type { SippInstall } from './find-sipp.js';
import { freeUdpPort } from './free-ports.js';
import { parseShortLog, type SippMessage } from './sipp-log.js';
import { quietAudioFile } from './sipp-scenario.js';
import { makeTemporaryFolder } from './temporary-folder.js';
import { TestbedError } from './testbed-error.js';

/** Whom SIPp sends to: an exchange. */
export interface SipTarget {
  host: string;
  port: number;
}

export interface SippRequest {
  sipp: SippInstall;
  target: SipTarget;
  /** An address of loopback; SIP and audio come from it. */
  localHost: string;
  /** Default a free one. */
  localPort?: number;
  scenario: string;
  /** Lines of fields, taken in turn, one per call; fields must not contain `;`. */
  injected?: readonly (readonly string[])[];
  options?: readonly string[];
}

export interface SippProcess {
  readonly localPort: number;
  /** All messages so far; after the end, all there were. */
  messages(): SippMessage[];
  /** What the scenario's `<log>` wrote so far. */
  logLines(): string[];
  /** Begins no more calls; those in progress go on, however long they take. */
  quit(): void;
  stop(): Promise<void>;
  /** Rejects when SIPp could not do its work; calls that failed are no reason. */
  readonly over: Promise<void>;
}

/** One second of silence as µ-law writes it. */
const silence = Buffer.alloc(8000, 0xff);
const messageFile = 'messages.log';
const logFile = 'log.log';
const errorFile = 'errors.log';

/** Runs one scenario in a folder of its own, which is gone when SIPp has ended. */
export async function startSipp(request: SippRequest): Promise<SippProcess> {
  const { sipp, target, localHost } = request;
  const localPort = request.localPort ?? (await freeUdpPort(localHost));
  const folder = makeTemporaryFolder('sipp');
  const file = (name: string): string => join(folder.path, name);
  const read = (name: string): string => (existsSync(file(name)) ? readFileSync(file(name), 'utf8') : '');
  writeFileSync(file('scenario.xml'), request.scenario);
  writeFileSync(file(quietAudioFile), silence);
  const injected = (request.injected ?? []).map((fields) => `${fields.join(';')}\n`).join('');
  writeFileSync(file('injected.csv'), `SEQUENTIAL\n${injected}`);

  const child = await startChild(
    [
      ...sipp.command,
      ...['-sf', 'scenario.xml', '-i', localHost, '-mi', localHost, '-p', String(localPort)],
      ...(injected === '' ? [] : ['-inf', 'injected.csv']),
      // Each SIPp has a port on which it takes orders; the standard one is for one SIPp a machine.
      ...['-cp', String(await freeUdpPort()), '-nostdin', '-aa'],
      ...['-trace_shortmsg', '-shortmessage_file', messageFile, '-trace_logs', '-log_file', logFile],
      ...['-trace_err', '-error_file', errorFile],
      ...(request.options ?? []),
      `${target.host}:${target.port}`,
    ],
    { cwd: folder.path },
  );
  let kept: { messages: SippMessage[]; logLines: string[] } | undefined;
  const take = (): { messages: SippMessage[]; logLines: string[] } => ({
    messages: parseShortLog(read(messageFile)),
    logLines: read(logFile)
      .split('\n')
      .filter((line) => line !== ''),
  });
  let stopped = false;
  const over = child.ended.then(async (end) => {
    kept = take();
    const errors = read(errorFile).split('\n').slice(-15);
    await folder.remove();
    if (!stopped && !hasDoneItsWork(end))
      throw new TestbedError('didNotStart', 'SIPp が動きません。 / SIPp did not work:', errors);
  });
  // Who does not ask how it ended must not die of it.
  over.catch(() => undefined);
  return {
    localPort,
    messages: () => (kept ?? take()).messages,
    logLines: () => (kept ?? take()).logLines,
    quit: () => {
      child.signal('SIGUSR1');
    },
    stop: async () => {
      stopped = true;
      await child.stop('SIGKILL');
      await over;
    },
    over,
  };
}

/** 0 all calls went well, 1 some did not, 97 told to quit, 99 no call was made. */
function hasDoneItsWork({ code }: ChildEnd): boolean {
  return code === 0 || code === 1 || code === 97 || code === 99;
}
