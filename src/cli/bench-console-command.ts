import { Command } from 'commander';
import { BenchError } from '../bench/bench-error.js';
import { benchConsole } from '../bench/console.js';

/** `genkidesu bench console`: what a volunteer and a counsellor wait for. */
export function benchConsoleCommand(): Command {
  const command = new Command('console')
    .description("open the console's pages on a large tenant, search, and answer calls")
    .option('--json', 'print one JSON object as the last line')
    .action(async ({ json }: { json?: true }) => {
      try {
        const result = await benchConsole({ people: 20_000, today: 2000, calls: 8 });
        const rows = Object.entries(result).map(
          ([name, value]) => `${name.padEnd(20)}${String(value).padStart(12)}`,
        );
        console.log(json ? JSON.stringify(result) : rows.join('\n'));
      } catch (error) {
        if (!(error instanceof BenchError)) throw error;
        command.error(`error: ${error.message}`);
      }
    });
  return command;
}
