import type { Knex } from 'knex';

/** What a tenant's wallboard shows, and the television sets that show it. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('wallboard_settings', (table) => {
    table.integer('organization_id').unsigned().notNullable().primary().references('organizations.id');
    /** JSON, as `src/wallboard/wallboard-settings.ts` has it. */
    table.text('settings').notNullable();
    table.bigInteger('updated_at').notNullable();
  });
  await knex.schema.createTable('wallboard_screens', (table) => {
    table.increments('id');
    /** Null until somebody has entered the code that the screen shows. */
    table.integer('organization_id').unsigned().references('organizations.id');
    table.string('name', 100).notNullable().defaultTo('');
    table.string('state', 8).notNullable(); // waiting | paired | revoked
    /** What is on the screen while it waits; null from then on. */
    table.string('code_hash', 64).unique();
    /** The screen alone knows the token. */
    table.string('token_hash', 64).notNullable().unique();
    table.bigInteger('created_at').notNullable();
    /** Until when the code can be entered. */
    table.bigInteger('code_until').notNullable();
    table.bigInteger('paired_at');
    table.bigInteger('revoked_at');
    table.bigInteger('seen_at');
    table.index(['organization_id', 'state']);
    table.index(['state', 'code_until']);
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('wallboard_screens');
  await knex.schema.dropTable('wallboard_settings');
}
