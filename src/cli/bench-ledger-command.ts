import { Command } from 'commander';
import { benchLedger, type LedgerResult } from '../bench/ledger.js';
import { fullSize, smallSize } from '../bench/ledger-town.js';

/** `genkidesu bench ledger`: planning, claiming and the day's page, after a month and after two years. */
export function benchLedgerCommand(): Command {
  return new Command('ledger')
    .description('plan 20,000 check-ins, then compare a month of history with two years of it')
    .option('--small', 'a small town, to see that it runs')
    .option('--json', 'print one JSON object as the last line')
    .action(async ({ small, json }: { small?: true; json?: true }) => {
      const result = await benchLedger(small ? smallSize : fullSize);
      console.log(json ? JSON.stringify(result) : table(result));
    });
}

function table({ sqlite, mariadb }: LedgerResult): string {
  const names = Object.keys(sqlite) as (keyof typeof sqlite)[];
  const line = (name: string, one: string, other: string): string =>
    `${name.padEnd(16)}${one.padStart(12)}${other.padStart(12)}`;
  return [
    line('', 'SQLite', 'MariaDB'),
    ...names.map((name) => line(name, String(sqlite[name]), String(mariadb[name]))),
  ].join('\n');
}
