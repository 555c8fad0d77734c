import type { Knex } from 'knex';

/** Times in which no check-in call may start, until the operator says so. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('dialling_holds', (table) => {
    table.increments('id');
    table.string('reason', 16).notNullable(); // restored | clockSkew | operator
    table.string('detail', 500).notNullable().defaultTo('');
    /** The moment from which on calls may have been made that this database knows nothing of; null: it knows all. */
    table.bigInteger('unknown_since');
    /** The reason while the hold is open, else null: one open hold of each kind. */
    table.string('open_key', 16).unique();
    table.bigInteger('opened_at').notNullable();
    table.bigInteger('released_at');
    /** Null: at the terminal. */
    table.integer('released_by').unsigned().references('users.id');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('dialling_holds');
}
