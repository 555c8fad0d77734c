import type { Knex } from 'knex';

const erasable = ['subscribers', 'consultation_cases', 'consultation_cards', 'consultation_persons'] as const;

/** How long what is known of people is kept, what was erased when, and whom somebody asked to be forgotten. */
export async function up(knex: Knex): Promise<void> {
  for (const name of erasable) {
    await knex.schema.alterTable(name, (table) => {
      /** What was known of them is gone since; the row stays for the figures. */
      table.bigInteger('erased_at');
    });
  }
  /** Only what differs from the usual; 0: of the service itself. */
  await knex.schema.createTable('retention_rules', (table) => {
    table.increments('id');
    table.integer('organization_id').unsigned().notNullable();
    table.string('kind', 24).notNullable(); // see ruleKinds of src/retention/rules.ts
    table.integer('months').notNullable();
    table.integer('version').notNullable().defaultTo(1);
    table.bigInteger('updated_at').notNullable();
    table.integer('updated_by').unsigned().references('users.id');
    table.unique(['organization_id', 'kind']);
  });
  /** The days before this one have been gone through: nobody looks through years of them every night. */
  await knex.schema.createTable('retention_progress', (table) => {
    table.integer('organization_id').unsigned().notNullable();
    table.string('kind', 24).notNullable();
    table.string('done_until', 10).notNullable();
    table.primary(['organization_id', 'kind']);
  });
  /** What was erased, by number alone. Rows are only ever added. */
  await knex.schema.createTable('erasures', (table) => {
    table.increments('id');
    table.bigInteger('at').notNullable();
    /** 0: of the service itself. */
    table.integer('organization_id').unsigned().notNullable();
    /** A rule's kind, or `person`. */
    table.string('kind', 24).notNullable();
    table.integer('count').notNullable();
    table.string('cause', 8).notNullable(); // rule | request
    /** Who had it done now; null: the night, or somebody at the terminal. */
    table.integer('user_id').unsigned().references('users.id');
    table.index(['organization_id', 'id']);
  });
  await knex.schema.createTable('erasure_requests', (table) => {
    table.increments('id');
    table.integer('organization_id').unsigned().notNullable().references('organizations.id');
    table.integer('subscriber_id').unsigned().notNullable().references('subscribers.id');
    table.string('reason', 16).notNullable(); // see erasureReasons of src/retention/erasure-request.ts
    table.string('state', 10).notNullable().defaultTo('marked'); // marked | takenBack | done
    /** The subscriber, while it is marked: asked twice, it is one request. */
    table.integer('open_key').unsigned().unique();
    /** The first day on which it may be done. */
    table.string('erase_on', 10).notNullable();
    /** Withdrawn for this request's sake, and until when they would have been with us; given back when it is taken back. */
    table.boolean('withdrew').notNullable().defaultTo(false);
    table.string('withdrawn_before', 10);
    table.bigInteger('asked_at').notNullable();
    table.integer('asked_by').unsigned().references('users.id');
    table.bigInteger('settled_at');
    table.index(['state', 'erase_on']);
    table.index(['subscriber_id', 'id']);
  });
}

export async function down(knex: Knex): Promise<void> {
  for (const table of ['erasure_requests', 'erasures', 'retention_progress', 'retention_rules'])
    await knex.schema.dropTable(table);
  for (const name of erasable) await knex.schema.alterTable(name, (table) => table.dropColumn('erased_at'));
}
