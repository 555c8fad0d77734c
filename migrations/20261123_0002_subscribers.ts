import type { Knex } from 'knex';

/** The people we call. Columns of personal data hold what the codec makes of them; `*_lookup` is an HMAC for exact search. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('subscribers', (table) => {
    table.increments('id');
    table.integer('organization_id').unsigned().notNullable().references('organizations.id');
    table.integer('station_id').unsigned().notNullable().references('stations.id');
    table.text('member_number').notNullable();
    table.string('member_number_lookup', 64).notNullable();
    table.text('name').notNullable();
    table.text('kana').notNullable();
    table.text('birth_date');
    table.string('enrolled_on', 10).notNullable();
    table.string('withdrawn_on', 10);
    table.string('prompt_language', 8).notNullable().defaultTo('ja');
    table.string('speech_rate', 8).notNullable().defaultTo('slow');
    table.integer('ring_seconds').notNullable().defaultTo(45);
    table.text('notes').notNullable();
    /** End of the last call to this person, for the minimum gap. */
    table.bigInteger('last_called_at');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('updated_at').notNullable();
    table.unique(['station_id', 'member_number_lookup']);
    table.index(['organization_id', 'member_number_lookup']);
  });
  await knex.schema.createTable('phone_numbers', (table) => {
    table.increments('id');
    table.integer('subscriber_id').unsigned().notNullable().references('subscribers.id');
    table.integer('position').notNullable();
    table.text('number').notNullable();
    table.string('number_lookup', 64).notNullable().index();
    table.string('tone_profile', 8).notNullable().defaultTo('tone'); // tone | pulse | noTone
    table.unique(['subscriber_id', 'position']);
  });
  await knex.schema.createTable('check_in_plans', (table) => {
    table.increments('id');
    table.integer('organization_id').unsigned().notNullable().references('organizations.id');
    table.integer('subscriber_id').unsigned().notNullable().references('subscribers.id');
    table.string('kind', 8).notNullable(); // weekly | daily | once
    /** JSON: ISO weekdays of a weekly plan. */
    table.string('weekdays', 32).notNullable().defaultTo('[]');
    table.string('once_on', 10);
    table.string('time', 5).notNullable();
    table.string('policy_preset', 24).notNullable();
    /** No check-in before this moment is made up for: the plan did not exist then. */
    table.bigInteger('starts_at').notNullable();
    /** Check-ins of days before this date are written; the planner goes on from here, after downtime too. */
    table.string('planned_until', 10).notNullable();
    table.string('ended_on', 10);
    table.index(['organization_id', 'planned_until']);
    table.index(['subscriber_id']);
  });
  await knex.schema.createTable('pauses', (table) => {
    table.increments('id');
    table.integer('subscriber_id').unsigned().notNullable().references('subscribers.id');
    table.string('from_on', 10).notNullable();
    /** The last day of the pause: a pause always ends. */
    table.string('until_on', 10).notNullable();
    table.string('reason', 200).notNullable().defaultTo('');
    table.index(['subscriber_id', 'until_on']);
  });
}

export async function down(knex: Knex): Promise<void> {
  for (const table of ['pauses', 'check_in_plans', 'phone_numbers', 'subscribers'])
    await knex.schema.dropTable(table);
}
