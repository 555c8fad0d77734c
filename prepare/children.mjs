import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { constants } from 'node:os';
import { delimiter } from 'node:path';
import { at, top } from './places.mjs';
import { fail } from './words.mjs';

const SETPRIV = '/usr/bin/setpriv';
const SAME_SIGNAL_MS = 500;
const WATCH_MS = 250;

/** Runs one tool quietly, with the seconds ticking; shows its last lines when it fails. */
export async function step([japanese, english], tool, remedy) {
  const startedAt = performance.now();
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1);
  const title = `${japanese} / ${english}`;
  const ticking = process.stdout.isTTY;
  process.stdout.write(ticking ? '' : `${title}…\n`);
  const frames = ['|', '/', '-', '\\'];
  const ticker = setInterval(() => {
    frames.push(frames.shift());
    if (ticking) process.stdout.write(`\r${frames[0]} ${title}… ${Math.floor(Number(seconds()))} s `);
  }, 200);
  const { code, output } = await runQuietly(tool);
  clearInterval(ticker);
  if (ticking) process.stdout.write('\r\x1b[K');
  if (code === 0) return process.stdout.write(`✓ ${title} (${seconds()} s)\n`);
  const lines = output.trimEnd().split('\n');
  const telling = lines.filter((line) => !/^npm error\s+at /.test(line)); // no stack traces
  process.stderr.write(`${telling.slice(-15).join('\n')}\n`);
  fail(`${japanese}：失敗しました。${remedy[0]}`, `${english} failed. ${remedy[1]}`);
}

function runQuietly(tool) {
  return new Promise((resolve) => {
    let output = '';
    let stoppedBy;
    const [program, ...args] = guarded(tool, 'KILL');
    const child = spawn(program, args, { cwd: top, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const undo = onSignals((signal) => {
      stoppedBy = signal;
      // Not asked politely: what is half done is done again, and npm would go on for a while.
      killGroup(child);
    });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
    child.once('error', (error) => resolve({ code: 1, output: error.message }));
    child.once('close', (code) => {
      undo();
      // Only now: the lock must not be free while a tool still writes.
      if (stoppedBy) process.exit(128 + constants.signals[stoppedBy]);
      resolve({ code, output });
    });
  });
}

/**
 * Runs the command in its own process group: a Ctrl-C reaches it once, through us, and not again
 * from the terminal and from npm; nor does it hit the PBX or database the command runs, which are
 * its own to stop in order. Whatever is left of the group when the command has ended is killed.
 */
export async function run([name, ...args]) {
  const installed = at('node_modules/.bin', name);
  const program = name === 'node' ? process.execPath : fs.existsSync(installed) ? installed : name;
  const [first, ...rest] = guarded([program, ...args], 'TERM');
  const path = [at('node_modules/.bin'), process.env.PATH].join(delimiter);
  const env = {
    ...process.env,
    PATH: path,
    GENKIDESU_STARTED_AT: String(Math.round(performance.timeOrigin)),
  };
  const child = spawn(first, rest, { stdio: 'inherit', detached: true, env });
  const undo = onSignals((signal) => child.kill(signal));
  child.once('error', (error) => fail(`${name} を起動できません。`, error.message));
  child.once('exit', (code, signal) => {
    undo();
    killGroup(child);
    if (signal) process.kill(process.pid, signal);
    else process.exitCode = code ?? 1;
  });
}

/** Should we be killed without a word, the kernel passes `signal` to the command. */
function guarded(tool, signal) {
  return fs.existsSync(SETPRIV) ? [SETPRIV, '--pdeathsig', signal, '--', ...tool] : tool;
}

function killGroup(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nothing is left of it.
  }
}

function onSignals(handle) {
  const lastAt = new Map();
  const listener = (signal) => {
    const now = performance.now();
    // A terminal signals its whole foreground group, and npm then sends us the same once more.
    if (now - (lastAt.get(signal) ?? -Infinity) < SAME_SIGNAL_MS) return;
    lastAt.set(signal, now);
    handle(signal);
  };
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const name of names) process.on(name, listener);
  // npm passes a SIGTERM to its shell only, which ends without telling us: then our parent changes.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (!process.env.npm_lifecycle_event || process.ppid === parent) return;
    clearInterval(watch);
    listener('SIGTERM');
  }, WATCH_MS);
  return () => {
    clearInterval(watch);
    for (const name of names) process.off(name, listener);
  };
}
