import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { atExit } from './at-exit.js';

const KEPT_LINES = 40;
const SETPRIV = '/usr/bin/setpriv';

export interface ChildEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface ChildOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Written to the child's standard input, which is then closed. */
  input?: string;
  /** Called for each line of standard output and standard error. */
  onLine?: (line: string) => void;
}

export interface RunningChild {
  readonly pid: number;
  /** Settles once the child has ended and its output has been read; never rejects. */
  readonly ended: Promise<ChildEnd>;
  hasEnded(): boolean;
  /** The last 40 lines the child wrote. */
  lastLines(): string[];
  /** @returns false when the child is already gone */
  signal(name: NodeJS.Signals): boolean;
  /** Sends `signal` (default SIGTERM), after `graceMs` (default 5000) SIGKILL, and waits for the end. */
  stop(signal?: NodeJS.Signals, graceMs?: number): Promise<ChildEnd>;
}

/**
 * Starts a program that does not outlive us: it is killed when this process exits and, where
 * setpriv(1) is there (every Debian), by the kernel even when this process is killed with SIGKILL.
 *
 * @param command program and arguments
 * @throws the spawn error when the program cannot be started
 */
export async function startChild(
  command: readonly string[],
  options: ChildOptions = {},
): Promise<RunningChild> {
  const child = await spawned(dyingWithUs(command), options);
  const lines = keepLastLines(child, options.onLine);
  const forget = atExit(() => child.kill('SIGKILL'));
  let over = false;
  const ended = new Promise<ChildEnd>((resolve) => {
    child.once('close', (code, signal) => {
      over = true;
      forget();
      resolve({ code, signal });
    });
  });
  if (options.input !== undefined) {
    // A child that ends before it has read everything says why in its output and exit code.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input);
  }

  return {
    pid: child.pid ?? 0,
    ended,
    hasEnded: () => over,
    lastLines: () => [...lines],
    signal: (name) => child.kill(name),
    async stop(signal = 'SIGTERM', graceMs = 5_000) {
      child.kill(signal);
      const killer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      const end = await ended;
      clearTimeout(killer);
      return end;
    },
  };
}

/** Runs a program to its end: see startChild. */
export async function runToEnd(
  command: readonly string[],
  options: ChildOptions = {},
): Promise<ChildEnd & { lastLines: string[] }> {
  const child = await startChild(command, options);
  const end = await child.ended;
  return { ...end, lastLines: child.lastLines() };
}

function dyingWithUs(command: readonly string[]): readonly string[] {
  return existsSync(SETPRIV) ? [SETPRIV, '--pdeathsig', 'KILL', '--', ...command] : command;
}

async function spawned(command: readonly string[], options: ChildOptions): Promise<ChildProcess> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  return child;
}

function keepLastLines(child: ChildProcess, onLine?: (line: string) => void): string[] {
  const kept: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream, crlfDelay: Infinity }).on('line', (line) => {
      kept.push(line);
      if (kept.length > KEPT_LINES) kept.shift();
      onLine?.(line);
    });
  }
  return kept;
}
