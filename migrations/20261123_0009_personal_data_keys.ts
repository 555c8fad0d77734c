import type { Knex } from 'knex';

/** Which keys the personal values were encrypted with, room for what encryption makes of them, and an index by which a search learns of changes. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('personal_data_keys', (table) => {
    table.string('key_id', 24).notNullable().primary();
    /** An HMAC of a constant: tells a wrong key of this name, and nothing about the right one. */
    table.string('check_value', 64).notNullable();
    table.bigInteger('created_at').notNullable();
  });
  /** What was done once with all personal values. */
  await knex.schema.createTable('personal_data_passes', (table) => {
    table.string('what', 24).notNullable().primary(); // plainEncrypted
    table.bigInteger('done_at').notNullable();
  });
  await knex.schema.alterTable('subscribers', (table) => {
    table.index(['organization_id', 'id', 'updated_at'], 'subscribers_by_change');
  });
  // SQLite keeps to no length, and would write the tables anew.
  if (!isMariadb(knex)) return;
  await knex.raw("alter table pauses modify reason text not null default ''");
  await knex.raw("alter table referral_destinations modify note text not null default ''");
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('subscribers', (table) => {
    table.dropIndex(['organization_id', 'id', 'updated_at'], 'subscribers_by_change');
  });
  await knex.schema.dropTable('personal_data_passes');
  await knex.schema.dropTable('personal_data_keys');
}

function isMariadb(knex: Knex): boolean {
  return (knex.client as { config: { client: string } }).config.client === 'mysql2';
}
