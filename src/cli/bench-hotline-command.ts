import { Command } from 'commander';
import { BenchError } from '../bench/bench-error.js';
import { benchHotline, type HotlineBenchOptions } from '../bench/hotline.js';
import { numberFrom } from './arguments.js';

/** `genkidesu bench hotline`: people wait, telephones answer, and every call is accounted for. */
export function benchHotlineCommand(): Command {
  const command = new Command('hotline')
    .description('let SIPp phone the hotline and answer it, with people waiting all the time')
    .option('--minutes <number>', 'how long calls arrive', numberFrom(0.05, 240), 10)
    .option('--calls-per-second <number>', 'how many arrive', numberFrom(0.1, 20), 2)
    .option('--waiting <number>', 'people in the queue all the time', numberFrom(0, 200), 30)
    .option('--phones <number>', "counsellors' telephones", numberFrom(1, 100), 10)
    .option('--json', 'print one JSON object as the last line')
    .action(async ({ json, ...options }: HotlineBenchOptions & { json?: true }) => {
      try {
        const result = await benchHotline({
          ...options,
          waiting: Math.round(options.waiting),
          phones: Math.round(options.phones),
        });
        const { errorKinds, ...figures } = result;
        const rows = Object.entries({ ...figures, ...errorKinds });
        const table = rows.map(([name, value]) => `${name.padEnd(20)}${String(value).padStart(12)}`);
        console.log(json ? JSON.stringify(result) : table.join('\n'));
        if (result.errors > 0 || result.lost > 0) process.exitCode = 1;
      } catch (error) {
        if (!(error instanceof BenchError)) throw error;
        command.error(`error: ${error.message}`);
      }
    });
  return command;
}
