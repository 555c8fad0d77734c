import { Command, Option } from 'commander';
import { benchLedger, type LedgerFigures, type LedgerResult } from '../bench/ledger.js';
import { fullSize, smallSize } from '../bench/ledger-town.js';
import type { Engine } from '../storage/database.js';

const engines = ['sqlite', 'mariadb'] as const;

/** `genkidesu bench ledger`: planning, claiming and the day's page, after a month and after two years. */
export function benchLedgerCommand(): Command {
  return new Command('ledger')
    .description('plan 20,000 check-ins, then compare a month of history with two years of it')
    .option('--small', 'a small town, to see that it runs')
    .addOption(new Option('--engine <engine>', 'only this database').choices(engines))
    .option('--json', 'print one JSON object as the last line')
    .action(async ({ small, engine, json }: { small?: true; engine?: Engine; json?: true }) => {
      const result = await benchLedger(small ? smallSize : fullSize, engine ? [engine] : engines);
      console.log(json ? JSON.stringify(result) : table(result));
    });
}

function table(result: LedgerResult): string {
  const measured = engines.flatMap((engine): [Engine, LedgerFigures][] => {
    const figures = result[engine];
    return figures ? [[engine, figures]] : [];
  });
  const names = Object.keys(measured[0]?.[1] ?? {}) as (keyof LedgerFigures)[];
  const line = (name: string, cells: readonly string[]): string =>
    name.padEnd(16) + cells.map((cell) => cell.padStart(12)).join('');
  return [
    line(
      '',
      measured.map(([engine]) => engine),
    ),
    ...names.map((name) =>
      line(
        name,
        measured.map(([, figures]) => String(figures[name])),
      ),
    ),
  ].join('\n');
}
