import type { Knex } from 'knex';

/** What was ordered of the exchange, by whom; and who was logged in there, in case it forgets. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('hotline_orders', (table) => {
    table.increments('id');
    table.integer('organization_id').unsigned().notNullable().references('organizations.id');
    /** An extension, or `api` for who holds the token of the API. */
    table.string('ordered_by', 32).notNullable();
    /** logIn | logOut | pause | resume | pullForward | listen | whisper | barge | callBack */
    table.string('what', 16).notNullable();
    /** The counsellor whom it is about. */
    table.string('extension', 8);
    table.integer('line_id').unsigned().references('hotline_lines.id');
    table.string('call_id', 48);
    table.integer('task_id').unsigned();
    table.string('reason', 80).notNullable().defaultTo('');
    table.bigInteger('ordered_at').notNullable();
    /** done | refused | noLink; null while the exchange has not answered. */
    table.string('answer', 16);
    table.bigInteger('answered_at');
    table.index(['organization_id', 'ordered_at']);
  });
  /** The members of the exchange's queues as they were last seen. */
  await knex.schema.createTable('hotline_members', (table) => {
    table.string('pbx_id', 32).notNullable();
    table.string('extension', 8).notNullable();
    table.integer('slot').notNullable();
    table.boolean('paused').notNullable();
    table.string('reason', 80).notNullable().defaultTo('');
    table.primary(['pbx_id', 'extension', 'slot']);
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('hotline_members');
  await knex.schema.dropTable('hotline_orders');
}
