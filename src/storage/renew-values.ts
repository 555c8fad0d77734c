import { setTimeout as pause } from 'node:timers/promises';
import { personalColumns, type PersonalColumns } from './personal-columns.js';
import { keyIdOf, PersonalDataError, type PersonalDataCodec } from './personal-data.js';
import type { PersonalRow, PersonalValuesStore, ValueChange } from './personal-values-store.js';

export interface RenewedValues {
  renewed: number;
  /** Values that could not be read, as `table.column`: they were left as they are. */
  unreadable: string[];
}

export interface RenewOptions {
  store: PersonalValuesStore;
  codec: PersonalDataCodec;
  /** Given the id of the value's key, undefined for plain text. */
  wants: (keyId: string | undefined) => boolean;
  signal?: AbortSignal;
  /** Told when a table is done. */
  onTable?: (table: string, renewed: number) => void;
}

/** Small, so that nobody who writes waits long and the process stays free for calls. */
const pageRows = 200;
const pauseMs = 5;

/**
 * Encrypts stored values anew with the current key while others read and write them. It may be broken off at
 * any point and started again: what is done is passed over. Where the signal ends it, so does this, without error.
 */
export async function renewValues({
  store,
  codec,
  wants,
  signal,
  onTable,
}: RenewOptions): Promise<RenewedValues> {
  const total: RenewedValues = { renewed: 0, unreadable: [] };
  for (const of of personalColumns) {
    let renewed = 0;
    for (let after: PersonalRow | undefined; !signal?.aborted;) {
      const rows = await store.page(of, after, pageRows);
      const changes = rows.flatMap((row) => changesOf(row, of, { codec, wants }, total.unreadable));
      if (changes.length > 0) renewed += await store.replace(of, changes);
      after = rows.at(-1);
      if (rows.length < pageRows) break;
      await pause(pauseMs);
    }
    if (signal?.aborted) break;
    total.renewed += renewed;
    onTable?.(of.table, renewed);
  }
  return total;
}

function changesOf(
  row: PersonalRow,
  { table, columns }: PersonalColumns,
  { codec, wants }: Pick<RenewOptions, 'codec' | 'wants'>,
  unreadable: string[],
): ValueChange[] {
  return columns.flatMap((column) => {
    const stored = row[column];
    if (typeof stored !== 'string' || stored === '' || !wants(keyIdOf(stored))) return [];
    try {
      return [{ row, column, stored, renewed: codec.encode(codec.decode(stored)) }];
    } catch (error) {
      if (!(error instanceof PersonalDataError)) throw error;
      unreadable.push(`${table}.${column}`);
      return [];
    }
  });
}
