import type { Knex } from 'knex';

/** Lines that people call, counsellors who answer them, and the calls as the exchange's own log tells them. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('hotline_lines', (table) => {
    table.increments('id');
    table.integer('organization_id').unsigned().notNullable().references('organizations.id');
    /** 1 to 32: the queue that stands ready for it in the exchange. */
    table.integer('slot').notNullable().unique();
    table.string('name', 100).notNullable();
    /** The ordinary number that our own calls show: a toll-free number can't be shown. */
    table.string('shown_number', 16).notNullable();
    /** JSON: seven lists of `{from, until}`, Monday first, `HH:mm`, until may be 24:00. */
    table.text('week').notNullable();
    table.boolean('closed_on_holidays').notNullable().defaultTo(true);
    table.boolean('closed_at_year_end').notNullable().defaultTo(true);
    table.boolean('records_calls').notNullable().defaultTo(true);
    table.integer('recording_days').notNullable().defaultTo(90);
    table.integer('max_wait_seconds').notNullable().defaultTo(600);
    table.integer('service_level_seconds').notNullable().defaultTo(20);
    /** Who hangs up before this has dialled wrongly or thought better of it: told apart from the abandoned. */
    table.integer('short_abandon_seconds').notNullable().defaultTo(5);
    table.bigInteger('created_at').notNullable();
  });
  await knex.schema.createTable('hotline_numbers', (table) => {
    /** Digits of a number that leads to the line. */
    table.string('number', 16).notNullable().primary();
    table.integer('line_id').unsigned().notNullable().references('hotline_lines.id');
  });
  await knex.schema.createTable('hotline_closures', (table) => {
    table.increments('id');
    table.integer('line_id').unsigned().notNullable().references('hotline_lines.id');
    table.string('from_on', 10).notNullable();
    table.string('until_on', 10).notNullable();
    table.string('reason', 200).notNullable();
    table.unique(['line_id', 'from_on', 'until_on']);
  });
  await knex.schema.createTable('counsellors', (table) => {
    table.increments('id');
    table.integer('organization_id').unsigned().notNullable().references('organizations.id');
    table.text('name').notNullable();
    /** Three digits: what colleagues dial, and the name of the SIP account. */
    table.string('extension', 3).notNullable().unique();
    table.text('sip_secret').notNullable();
    /** The phone stands outside the office: TLS and SRTP only. */
    table.boolean('outside').notNullable().defaultTo(false);
    table.boolean('supervises').notNullable().defaultTo(false);
    table.integer('outgoing_seconds_per_day').notNullable().defaultTo(7200);
    table.string('state', 8).notNullable().defaultTo('active'); // active | removed
    table.bigInteger('created_at').notNullable();
    table.bigInteger('removed_at');
  });
  await knex.schema.createTable('counsellor_lines', (table) => {
    table.integer('counsellor_id').unsigned().notNullable().references('counsellors.id');
    table.integer('line_id').unsigned().notNullable().references('hotline_lines.id');
    table.primary(['counsellor_id', 'line_id']);
  });
  await knex.schema.createTable('queue_log_positions', (table) => {
    table.string('pbx_id', 32).notNullable().primary();
    /** Tells a file that took the old one's place from the old one. */
    table.string('file_id', 40).notNullable();
    table.bigInteger('position').notNullable();
    table.bigInteger('updated_at').notNullable();
  });
  await knex.schema.createTable('hotline_calls', (table) => {
    table.increments('id');
    table.string('pbx_id', 32).notNullable();
    /** The caller's channel, or the counsellor's for an outgoing call. */
    table.string('call_id', 48).notNullable();
    table.integer('line_id').unsigned().references('hotline_lines.id');
    table.string('direction', 8).notNullable(); // incoming | outgoing | callBack
    table.text('number').notNullable();
    table.string('number_lookup', 64).notNullable();
    /** greeting | menu | queue | talk | callBack | message | closed, while the call goes on and when it ended. */
    table.string('stage', 12).notNullable();
    /** How the waiting ended: answered | abandoned | callBack | message | overflow | noCounsellor | closed | exchangeFailed | refused */
    table.string('result', 16);
    table.bigInteger('arrived_at').notNullable();
    table.bigInteger('joined_at');
    table.bigInteger('left_queue_at');
    table.bigInteger('answered_at');
    table.bigInteger('ended_at');
    table.string('answered_by', 8);
    table.integer('rings_unanswered').notNullable().defaultTo(0);
    table.boolean('refused_recording').notNullable().defaultTo(false);
    /** Where a counsellor passed the call on to. */
    table.text('transferred_to');
    table.string('dial_status', 16);
    table.integer('task_id').unsigned();
    table.unique(['pbx_id', 'call_id']);
    table.index(['line_id', 'arrived_at']);
    table.index(['ended_at', 'pbx_id']);
    table.index(['number_lookup', 'arrived_at']);
  });
  /** When a counsellor was there, paused or away, as the exchange tells it: for occupancy and the day's record. */
  await knex.schema.createTable('counsellor_presences', (table) => {
    table.increments('id');
    table.string('pbx_id', 32).notNullable();
    table.string('extension', 8).notNullable();
    table.integer('line_id').unsigned().references('hotline_lines.id');
    table.string('what', 8).notNullable(); // in | out | paused | resumed
    table.string('reason', 80).notNullable().defaultTo('');
    table.bigInteger('at').notNullable();
    table.index(['extension', 'at']);
  });
  await knex.schema.createTable('hotline_tasks', (table) => {
    table.increments('id');
    table.integer('organization_id').unsigned().notNullable().references('organizations.id');
    table.integer('line_id').unsigned().notNullable().references('hotline_lines.id');
    table.string('kind', 8).notNullable(); // callBack | message
    table.string('pbx_id', 32).notNullable();
    /** The call that asked for it: one task per call and kind. */
    table.string('call_id', 48).notNullable();
    table.text('number').notNullable();
    table.string('number_lookup', 64).notNullable();
    /** The place in the line of waiting people: the moment of joining. */
    table.bigInteger('place_at').notNullable();
    table.bigInteger('due_at').notNullable();
    table.string('state', 14).notNullable().defaultTo('open'); // open | taken | done | otherChannel
    table.integer('owner_id').unsigned().references('counsellors.id');
    table.integer('failures').notNullable().defaultTo(0);
    table.text('note').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('settled_at');
    table.unique(['pbx_id', 'call_id', 'kind']);
    table.index(['state', 'organization_id', 'place_at']);
    table.index(['number_lookup', 'created_at']);
  });
  /** Recordings of talks and messages; the sound itself lies encrypted in a file. */
  await knex.schema.createTable('voice_files', (table) => {
    table.increments('id');
    table.string('pbx_id', 32).notNullable();
    table.string('call_id', 48).notNullable();
    table.integer('line_id').unsigned().notNullable().references('hotline_lines.id');
    table.string('kind', 9).notNullable(); // recording | message
    /** Where the exchange left it. */
    table.string('spool_file', 255).notNullable();
    /** Our own encrypted file, below the data folder; null until it is taken in. */
    table.string('stored_file', 120);
    table.integer('seconds');
    table.string('state', 8).notNullable().defaultTo('spooled'); // spooled | kept | lost | deleted
    table.bigInteger('created_at').notNullable();
    table.bigInteger('delete_at').notNullable();
    table.bigInteger('deleted_at');
    table.unique(['pbx_id', 'call_id', 'kind']);
    table.index(['state', 'delete_at']);
  });
}

export async function down(knex: Knex): Promise<void> {
  for (const table of [
    'voice_files',
    'hotline_tasks',
    'counsellor_presences',
    'hotline_calls',
    'queue_log_positions',
    'counsellor_lines',
    'counsellors',
    'hotline_closures',
    'hotline_numbers',
    'hotline_lines',
  ]) {
    await knex.schema.dropTable(table);
  }
}
