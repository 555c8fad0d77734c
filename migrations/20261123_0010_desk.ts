import type { Knex } from 'knex';

/** The station's work: who sees to an alert and what was done, calls to people by click, and mails that tell of alerts. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('alerts', (table) => {
    /** Who sees to it now; null: nobody yet. */
    table.integer('owner_id').unsigned();
    table.bigInteger('taken_at');
    table.integer('closed_by').unsigned();
    /** How it ended, in a word of src/alerts/alert-work.ts; null for an alert that ended by itself. */
    table.string('close_reason', 24);
    /** What is still to be told by mail: opened | closed; null: nothing. */
    table.string('mail_due', 8).defaultTo('opened').index();
    table.index(['organization_id', 'state']);
    table.index(['station_id', 'closed_at']);
    table.index(['subscriber_id', 'opened_at']);
  });
  // Nobody is told today of what opened before anybody could be told.
  await knex('alerts').update({ mail_due: null });
  /** What people did about an alert, or about a check-in that has none; rows are only ever added. */
  await knex.schema.createTable('alert_events', (table) => {
    table.increments('id');
    table.integer('alert_id').unsigned().references('alerts.id');
    table.integer('check_in_id').unsigned().references('check_ins.id');
    table.string('kind', 12).notNullable(); // taken | noted | closed | reopened | confirmed | withdrawn
    /** None: at the terminal. */
    table.integer('user_id').unsigned().references('users.id');
    table.string('reason', 24);
    table.text('words').notNullable();
    /** JSON of the check-in's columns as they were before, so that the step can be taken back. */
    table.string('before', 200);
    table.bigInteger('at').notNullable();
    table.index(['alert_id', 'at']);
    table.index(['check_in_id', 'at']);
  });
  await knex.schema.alterTable('stations', (table) => {
    /** The telephone that rings when somebody there phones a person by click. */
    table.text('desk_number');
    /** JSON: reasons of alerts that are told by mail; null: all. */
    table.string('mail_reasons', 400);
  });
  await knex.schema.createTable('station_calls', (table) => {
    /** Our own id: the channel in the exchange bears it too. */
    table.string('id', 36).notNullable().primary();
    table.integer('organization_id').unsigned().notNullable().references('organizations.id');
    table.integer('station_id').unsigned().notNullable().references('stations.id');
    table.integer('subscriber_id').unsigned().notNullable().references('subscribers.id');
    table.integer('alert_id').unsigned().references('alerts.id');
    table.integer('check_in_id').unsigned().references('check_ins.id');
    table.integer('user_id').unsigned().references('users.id');
    table.string('pbx_id', 32).notNullable();
    /** Whom it is to, while it is open: two clicks are one call. Null once it has ended. */
    table.string('open_key', 40).unique();
    table.string('state', 12).notNullable(); // callingDesk | callingThem | talking | ended
    table.string('outcome', 24);
    table.bigInteger('placed_at').notNullable();
    table.bigInteger('desk_answered_at');
    table.bigInteger('answered_at');
    table.bigInteger('ended_at');
    table.index(['pbx_id', 'state']);
    table.index(['station_id', 'placed_at']);
    table.index(['subscriber_id', 'placed_at']);
    table.index(['alert_id']);
  });
  /** Whom a station's alerts are told besides its users. */
  await knex.schema.createTable('station_contacts', (table) => {
    table.increments('id');
    table.integer('station_id').unsigned().notNullable().references('stations.id');
    table.text('name').notNullable();
    table.text('mail').notNullable();
    table.string('mail_lookup', 64).notNullable();
    table.boolean('is_on').notNullable().defaultTo(true);
    table.bigInteger('created_at').notNullable();
    table.unique(['station_id', 'mail_lookup']);
  });
  /** Users of a station who want no mail of its alerts. */
  await knex.schema.createTable('alert_mail_refusals', (table) => {
    table.integer('user_id').unsigned().notNullable().references('users.id');
    table.integer('station_id').unsigned().notNullable().references('stations.id');
    table.primary(['user_id', 'station_id']);
  });
  await knex.schema.createTable('alert_mails', (table) => {
    table.increments('id');
    table.integer('alert_id').unsigned().notNullable().references('alerts.id');
    table.string('kind', 8).notNullable(); // opened | closed
    /** None: nobody is there to be told. */
    table.integer('mail_id').unsigned().references('mails.id');
    /** Who it goes to, in words. */
    table.text('name').notNullable();
    table.bigInteger('created_at').notNullable();
    table.index(['alert_id']);
    table.index(['created_at']);
  });
}

export async function down(knex: Knex): Promise<void> {
  const tables = ['alert_mails', 'alert_mail_refusals', 'station_contacts', 'station_calls', 'alert_events'];
  for (const table of tables) await knex.schema.dropTable(table);
  await knex.schema.alterTable('stations', (table) => table.dropColumns('desk_number', 'mail_reasons'));
  await knex.schema.alterTable('alerts', (table) => {
    table.dropIndex(['mail_due']);
    table.dropIndex(['organization_id', 'state']);
    table.dropIndex(['station_id', 'closed_at']);
    table.dropIndex(['subscriber_id', 'opened_at']);
    table.dropColumns('owner_id', 'taken_at', 'closed_by', 'close_reason', 'mail_due');
  });
}
