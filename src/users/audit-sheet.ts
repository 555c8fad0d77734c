import { DateTime } from 'luxon';
import { zoneNamed } from '../time-zone.js';
import type { AuditEntry } from './audit-store.js';

const columns = ['日時', '利用者', '種類', '内容', '対象', '対象ID', '変更した項目', '理由', '接続元'];

/** The log as a sheet for a spreadsheet: marked with who took it out and when; no cell can be a formula. */
export function auditSheet(
  entries: readonly AuditEntry[],
  { zone, by, at }: { zone: string; by: string; at: Date },
): string {
  const moment = (when: Date): string =>
    DateTime.fromJSDate(when, { zone: zoneNamed(zone) }).toFormat('yyyy-MM-dd HH:mm:ss');
  const mark = [`この記録は ${by} が ${moment(at)} に書き出しました。取り扱いに注意してください。`];
  const rows = entries.map((entry) => [
    moment(entry.at),
    entry.userName ?? '',
    entry.what,
    entry.detail,
    entry.subject ?? '',
    entry.subjectId === undefined ? '' : String(entry.subjectId),
    (entry.changes ?? []).map(({ field }) => field).join(' '),
    entry.reason ?? '',
    entry.address ?? '',
  ]);
  const lines = [mark, columns, ...rows, mark].map((cells) => cells.map(cellOf).join(','));
  // The mark at the beginning tells Excel that this is UTF-8.
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

function cellOf(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
