import type { FiguresReport, Series } from './figures-report.js';
import type { Figures } from './month-figures.js';
import { plannedKinds, readScopeKey, type FigureScope, type PlannedKind } from './target.js';

export const kindWords: Readonly<Record<PlannedKind, string>> = {
  municipality: '自治体',
  communityAssociation: '地縁団体',
  privateBusiness: '民間事業者',
};

export const measureWords = {
  ...{ subscribers: '加入者数', active: '稼働数', introduced: '導入数' },
  ...{ consultations: '相談件数', handled: '対応件数', leases: '成約件数' },
} as const;

const columns: readonly (readonly [string, (figures: Figures) => number | null])[] = [
  ['加入者数（累積）', (of) => of.subscribers],
  ['稼働数', (of) => of.active],
  ['導入数', (of) => of.introduced],
  ['解約数', (of) => of.withdrawals],
  ['安否確認の予定', (of) => of.due],
  ['うち終わっていないもの', (of) => of.waiting],
  ['応答', (of) => of.answered],
  ['応答の割合（％）', (of) => (of.answeredShare === null ? null : Math.round(of.answeredShare * 1000) / 10)],
  ['発信回数', (of) => of.calls],
  ['お知らせ', (of) => of.alerts],
  ['対応までの時間（分、中央値）', (of) => of.medianMinutesToClose],
  ['相談件数（延べ）', (of) => of.contacts],
  ['相談件数（実人数）', (of) => of.persons],
  ['対応件数', (of) => of.handled],
  ['成約件数', (of) => of.leases],
];

/**
 * The report as a spreadsheet opens it: who took it and when first, then a line for each scope and month, then the
 * targets. UTF-8 with a mark at its beginning, without which Excel takes it for Shift_JIS.
 *
 * @param each every tenant's own series, beside those of the report
 * @param stamp who took it out, and when, in words
 */
export function figuresCsv(report: FiguresReport, each: readonly Series[], stamp: string): string {
  const names = new Map(report.tenants.map(({ id, name }) => [id, name]));
  const nameOf = (key: string): string => scopeInWords(readScopeKey(key), names);
  const all = [...report.series, ...each.filter(({ scope }) => scope !== report.series[0]?.scope)];
  const rows = [
    [stamp],
    [`${report.fiscalYear}年度の数字（${report.today} まで）`],
    ['対象', '月', ...columns.map(([title]) => title)],
    ...all.flatMap(({ scope, months, year }) => [
      ...months.flatMap((figures, index) =>
        figures ? [[nameOf(scope), report.months[index] ?? '', ...cellsOf(figures)]] : [],
      ),
      ...(year ? [[nameOf(scope), '年度', ...cellsOf(year)]] : []),
    ]),
    [],
    ['目標の対象', '目標', '値', 'いまの数', '達成（％）'],
    ...report.targets.map(({ scope, measure, value, actual, percent }) => [
      ...[nameOf(scope), measureWords[measure], String(value), String(actual)],
      percent === null ? '' : String(percent),
    ]),
  ];
  return `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** 全体, 関西の自治体, or a tenant's name. */
export function scopeInWords(scope: FigureScope, names: ReadonlyMap<number, string>): string {
  if ('organizationId' in scope)
    return names.get(scope.organizationId) ?? `団体${String(scope.organizationId)}`;
  const kind = plannedKinds.find((one) => one === scope.kind);
  const kindWord = kind && kindWords[kind];
  if (scope.region === undefined) return kindWord ?? '全体';
  return kindWord === undefined ? scope.region : `${scope.region}の${kindWord}`;
}

function cellsOf(figures: Figures): string[] {
  return columns.map(([, read]) => {
    const value = read(figures);
    return value === null ? '' : String(value);
  });
}

/** A name that begins like a formula would be one in a spreadsheet. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
