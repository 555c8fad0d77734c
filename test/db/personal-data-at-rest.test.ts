import assert from 'node:assert/strict';
import type { Database } from '../../src/storage/database.js';
import { personalColumns } from '../../src/storage/personal-columns.js';
import { onBothDatabases } from '../support/both-databases.js';
import { fillMarkedTown, marks } from '../support/marked-town.js';
import { testCodec } from '../support/test-codec.js';

/** Columns that hold plain words of people, each with the reason. */
const plainOnPurpose: Record<string, string> = {
  'organizations.name': 'the public name of a municipality or a company',
  'stations.name': 'the public name of an office',
  'hotline_lines.name': 'the public name of a service',
  'hotline_closures.reason': 'why an office is shut; stands on its door',
  'referral_destinations.name': 'the public name of an office',
  'referral_destinations.phone': 'the public number of an office',
  'hotline_orders.reason': 'a counsellor’s word to the exchange, which shows it as it is',
  'hotline_members.reason': 'the same word as the exchange gave it back',
  'wallboard_screens.name': 'where a television hangs',
};

describe('the database at rest', () => {
  onBothDatabases((open) => {
    let database: Database;
    let columns: Map<string, unknown[]>;
    beforeEach(async () => {
      database = await open();
      await fillMarkedTown(database, testCodec());
      columns = await everyColumn(database, open.engine);
    });

    it('holds no word about a person but encrypted, in whatever column', () => {
      const words = Object.values(marks);
      const plain = [...columns]
        .filter(([, values]) =>
          values.some((value) => typeof value === 'string' && words.some((word) => value.includes(word))),
        )
        .map(([name]) => name);
      assert.deepEqual(plain.sort(), Object.keys(plainOnPurpose).sort());
    });

    it('has something encrypted in each column of the list, and in no other', () => {
      const encrypted = [...columns]
        .filter(([, values]) => values.some((value) => /^enc:1:tests:[\w-]{38,}$/.test(String(value))))
        .map(([name]) => name);
      const listed = personalColumns.flatMap(({ table, columns: of }) =>
        of.map((name) => `${table}.${name}`),
      );
      assert.deepEqual(encrypted.sort(), listed.sort());
    });

    it('has in these columns nothing that is neither encrypted nor empty', () => {
      const plain = personalColumns.flatMap(({ table, columns: of }) =>
        of.filter((name) =>
          columns.get(`${table}.${name}`)?.some((value) => typeof value === 'string' && !/^(enc:1:|$)/.test(value)),
        ),
      );
      assert.deepEqual(plain, []);
    });

    it('has room for what encryption makes of long texts', async () => {
      const type = await columnTypes(database, open.engine);
      const short = personalColumns.flatMap(({ table, columns: of }) =>
        of
          .filter((name) => !/text$/i.test(type.get(`${table}.${name}`) ?? ''))
          .map((name) => `${table}.${name}`),
      );
      // SQLite has no limit, whatever the type says.
      assert.deepEqual(
        short,
        open.engine === 'sqlite' ? ['pauses.reason', 'referral_destinations.note'] : [],
      );
    });
  });
});

/** All values of all columns, by `table.column`. */
async function everyColumn(database: Database, engine: string): Promise<Map<string, unknown[]>> {
  const found = new Map<string, unknown[]>();
  for (const table of await tableNames(database, engine)) {
    for (const row of await database(table).select<Record<string, unknown>[]>('*')) {
      for (const [column, value] of Object.entries(row)) {
        const name = `${table}.${column}`;
        found.set(name, [...(found.get(name) ?? []), value]);
      }
    }
  }
  return found;
}

async function tableNames(database: Database, engine: string): Promise<string[]> {
  const rows =
    engine === 'sqlite'
      ? await database('sqlite_master').where({ type: 'table' }).select<{ name: string }[]>('name')
      : await database('information_schema.tables')
          .whereRaw('table_schema = database()')
          .select<{ name: string }[]>('table_name as name');
  return rows.map(({ name }) => name);
}

async function columnTypes(database: Database, engine: string): Promise<Map<string, string>> {
  const types = new Map<string, string>();
  for (const table of await tableNames(database, engine)) {
    const info = (await database(table).columnInfo()) as unknown as Record<string, { type: string }>;
    for (const [column, { type }] of Object.entries(info)) types.set(`${table}.${column}`, type);
  }
  return types;
}
