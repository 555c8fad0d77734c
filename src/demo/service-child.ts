import { fileURLToPath } from 'node:url';
import { startChild, type RunningChild } from '../testbed/child-process.js';
import { until } from '../testbed/until.js';

const program = fileURLToPath(new URL('../main.js', import.meta.url));

/** The service as its users run it, in a process that may be killed. Resolves when it conducts the exchange. */
export async function startService(
  environment: Record<string, string>,
  onLine: (line: string) => void,
): Promise<RunningChild> {
  let conducts = false;
  const child = await startChild([process.execPath, program, 'serve'], {
    env: { ...process.env, ...environment },
    onLine: (line) => {
      if (line.includes('"event":"service.started"')) conducts = true;
      onLine(line);
    },
  });
  await until(() => conducts || child.hasEnded(), {
    what: 'the service runs',
    timeoutMs: 60_000,
    everyMs: 50,
  });
  if (child.hasEnded()) throw new Error(`the service ended:\n${child.lastLines().slice(-5).join('\n')}`);
  return child;
}
