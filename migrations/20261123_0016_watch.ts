import type { Knex } from 'knex';

/** One row per watcher, written over and over: whether the database takes what is written. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('watch_beats', (table) => {
    /** The exchange's id, or `doctor`. */
    table.string('who', 40).notNullable().primary();
    table.bigInteger('beaten_at').notNullable();
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('watch_beats');
}
