import type { Knex } from 'knex';

/** The changes of the schema that the database has had, in their order; none in an empty one. */
export async function appliedMigrations(database: Knex): Promise<string[]> {
  if (!(await database.schema.hasTable('knex_migrations'))) return [];
  const rows = await database('knex_migrations').orderBy('id').select<{ name: string }[]>('name');
  return rows.map(({ name }) => name);
}

/** Whether somebody changes the schema now, or died while doing so. */
export async function isSchemaLocked(database: Knex): Promise<boolean> {
  if (!(await database.schema.hasTable('knex_migrations_lock'))) return false;
  const row = await database('knex_migrations_lock').first<{ is_locked: number } | undefined>('is_locked');
  return row?.is_locked === 1;
}

/** Keeps everybody from starting on a database that is being filled, also when we die while we fill it. */
export async function lockSchema(database: Knex, locked: boolean): Promise<void> {
  await database('knex_migrations_lock').update({ is_locked: locked ? 1 : 0 });
}
