import type { Knex } from 'knex';

/** Due signs of life, the calls made for them, what was pressed, and what somebody must be told. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('check_ins', (table) => {
    table.increments('id');
    table.integer('organization_id').unsigned().notNullable().references('organizations.id');
    table.integer('station_id').unsigned().notNullable().references('stations.id');
    table.integer('subscriber_id').unsigned().notNullable().references('subscribers.id');
    table.integer('plan_id').unsigned().notNullable().references('check_in_plans.id');
    table.string('policy_preset', 24).notNullable();
    /** The day the plan names: with the plan it makes planning repeat-safe. */
    table.string('planned_on', 10).notNullable();
    /** The day it is really due on, and so the day in whose ledger it stands; differs when moved off a closed day. */
    table.string('due_on', 10).notNullable();
    table.bigInteger('due_at').notNullable();
    table.bigInteger('give_up_at').notNullable();
    table.string('state', 10).notNullable(); // due | calling | answered | alerted | confirmed | cancelled
    /** Last outcome word, or why it was cancelled. */
    table.string('result', 24);
    table.bigInteger('next_call_at').notNullable();
    table.integer('missed').notNullable().defaultTo(0);
    table.integer('rung').notNullable().defaultTo(0);
    table.integer('attempts').notNullable().defaultTo(0);
    table.bigInteger('settled_at');
    table.unique(['plan_id', 'planned_on']);
    table.index(['state', 'organization_id', 'next_call_at']);
    table.index(['state', 'give_up_at']);
    table.index(['station_id', 'due_on']);
    table.index(['station_id', 'planned_on']);
    table.index(['organization_id', 'due_on']);
    table.index(['subscriber_id', 'due_at']);
  });
  await knex.schema.createTable('attempts', (table) => {
    /** Our own id: the channel in the exchange bears it too. */
    table.string('id', 36).notNullable().primary();
    table.integer('check_in_id').unsigned().notNullable().references('check_ins.id');
    table.integer('subscriber_id').unsigned().notNullable().references('subscribers.id');
    table.string('pbx_id', 32).notNullable();
    table.integer('phone_position').notNullable();
    /** The number's look-up value while the call lives, else null: one call to one number at a time, by the database's word. */
    table.string('busy_number', 64).unique();
    table.string('state', 8).notNullable(); // calling | ended
    table.bigInteger('claimed_at').notNullable();
    table.bigInteger('ringing_at');
    table.bigInteger('answered_at');
    table.bigInteger('ended_at');
    table.boolean('started').notNullable().defaultTo(true);
    table.string('outcome', 24);
    table.integer('cause');
    table.integer('sip_status');
    table.string('hung_up_by', 8);
    table.string('settled_by', 8); // call | record
    table.index(['pbx_id', 'state']);
    table.index(['check_in_id']);
    /** Whether a call to somebody goes on is asked at every claim, and years of calls must not slow it. */
    table.index(['subscriber_id', 'state']);
  });
  await knex.schema.createTable('keys_pressed', (table) => {
    table.increments('id');
    table.string('attempt_id', 36).notNullable().references('attempts.id');
    table.integer('position').notNullable();
    table.string('digit', 1).notNullable();
    table.string('answer', 24);
    table.bigInteger('pressed_at').notNullable();
    table.unique(['attempt_id', 'position']);
  });
  await knex.schema.createTable('alerts', (table) => {
    table.increments('id');
    table.integer('organization_id').unsigned().references('organizations.id'); // null: for the operator
    table.integer('station_id').unsigned().references('stations.id');
    table.integer('subscriber_id').unsigned().references('subscribers.id');
    table.integer('check_in_id').unsigned().references('check_ins.id');
    table.string('reason', 24).notNullable();
    table.string('state', 8).notNullable().defaultTo('open'); // open | closed
    /** What makes an open alert the only one of its kind; null once it is closed. */
    table.string('open_key', 80).unique();
    table.string('detail', 500).notNullable().defaultTo('');
    table.bigInteger('opened_at').notNullable();
    table.bigInteger('closed_at');
    table.index(['state', 'opened_at']);
    table.index(['check_in_id']);
    table.index(['station_id', 'state']);
  });
  await knex.schema.createTable('call_ins', (table) => {
    table.increments('id');
    /** The exchange's id of the call: taken in once. */
    table.string('call_id', 64).notNullable();
    table.string('pbx_id', 32).notNullable();
    table.integer('subscriber_id').unsigned().references('subscribers.id');
    table.text('number').notNullable();
    table.string('number_lookup', 64).notNullable().index();
    table.bigInteger('called_at').notNullable();
    table.string('message_file', 200);
    table.unique(['pbx_id', 'call_id']);
    table.index(['subscriber_id', 'called_at']);
  });
  await knex.schema.createTable('pbx_leases', (table) => {
    table.string('pbx_id', 32).notNullable().primary();
    table.string('owner_id', 36).notNullable();
    table.string('host', 128).notNullable();
    table.integer('pid').notNullable();
    table.string('process_started', 64).notNullable();
    table.bigInteger('since').notNullable();
    table.bigInteger('renewed_at').notNullable();
  });
}

export async function down(knex: Knex): Promise<void> {
  for (const table of ['pbx_leases', 'call_ins', 'alerts', 'keys_pressed', 'attempts', 'check_ins']) {
    await knex.schema.dropTable(table);
  }
}
