import { Command } from 'commander';
import { runDemo } from '../demo/run-demo.js';
import { TestbedError } from '../testbed/testbed-error.js';

/** `genkidesu demo`: the whole service on a simulated town, on this machine alone. */
export function demoCommand(): Command {
  return new Command('demo')
    .description('模擬の町で全体を動かす / run everything on a simulated town')
    .option('--once', 'end when everybody has been called; the last line is the judgement as JSON')
    .action(async ({ once = false }: { once?: boolean }) => {
      let interrupt: () => void = () => undefined;
      const interrupted = new Promise<void>((resolve) => (interrupt = resolve));
      // A second Ctrl-C does not wait for the calls; what was started ends with us all the same.
      const onSignal = (): void => {
        interrupt();
        process.once('SIGINT', () => process.exit(130));
      };
      process.once('SIGINT', onSignal);
      process.once('SIGTERM', onSignal);
      try {
        process.exitCode = await runDemo({ once, interrupted });
      } catch (error) {
        if (!(error instanceof TestbedError)) throw error;
        process.stderr.write(`${error.message}\n`);
        process.exitCode = 1;
      }
    });
}
