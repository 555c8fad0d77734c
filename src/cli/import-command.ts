import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { DateTime } from 'luxon';
import { OrganizationStore } from '../organizations/organization-store.js';
import { readCsv } from '../subscribers/import/csv-text.js';
import { compareImport, type ImportDifference } from '../subscribers/import/import-difference.js';
import {
  buildImportReport,
  formatImportReport,
  type ImportReport,
} from '../subscribers/import/import-report.js';
import { readSubscribers } from '../subscribers/import/read-subscribers.js';
import { SubscriberStore } from '../subscribers/subscriber-store.js';
import { findStation } from './find-by-name.js';
import { CommandError, terminal, withDatabase, type CommandWorld } from './with-database.js';

interface ImportOptions {
  station: string;
  dryRun?: boolean;
  json?: boolean;
}

/** `genkidesu import`: lists of people out of spreadsheets. */
export function importCommand(world: CommandWorld = terminal): Command {
  const command = new Command('import').description('take in lists from CSV files');
  command
    .command('subscribers')
    .description('add and update the subscribers of a station; all rows or none')
    .argument('<file>', 'CSV file as Excel writes it')
    .requiredOption('--station <station>', 'name or id of the station')
    .option('--dry-run', 'only show what would change')
    .option('--json', 'print the report as JSON')
    .action((file: string, options: ImportOptions) => importSubscribers(world, file, options));
  return command;
}

function importSubscribers(
  world: CommandWorld,
  file: string,
  { station: wanted, dryRun = false, json = false }: ImportOptions,
): Promise<void> {
  return withDatabase(world, async ({ database, codec }) => {
    const bytes = await readBytes(file);
    const organizations = new OrganizationStore(database);
    const station = await findStation(organizations, wanted);
    const zone = (await organizations.all()).find(({ id }) => id === station.organizationId)?.timeZone;
    const today = DateTime.fromJSDate(world.clock(), { zone: zone ?? 'Asia/Tokyo' }).toISODate() ?? '';
    const store = new SubscriberStore({ database, codec });

    const { difference, report } = await compare(store, station.id, bytes, today);
    const failed = report.errors.length > 0;
    if (!json) world.print(formatImportReport({ ...report, dryRun }).trimEnd());
    if (failed) process.exitCode = 1;
    if (!failed && !dryRun) await store.applyImport(station.id, difference, world.clock());
    const done: ImportReport = { ...report, dryRun, stored: !dryRun && !failed };
    if (json) world.print(JSON.stringify(done, null, 2));
    else if (done.stored && difference.added.length + difference.changed.length > 0) {
      world.print(`\n${difference.added.length + difference.changed.length}人を取り込みました。`);
    }
  });
}

/** What the file would change, as the report of a dry run: nothing is stored yet. */
async function compare(
  store: SubscriberStore,
  stationId: number,
  bytes: Uint8Array,
  today: string,
): Promise<{ difference: ImportDifference; report: ImportReport }> {
  const nothing: ImportDifference = { added: [], changed: [], unchanged: [] };
  const reading = readCsv(bytes);
  if (!reading.ok) {
    return { difference: nothing, report: buildImportReport({ errors: reading.errors, dryRun: true }) };
  }
  const subscribers = readSubscribers(reading.table, { today });
  const existing = await store.findByStation(stationId);
  const difference = compareImport(subscribers.rows, existing, subscribers.present);
  return { difference, report: buildImportReport({ ...subscribers, difference, dryRun: true }) };
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new CommandError(`${file} cannot be read: ${whyUnreadable[code] ?? code}`);
  }
}

const whyUnreadable: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'no permission to read it',
  EISDIR: 'it is a folder',
};
