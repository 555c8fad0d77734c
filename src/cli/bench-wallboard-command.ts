import { Command } from 'commander';
import { BenchError } from '../bench/bench-error.js';
import { benchWallboard } from '../bench/wallboard.js';
import { numberFrom } from './arguments.js';

interface WallboardOptions {
  minutes: number;
  boards: number;
  callsPerSecond: number;
  browsers: number;
  cpuProfile?: string;
  json?: true;
}

/** `genkidesu bench wallboard`: how soon a board shows what has happened, and what many boards cost. */
export function benchWallboardCommand(): Command {
  const command = new Command('wallboard')
    .description('make calls under many open boards, and time them from the carrier to the screen')
    .option('--minutes <number>', 'how long it is measured', numberFrom(0.1, 240), 10)
    .option('--boards <number>', 'open boards', numberFrom(1, 2000), 200)
    .option('--calls-per-second <number>', 'check-in calls', numberFrom(0.5, 40), 20)
    .option('--browsers <number>', 'how many of the boards a real browser shows', numberFrom(0, 20), 3)
    .option('--cpu-profile <folder>', "leave a profile of the service's CPU time there")
    .option('--json', 'print one JSON object as the last line')
    .action(async ({ json, cpuProfile, ...options }: WallboardOptions) => {
      const [boards, browsers] = [options.boards, options.browsers].map(Math.round) as [number, number];
      if (browsers > boards) command.error('error: --browsers are some of the --boards');
      try {
        const result = await benchWallboard({ ...options, boards, browsers, profileDir: cpuProfile });
        const { errorKinds, failedCalls, ...figures } = result;
        const rows = Object.entries({ ...figures, ...errorKinds, ...failedCalls });
        const table = rows.map(([name, value]) => `${name.padEnd(20)}${String(value).padStart(12)}`);
        console.log(json ? JSON.stringify(result) : table.join('\n'));
        if (result.errors > 0) process.exitCode = 1;
      } catch (error) {
        if (!(error instanceof BenchError)) throw error;
        command.error(`error: ${error.message}`);
      }
    });
  return command;
}
