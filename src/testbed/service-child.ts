import { join } from 'node:path';
import { projectRoot } from '../project-root.js';
import { startChild, type RunningChild } from './child-process.js';
import { until } from './until.js';

const program = join(projectRoot, 'dist', 'src', 'main.js');

/**
 * The service as its users run it, in a process that may be killed. Resolves when it conducts the exchange.
 *
 * @param nodeOptions words for Node itself, such as of a profile
 */
export async function startService(
  environment: Record<string, string>,
  onLine: (line: string) => void = () => undefined,
  nodeOptions: readonly string[] = [],
): Promise<RunningChild> {
  let conducts = false;
  const child = await startChild([process.execPath, ...nodeOptions, program, 'serve'], {
    env: { ...process.env, ...environment },
    onLine: (line) => {
      if (line.includes('"event":"service.started"')) conducts = true;
      onLine(line);
    },
  });
  const settled = (): boolean => conducts || child.hasEnded();
  try {
    await until(settled, { what: 'the service runs', timeoutMs: 60_000, everyMs: 50 });
    if (child.hasEnded()) throw new Error(`the service ended:\n${child.lastLines().slice(-5).join('\n')}`);
  } catch (error) {
    await child.stop('SIGKILL');
    throw error;
  }
  return child;
}
