import type { Knex } from 'knex';

/** The people's records as the console keeps them: versions, contacts, consents, what was changed by whom, and drafts of forms. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('subscribers', (table) => {
    /** Counts the changes: who saves over another's change is told. */
    table.integer('version').notNullable().defaultTo(1);
  });
  await knex.schema.alterTable('pauses', (table) => {
    table.bigInteger('created_at');
  });
  await knex.schema.createTable('subscriber_contacts', (table) => {
    table.increments('id');
    table.integer('subscriber_id').unsigned().notNullable().references('subscribers.id');
    /** In the order in which they are asked. */
    table.integer('position').notNullable();
    table.text('name').notNullable();
    table.text('relationship').notNullable();
    table.text('number').notNullable();
    table.text('mail').notNullable();
    table.string('consent', 24).notNullable(); // all | onlyWhenUnreachable | nothing
    table.string('consent_since', 10);
    table.text('consent_by').notNullable();
    table.boolean('key_holder').notNullable().defaultTo(false);
    table.text('notes').notNullable();
    table.index(['subscriber_id', 'position']);
  });
  /** What the person allowed to be told to whom, and when that changed. Rows are only ever added. */
  await knex.schema.createTable('subscriber_consents', (table) => {
    table.increments('id');
    table.integer('subscriber_id').unsigned().notNullable().references('subscribers.id');
    table.text('contact').notNullable();
    /** `removed` when they are no contact any more. */
    table.string('consent', 24).notNullable();
    table.string('since', 10);
    table.text('given_by').notNullable();
    table.bigInteger('at').notNullable();
    table.integer('user_id').unsigned().references('users.id');
    table.index(['subscriber_id', 'id']);
  });
  /** Who changed what of a person. Rows are only ever added. */
  await knex.schema.createTable('subscriber_changes', (table) => {
    table.increments('id');
    table.integer('subscriber_id').unsigned().notNullable().references('subscribers.id');
    table.bigInteger('at').notNullable();
    /** Null for a command at the terminal. */
    table.integer('user_id').unsigned().references('users.id');
    table.string('kind', 16).notNullable(); // see changeKinds of src/subscribers/person-changes.ts
    /** JSON: each field with what it was and what it became. */
    table.text('fields', 'mediumtext').notNullable();
    table.index(['subscriber_id', 'id']);
  });
  /** A form that was sent twice enrols once. */
  await knex.schema.createTable('subscriber_enrolments', (table) => {
    table.increments('id');
    table.integer('organization_id').unsigned().notNullable().references('organizations.id');
    /** Made by the page when the form is opened. */
    table.string('form_key', 64).notNullable();
    table.integer('subscriber_id').unsigned().references('subscribers.id');
    table.bigInteger('at').notNullable();
    table.unique(['organization_id', 'form_key']);
  });
  await knex.schema.createTable('form_drafts', (table) => {
    table.increments('id');
    table.integer('user_id').unsigned().notNullable().references('users.id');
    table.string('form', 32).notNullable();
    table.string('subject', 40).notNullable();
    table.text('body', 'mediumtext').notNullable();
    table.bigInteger('updated_at').notNullable().index();
    table.unique(['user_id', 'form', 'subject']);
  });
}

export async function down(knex: Knex): Promise<void> {
  for (const table of [
    'form_drafts',
    'subscriber_enrolments',
    'subscriber_changes',
    'subscriber_consents',
    'subscriber_contacts',
  ]) {
    await knex.schema.dropTable(table);
  }
  await knex.schema.alterTable('pauses', (table) => table.dropColumn('created_at'));
  await knex.schema.alterTable('subscribers', (table) => table.dropColumn('version'));
}
