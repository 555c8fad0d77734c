import { join } from 'node:path';
import { projectRoot } from '../../src/project-root.js';
import { startChild, type ChildEnd, type RunningChild } from '../../src/testbed/child-process.js';
import { until } from '../../src/testbed/until.js';

/** The service as its users run it: the compiled program in a process of its own, which a test may kill. */
export class ServiceProcess {
  readonly #environment: Record<string, string>;
  #child: RunningChild | undefined;
  readonly lines: string[] = [];

  constructor(environment: Record<string, string>) {
    this.#environment = environment;
  }

  async start(): Promise<void> {
    const main = join(projectRoot, 'dist', 'src', 'main.js');
    this.#child = await startChild([process.execPath, main, 'serve'], {
      env: { ...process.env, LOG_LEVEL: 'info', ...this.#environment },
      onLine: (line) => this.lines.push(line),
    });
  }

  /** Waits until the service answers over HTTP; to `readyz` only when it has its links to the exchange. */
  async answers(path: 'healthz' | 'readyz' = 'healthz'): Promise<void> {
    const url = `http://127.0.0.1:${this.#environment.HTTP_PORT ?? ''}/${path}`;
    const answers = async (): Promise<boolean> => (await fetch(url).catch(() => undefined))?.ok === true;
    await until(answers, { what: `the service answers at /${path}`, timeoutMs: 60_000 });
  }

  /** Waits until the service has logged an event of this name since `from` lines ago. */
  async logged(event: string, timeoutMs = 10_000, from = 0): Promise<void> {
    await until(() => this.lines.slice(from).some((line) => line.includes(`"event":"${event}"`)), {
      what: `the service logs ${event}; last lines:\n${this.lines.slice(-10).join('\n')}`,
      timeoutMs,
    });
  }

  get pid(): number {
    return this.#running().pid;
  }

  /** Settles when the process has ended. */
  get ended(): Promise<ChildEnd> {
    return this.#running().ended;
  }

  hasEnded(): boolean {
    return this.#running().hasEnded();
  }

  signal(name: NodeJS.Signals): void {
    this.#running().signal(name);
  }

  async kill(): Promise<void> {
    await this.#child?.stop('SIGKILL');
  }

  async stop(graceMs = 20_000): Promise<ChildEnd | undefined> {
    return this.#child?.stop('SIGTERM', graceMs);
  }

  #running(): RunningChild {
    if (!this.#child) throw new Error('start() comes first');
    return this.#child;
  }
}
