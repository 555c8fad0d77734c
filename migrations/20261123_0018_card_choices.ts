import type { Knex } from 'knex';

/** What a tenant calls the choices of its consultation cards, and which of them it offers. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('card_choice_lists', (table) => {
    table.integer('organization_id').unsigned().notNullable().references('organizations.id');
    /** Such as `troubles`. */
    table.string('list', 24).notNullable();
    /** JSON: every choice in its order, retired ones too, for old cards name them. */
    table.text('choices').notNullable();
    table.integer('version').notNullable();
    table.bigInteger('updated_at').notNullable();
    table.primary(['organization_id', 'list']);
  });
  await knex.schema.alterTable('counting_rules', (table) => {
    table.integer('version').notNullable().defaultTo(1);
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('counting_rules', (table) => table.dropColumn('version'));
  await knex.schema.dropTable('card_choice_lists');
}
