import type { Database, Engine } from '../../src/storage/database.js';
import type { PersonalDataCodec } from '../../src/storage/personal-data.js';

/** All rows of all tables, decoded, by table; keys are those of the columns. */
export async function everyRow(
  database: Database,
  engine: Engine,
  codec: PersonalDataCodec,
): Promise<Map<string, Record<string, unknown>[]>> {
  const tables =
    engine === 'sqlite'
      ? await database('sqlite_master').where({ type: 'table' }).select<{ name: string }[]>('name')
      : await database('information_schema.tables')
          .whereRaw('table_schema = database()')
          .select<{ name: string }[]>('table_name as name');
  const found = new Map<string, Record<string, unknown>[]>();
  for (const { name } of tables) {
    const rows = await database(name).select<Record<string, unknown>[]>('*');
    const decode = (value: unknown): unknown => (typeof value === 'string' ? codec.decode(value) : value);
    found.set(
      name,
      rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, decode(value)]))),
    );
  }
  return found;
}

/** The columns, as `table.column`, that hold one of these words anywhere. */
export function columnsWith(
  rows: ReadonlyMap<string, readonly Record<string, unknown>[]>,
  words: readonly string[],
): string[] {
  const found = new Set<string>();
  for (const [table, all] of rows)
    for (const row of all)
      for (const [column, value] of Object.entries(row))
        if (typeof value === 'string' && words.some((word) => value.includes(word)))
          found.add(`${table}.${column}`);
  return [...found].sort();
}
