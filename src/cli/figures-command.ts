import { Command, InvalidArgumentError } from 'commander';
import { kindWords, measureWords, scopeInWords } from '../figures/figures-csv.js';
import { createFigures } from '../figures/figures-module.js';
import { fiscalYearOf } from '../figures/fiscal-year.js';
import type { FiguresAnswer } from '../figures/figures-reader.js';
import { plannedKinds, readScopeKey } from '../figures/target.js';
import { terminal, withDatabase, type CommandWorld } from './with-database.js';
import { alignedLines } from './wide-text.js';

/** `genkidesu figures`: what came of a fiscal year, beside what was promised. */
export function figuresCommand(world: CommandWorld = terminal): Command {
  return new Command('figures')
    .description('年度の数字と目標 / the figures of a fiscal year, month by month, and its targets')
    .argument('[year]', 'the calendar year in which it begins; default: this one', parseYear)
    .option('--json', 'print everything as JSON')
    .action((year: number | undefined, options: { json?: true }) =>
      withDatabase(world, async ({ database }) => {
        const { reader } = createFigures({ database, clock: world.clock });
        const answer = await reader.year(year ?? fiscalYearOf(reader.today()));
        world.print(options.json ? JSON.stringify(answer.report, null, 2) : figuresText(answer));
      }),
    );
}

function parseYear(text: string): number {
  if (!/^2[01]\d\d$/.test(text)) throw new InvalidArgumentError('a year such as 2026');
  return Number(text);
}

const titles = ['月', '加入者', '稼働', '導入', '解約', '予定', '発信', '応答', '相談', '対応', '成約'];

function figuresText({ report }: FiguresAnswer): string {
  const [all] = report.series;
  const rows = (all?.months ?? []).flatMap((of, index) => {
    if (!of) return [];
    const share = of.answeredShare === null ? '—' : `${Math.round(of.answeredShare * 100)}%`;
    const numbers = [of.subscribers, of.active, of.introduced, of.withdrawals, of.due, of.calls];
    const consultations = [of.contacts, of.handled, of.leases];
    return [[report.months[index] ?? '', ...numbers.map(String), share, ...consultations.map(String)]];
  });
  const names = new Map(report.tenants.map(({ id, name }) => [id, name]));
  const kinds = plannedKinds.map((kind) => {
    const year = report.series.find(({ scope }) => scope === `kind:${kind}`)?.year;
    return `${kindWords[kind]} ${year?.introduced ?? 0}団体・加入者 ${year?.subscribers ?? 0}人`;
  });
  const targets = report.targets.map(({ scope, measure, value, actual, percent }) => [
    ...[scopeInWords(readScopeKey(scope), names), measureWords[measure], `${actual} / ${value}`],
    percent === null ? '' : `${percent}%`,
  ]);
  return [
    `${report.fiscalYear}年度`,
    ...alignedLines([titles, ...rows]),
    kinds.join('、'),
    '目標',
    ...(targets.length === 0 ? ['まだありません。'] : alignedLines(targets)),
  ].join('\n');
}
