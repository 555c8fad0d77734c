import type { Knex } from 'knex';

const versioned = ['organizations', 'stations', 'call_policies', 'hotline_lines'] as const;

/** What administrators change: versions of what two may edit, which fields were changed, and whom a mail invites. */
export async function up(knex: Knex): Promise<void> {
  for (const name of versioned) {
    await knex.schema.alterTable(name, (table) => {
      table.integer('version').notNullable().defaultTo(1);
    });
  }
  await knex.schema.alterTable('access_log', (table) => {
    /** JSON: which fields became what; personal ones by their name only. Null where nothing was changed. */
    table.text('changes');
  });
  await knex.schema.alterTable('mails', (table) => {
    /** A user's id, when the mail is their invitation: so that somebody can see whether it arrived. */
    table.integer('invited_user_id').unsigned();
    table.index(['invited_user_id', 'id']);
  });
  await knex.schema.createTable('operator_alert_acknowledgements', (table) => {
    table.integer('alert_id').unsigned().notNullable().primary().references('alerts.id');
    table.integer('user_id').unsigned().notNullable().references('users.id');
    table.bigInteger('at').notNullable();
  });
  await knex.schema.createTable('test_calls', (table) => {
    table.increments('id');
    /** Made by the page for one press of the button: pressed twice, it is one call. */
    table.string('press_key', 36).notNullable().unique();
    table.integer('user_id').unsigned().notNullable().references('users.id');
    table.text('number').notNullable();
    table.string('state', 8).notNullable(); // calling | ended
    /** An outcome's word, or noLink. */
    table.string('outcome', 24);
    table.integer('sip_status');
    table.bigInteger('started_at').notNullable();
    table.bigInteger('ended_at');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('test_calls');
  await knex.schema.dropTable('operator_alert_acknowledgements');
  await knex.schema.alterTable('mails', (table) => {
    table.dropIndex(['invited_user_id', 'id']);
    table.dropColumn('invited_user_id');
  });
  await knex.schema.alterTable('access_log', (table) => table.dropColumn('changes'));
  for (const name of versioned) await knex.schema.alterTable(name, (table) => table.dropColumn('version'));
}
