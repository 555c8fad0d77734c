import type { Knex } from 'knex';

/** Tenants, their stations and calendars. Instants are ms since 1970 UTC everywhere; dates are `YYYY-MM-DD` in the tenant's zone. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('organizations', (table) => {
    table.increments('id');
    table.string('kind', 24).notNullable(); // municipality | communityAssociation | privateBusiness | operator
    table.string('name', 200).notNullable().unique();
    table.string('time_zone', 64).notNullable().defaultTo('Asia/Tokyo');
    /** File below sounds/<language>/<rate> that says the tenant's name. */
    table.string('spoken_name', 64);
    /** JSON: digit → ok | unwell | contactRequested. */
    table.text('key_map').notNullable();
    /** Share of the lines among the tenants that wait. */
    table.integer('weight').notNullable().defaultTo(1);
    table.bigInteger('created_at').notNullable();
  });
  await knex.schema.createTable('stations', (table) => {
    table.increments('id');
    table.integer('organization_id').unsigned().notNullable().references('organizations.id');
    table.string('name', 200).notNullable();
    /** File below sounds/<language>/<rate>/names that says who is calling. */
    table.string('spoken_name', 64);
    table.string('closed_days', 16).notNullable().defaultTo('callAnyway'); // callAnyway | nextOpenDay
    /** JSON: weekdays on which nobody is there, 1 = Monday. */
    table.string('closed_weekdays', 32).notNullable().defaultTo('[]');
    table.boolean('closed_on_holidays').notNullable().defaultTo(false);
    table.bigInteger('created_at').notNullable();
    table.unique(['organization_id', 'name']);
  });
  await knex.schema.createTable('call_policies', (table) => {
    table.increments('id');
    table.integer('organization_id').unsigned().notNullable().references('organizations.id');
    table.string('preset', 24).notNullable(); // matsudo | sameDay
    /** JSON, checked by callPolicySchema on the way in and out. */
    table.text('policy').notNullable();
    table.unique(['organization_id', 'preset']);
  });
  await knex.schema.createTable('holidays', (table) => {
    table.string('date', 10).notNullable().primary();
    table.string('name', 100).notNullable();
  });
  await knex.schema.createTable('closed_days', (table) => {
    table.increments('id');
    table.integer('station_id').unsigned().notNullable().references('stations.id');
    table.string('date', 10).notNullable();
    table.string('reason', 200).notNullable().defaultTo('');
    table.unique(['station_id', 'date']);
  });
}

export async function down(knex: Knex): Promise<void> {
  for (const table of ['closed_days', 'holidays', 'call_policies', 'stations', 'organizations']) {
    await knex.schema.dropTable(table);
  }
}
