import type { Knex } from 'knex';

/**
 * People who ask for help, what they asked, and what became of it. What is said about a person is one coded
 * column of JSON; beside it stands only what lists and counts need.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('consultation_cases', (table) => {
    table.increments('id');
    table.integer('organization_id').unsigned().notNullable().references('organizations.id');
    table.text('title').notNullable();
    table.string('state', 8).notNullable().defaultTo('open'); // open | closed
    table.bigInteger('opened_at').notNullable();
    table.bigInteger('closed_at');
    table.index(['organization_id', 'state', 'opened_at']);
  });
  await knex.schema.createTable('consultation_persons', (table) => {
    table.increments('id');
    table.integer('organization_id').unsigned().notNullable().references('organizations.id');
    table.text('content', 'mediumtext').notNullable();
    /** The same person in the check-in service. */
    table.integer('subscriber_id').unsigned().references('subscribers.id');
    table.integer('version').notNullable().defaultTo(1);
    table.bigInteger('created_at').notNullable();
    table.bigInteger('updated_at').notNullable();
    table.index(['organization_id', 'created_at']);
  });
  await knex.schema.createTable('consultation_person_phones', (table) => {
    table.integer('person_id').unsigned().notNullable().references('consultation_persons.id');
    table.string('number_lookup', 64).notNullable();
    table.primary(['person_id', 'number_lookup']);
    table.index(['number_lookup']);
  });
  await knex.schema.createTable('consultation_case_persons', (table) => {
    table.integer('case_id').unsigned().notNullable().references('consultation_cases.id');
    table.integer('person_id').unsigned().notNullable().references('consultation_persons.id');
    table.string('role', 10).notNullable(); // principal | visitor | household
    /** What a visitor is to the principal. */
    table.text('relationship').notNullable();
    table.primary(['case_id', 'person_id']);
    table.index(['person_id']);
  });
  await knex.schema.createTable('consultation_cards', (table) => {
    table.increments('id');
    table.integer('organization_id').unsigned().notNullable().references('organizations.id');
    table.integer('case_id').unsigned().references('consultation_cases.id');
    /** The principal, once known as a person. */
    table.integer('person_id').unsigned().references('consultation_persons.id');
    table.integer('subscriber_id').unsigned().references('subscribers.id');
    /** `<pbx>/<call>` of the call that opened it: one card for a call. */
    table.string('opening_call', 81).unique();
    table.string('number_lookup', 64).notNullable().defaultTo('');
    table.string('state', 8).notNullable().defaultTo('draft'); // draft | finished
    table.integer('version').notNullable().defaultTo(1);
    table.string('channel', 8).notNullable(); // phone | visit | mail | outreach
    table.string('triage', 12);
    table.bigInteger('received_at').notNullable();
    table.integer('received_by').unsigned().references('counsellors.id');
    table.text('content', 'mediumtext').notNullable();
    table.integer('saved_by').unsigned().references('counsellors.id');
    table.bigInteger('saved_at').notNullable();
    table.bigInteger('finished_at');
    table.index(['organization_id', 'received_at']);
    table.index(['organization_id', 'state', 'received_at']);
    // Named by hand: the name that knex would give is too long for MariaDB.
    table.index(['number_lookup', 'organization_id', 'received_at'], 'consultation_cards_by_number');
    table.index(['case_id']);
    table.index(['subscriber_id']);
  });
  /** The text of a card each time it was finished, and by whom: a later draft takes nothing away. */
  await knex.schema.createTable('consultation_card_revisions', (table) => {
    table.integer('card_id').unsigned().notNullable().references('consultation_cards.id');
    table.integer('version').notNullable();
    table.string('what', 8).notNullable(); // finished | reopened
    table.text('content', 'mediumtext').notNullable();
    table.integer('saved_by').unsigned().references('counsellors.id');
    table.bigInteger('saved_at').notNullable();
    table.primary(['card_id', 'version']);
  });
  await knex.schema.createTable('consultation_card_calls', (table) => {
    table.string('pbx_id', 32).notNullable();
    table.string('call_id', 48).notNullable();
    table.integer('card_id').unsigned().notNullable().references('consultation_cards.id');
    table.primary(['pbx_id', 'call_id']);
    table.index(['card_id']);
  });
  await knex.schema.createTable('support_actions', (table) => {
    table.increments('id');
    table.integer('organization_id').unsigned().notNullable().references('organizations.id');
    table.integer('case_id').unsigned().notNullable().references('consultation_cases.id');
    table.integer('person_id').unsigned().references('consultation_persons.id');
    table.string('kind', 14).notNullable(); // phone | interview | visit | accompaniment | letter
    table.string('category', 14).notNullable(); // preMoveIn | inTenancy | endOfTenancy | seminar
    /** Nothing but information was given: such an action alone does not make a case a handled one. */
    table.boolean('information_only').notNullable().defaultTo(false);
    table.integer('worker_id').unsigned().notNullable().references('counsellors.id');
    table.bigInteger('started_at').notNullable();
    table.integer('minutes').notNullable();
    table.text('note', 'mediumtext').notNullable();
    table.bigInteger('created_at').notNullable();
    table.index(['organization_id', 'started_at']);
    table.index(['case_id', 'started_at']);
  });
  await knex.schema.createTable('referral_destinations', (table) => {
    table.increments('id');
    table.integer('organization_id').unsigned().notNullable().references('organizations.id');
    table.string('name', 200).notNullable();
    table.string('kind', 24).notNullable();
    table.string('phone', 16).notNullable();
    table.string('note', 1000).notNullable().defaultTo('');
    table.string('state', 8).notNullable().defaultTo('active'); // active | removed
    table.bigInteger('created_at').notNullable();
    table.index(['organization_id', 'state']);
  });
  await knex.schema.createTable('referrals', (table) => {
    table.increments('id');
    table.integer('organization_id').unsigned().notNullable().references('organizations.id');
    table.integer('case_id').unsigned().notNullable().references('consultation_cases.id');
    table.integer('destination_id').unsigned().notNullable().references('referral_destinations.id');
    table.string('consent', 12).notNullable(); // spoken | written | emergency
    table.string('asked_on', 10).notNullable();
    table.string('answer_due_on', 10);
    table.string('answered_on', 10);
    table.string('result', 12); // accepted | refused | noAnswer | withdrawn
    table.text('told', 'mediumtext').notNullable();
    table.text('answer', 'mediumtext').notNullable();
    table.integer('asked_by').unsigned().references('counsellors.id');
    table.bigInteger('created_at').notNullable();
    table.index(['organization_id', 'result', 'answer_due_on']);
    table.index(['organization_id', 'asked_on']);
    table.index(['case_id']);
  });
  await knex.schema.createTable('concluded_leases', (table) => {
    table.increments('id');
    table.integer('organization_id').unsigned().notNullable().references('organizations.id');
    table.integer('case_id').unsigned().notNullable().references('consultation_cases.id');
    table.integer('person_id').unsigned().references('consultation_persons.id');
    table.string('signed_on', 10).notNullable();
    table.text('content').notNullable();
    /** It was entered by mistake, or came undone; it counts no more. */
    table.bigInteger('voided_at');
    table.bigInteger('created_at').notNullable();
    table.index(['organization_id', 'signed_on']);
    table.index(['case_id']);
  });
  await knex.schema.createTable('counting_rules', (table) => {
    table.integer('organization_id').unsigned().notNullable().primary().references('organizations.id');
    /** JSON, checked by countingRulesSchema on the way in and out. */
    table.text('rules').notNullable();
    table.bigInteger('updated_at').notNullable();
  });
  /** Who heard a person's voice, and why. */
  await knex.schema.createTable('voice_listenings', (table) => {
    table.increments('id');
    table.integer('voice_file_id').unsigned().notNullable().references('voice_files.id');
    table.integer('counsellor_id').unsigned().notNullable().references('counsellors.id');
    table.text('reason').notNullable();
    table.bigInteger('at').notNullable();
    table.index(['voice_file_id', 'at']);
  });
  await knex.schema.createTable('voice_deletions', (table) => {
    table.increments('id');
    table.integer('voice_file_id').unsigned().notNullable().references('voice_files.id');
    /** What was deleted: the kept file, or what had never been taken out of the spool. */
    table.string('what', 8).notNullable(); // kept | spooled
    table.bigInteger('at').notNullable();
    table.index(['voice_file_id']);
  });
}

export async function down(knex: Knex): Promise<void> {
  for (const table of [
    'voice_deletions',
    'voice_listenings',
    'counting_rules',
    'concluded_leases',
    'referrals',
    'referral_destinations',
    'support_actions',
    'consultation_card_calls',
    'consultation_card_revisions',
    'consultation_cards',
    'consultation_case_persons',
    'consultation_person_phones',
    'consultation_persons',
    'consultation_cases',
  ]) {
    await knex.schema.dropTable(table);
  }
}
