import type { Knex } from 'knex';

/** Who may come in, how they prove it, what they were refused, and the mails that tell people. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('users', (table) => {
    table.increments('id');
    /** None for the operator. */
    table.integer('organization_id').unsigned().references('organizations.id');
    table.string('role', 16).notNullable(); // operator | tenantAdmin | station | counsellor | supervisor | auditor
    table.text('name').notNullable();
    table.text('mail').notNullable();
    table.string('mail_lookup', 64).notNullable().unique();
    table.integer('counsellor_id').unsigned().references('counsellors.id');
    table.string('state', 8).notNullable().defaultTo('invited'); // invited | active | disabled
    /** Argon2id in PHC form; none until the invitation is taken up. */
    table.string('password_hash', 255);
    table.text('totp_secret');
    /** Set up, and not yet proved to work. */
    table.text('totp_new_secret');
    /** The last step of time whose code was taken: no code counts twice. */
    table.integer('totp_last_step').notNullable().defaultTo(0);
    table.bigInteger('last_login_at');
    table.bigInteger('created_at').notNullable();
    table.index(['organization_id', 'id']);
  });
  await knex.schema.createTable('user_stations', (table) => {
    table.integer('user_id').unsigned().notNullable().references('users.id');
    table.integer('station_id').unsigned().notNullable().references('stations.id');
    table.primary(['user_id', 'station_id']);
  });
  /** Wrong passwords and codes in a row, of known and unknown mails alike: both take the same time. */
  await knex.schema.createTable('login_failures', (table) => {
    table.string('mail_lookup', 64).notNullable().primary();
    table.integer('failures').notNullable();
    table.bigInteger('locked_until').notNullable().defaultTo(0);
    table.bigInteger('last_at').notNullable().index();
  });
  await knex.schema.createTable('recovery_codes', (table) => {
    table.increments('id');
    table.integer('user_id').unsigned().notNullable().references('users.id');
    table.string('code_hash', 64).notNullable();
    table.bigInteger('used_at');
    table.unique(['user_id', 'code_hash']);
  });
  await knex.schema.createTable('user_sessions', (table) => {
    table.increments('id');
    table.integer('user_id').unsigned().notNullable().references('users.id');
    table.string('token_hash', 64).notNullable().unique();
    /** full | totp: a code is still to be given | totpSetup: the second factor is still to be set up. */
    table.string('stage', 12).notNullable();
    /** What the browser calls itself, for the person's own list. */
    table.text('device').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('seen_at').notNullable();
    table.bigInteger('expires_at').notNullable().index();
    table.index(['user_id', 'id']);
  });
  await knex.schema.createTable('user_links', (table) => {
    table.increments('id');
    table.integer('user_id').unsigned().notNullable().references('users.id');
    table.string('kind', 16).notNullable(); // invitation | passwordReset | login
    table.string('token_hash', 64).notNullable().unique();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('expires_at').notNullable();
    table.bigInteger('used_at');
    table.index(['user_id', 'kind', 'created_at']);
  });
  await knex.schema.createTable('mails', (table) => {
    table.increments('id');
    table.text('recipient').notNullable();
    table.text('subject').notNullable();
    /** Emptied when nobody needs it any more: it may hold a link that opens a door. */
    table.text('body').notNullable();
    table.string('state', 8).notNullable().defaultTo('waiting'); // waiting | sent | refused | expired
    table.integer('tries').notNullable().defaultTo(0);
    table.bigInteger('next_try_at').notNullable();
    /** After this it says nothing true any more, and is not sent. */
    table.bigInteger('expires_at').notNullable();
    table.string('last_fault', 40);
    table.bigInteger('created_at').notNullable();
    table.bigInteger('settled_at');
    table.index(['state', 'next_try_at']);
  });
  await knex.schema.createTable('access_log', (table) => {
    table.increments('id');
    table.bigInteger('at').notNullable();
    /** Null when nobody of that mail is known, and for the machine account. */
    table.integer('user_id').unsigned().references('users.id');
    /** Whose data it was about; null for the service itself. */
    table.integer('organization_id').unsigned().references('organizations.id');
    table.string('what', 24).notNullable(); // see accessKinds of src/users/access-log-store.ts
    /** A permission, or the way of coming in. */
    table.string('detail', 40).notNullable().defaultTo('');
    table.string('subject', 24).notNullable().defaultTo('');
    table.integer('subject_id').unsigned();
    /** Free text of the one who looked. */
    table.text('reason').notNullable();
    /** Network address. */
    table.text('address').notNullable();
    table.index(['organization_id', 'at']);
    table.index(['user_id', 'at']);
    table.index(['subject', 'subject_id', 'at']);
  });
}

export async function down(knex: Knex): Promise<void> {
  for (const table of [
    'access_log',
    'mails',
    'user_links',
    'user_sessions',
    'recovery_codes',
    'login_failures',
    'user_stations',
    'users',
  ]) {
    await knex.schema.dropTable(table);
  }
}
