import { mkdirSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { AmiLink } from '../asterisk/ami/ami-link.js';
import { trunkEndpoint } from '../asterisk/names.js';
import { scriptSounds } from '../checkins/script-sounds.js';
import type { Logger } from '../log.js';
import { projectRoot } from '../project-root.js';
import type { Stage } from '../testbed/stage.js';
import { until } from '../testbed/until.js';
import { BenchError } from './bench-error.js';
import { spokenNames, zone } from './bench-people.js';
import { watchProgress, type Progress } from './progress.js';

const keySeconds = 8;
const baselineContext = 'bench-baseline';

/**
 * The most that Asterisk does by itself: call files in its spool, `Read()` with our prompt, and no other
 * process in the call. A line is filled again when the manager interface tells that its channel is gone.
 */
export async function runBaseline(
  stage: Stage,
  turn: { numbers: readonly string[]; lines: number; progress: Progress; log: Logger },
): Promise<void> {
  const link = new AmiLink({
    host: '127.0.0.1',
    port: stage.pbx.amiPort,
    user: 'genkidesu',
    password: stage.pbx.amiPassword,
    eventMask: 'on',
    log: turn.log,
  });
  const spool = openSpool(stage.pbx.dir);
  const waiting = turn.numbers.values();
  let ended = 0;
  let failure: BenchError | undefined;
  const startNext = (): void => {
    const next = waiting.next();
    if (next.done) return;
    spool.put(next.value).catch((error: unknown) => {
      failure = new BenchError('a call file was not written', { cause: error });
    });
  };
  link.on('event', ({ event }) => {
    if (event !== 'Hangup') return;
    ended++;
    startNext();
  });
  link.start();
  try {
    await until(() => link.isUp, { what: 'the manager interface answers' });
    // Only the ends: all the other events would cost the baseline time.
    await link.action({ action: 'Filter', operation: 'Add', filter: 'Event: Hangup' });
    await loadSpoolModule(link);
    await writeDialplan(link);
    for (let line = 0; line < turn.lines; line++) startNext();
    await watchProgress(turn.numbers.length, turn.progress, () => {
      if (failure) throw failure;
      return ended;
    });
  } finally {
    link.stop();
  }
}

/** It is not part of our service: loaded when first needed, and it stays. */
async function loadSpoolModule(link: AmiLink): Promise<void> {
  const module = 'pbx_spool.so';
  try {
    await link.action({ action: 'ModuleLoad', module, loadtype: 'load' });
  } catch {
    // Also refused when an earlier turn has loaded it.
    await link.action({ action: 'ModuleCheck', module });
  }
}

/** Asks, and confirms the key as our own call does, so that the person is the one who hangs up in both. */
async function writeDialplan(link: AmiLink): Promise<void> {
  const { ask, confirm } = promptSounds();
  const steps = [
    ['Read', `KEY,${ask},1,,1,${keySeconds}`],
    ['Playback', confirm],
    ['Hangup', ''],
  ] as const;
  for (const [index, [application, applicationdata]] of steps.entries()) {
    await link.action({
      action: 'DialplanExtensionAdd',
      context: baselineContext,
      extension: 's',
      priority: String(index + 1),
      application,
      applicationdata,
      replace: 'yes',
    });
  }
}

interface Spool {
  put(number: string): Promise<void>;
}

/** A file is written beside the spool and moved in, whole, as Asterisk's manual asks. */
function openSpool(pbxDir: string): Spool {
  const workshop = join(pbxDir, 'spool', 'workshop');
  mkdirSync(workshop, { recursive: true, mode: 0o700 });
  return {
    async put(number) {
      const file = join(workshop, `${number}.call`);
      await writeFile(file, callFile(number), { mode: 0o600 });
      await rename(file, join(pbxDir, 'spool', 'outgoing', `${number}.call`));
    },
  };
}

/** The very sounds that our own call plays until the key, and after it. */
function promptSounds(): { ask: string; confirm: string } {
  const { opening, ask, confirm } = scriptSounds({
    soundsRoot: join(projectRoot, 'sounds'),
    language: 'ja',
    speechRate: 'slow',
    localHour: DateTime.now().setZone(zone).hour,
    spokenNames,
    keyMap: new Map([
      ['1', 'ok'],
      ['2', 'unwell'],
      ['3', 'contactRequested'],
    ]),
    maxAsks: 1,
    keySeconds,
  });
  return { ask: [...opening, ...ask].join('&'), confirm: confirm('1', 'ok').join('&') };
}

function callFile(number: string): string {
  return [
    `Channel: PJSIP/${number}@${trunkEndpoint}`,
    'MaxRetries: 0',
    'WaitTime: 20',
    `Context: ${baselineContext}`,
    'Extension: s',
    'Priority: 1',
    '',
  ].join('\n');
}
