import type { Knex } from 'knex';

/** The figures of past months, summed so that years of check-ins do not slow a page down, and what was promised. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('monthly_figures', (table) => {
    table.integer('organization_id').unsigned().notNullable().references('organizations.id');
    table.string('month', 7).notNullable();
    table.integer('due').notNullable();
    table.integer('waiting').notNullable();
    table.integer('answered').notNullable();
    table.integer('calls').notNullable();
    table.integer('alerts').notNullable();
    /** JSON: whole minutes from an alert to its end → how many; sums of it still have an exact median. */
    table.text('closing_minutes', 'mediumtext').notNullable();
    table.bigInteger('summed_at').notNullable();
    table.primary(['organization_id', 'month']);
  });
  await knex.schema.createTable('targets', (table) => {
    table.increments('id');
    table.integer('fiscal_year').notNullable();
    table.string('measure', 16).notNullable(); // see targetMeasures of src/figures/target.ts
    /** all | kind:… | region:… | region:…/kind:… | organization:… */
    table.string('scope', 80).notNullable();
    /** Whose own it is; null for those of the whole service. */
    table.integer('organization_id').unsigned().references('organizations.id');
    table.integer('value').notNullable();
    table.integer('version').notNullable().defaultTo(1);
    table.bigInteger('updated_at').notNullable();
    /** Null: from the plan of 2021. */
    table.integer('updated_by').unsigned().references('users.id');
    table.unique(['fiscal_year', 'measure', 'scope']);
  });
  /** Where a tenant is, as the plan cuts the land up: for targets of regions. */
  await knex.schema.createTable('figure_regions', (table) => {
    table.integer('organization_id').unsigned().notNullable().primary().references('organizations.id');
    table.string('region', 40).notNullable();
  });
  await knex.schema.alterTable('alerts', (table) => {
    table.index(['organization_id', 'opened_at']);
  });
  await knex('targets').insert(plannedIn2021());
}

/**
 * The plan of the fiscal year 2021 names what it promised until 2023, by region: 関西, 松戸市, and the rest of 東葛.
 * Together they make the 3,000 people of 2023.
 */
function plannedIn2021(): object[] {
  const planned: Record<string, readonly (readonly [fiscalYear: number, value: number])[]> = {
    'introduced region:関西/kind:privateBusiness': byYear(1, 2, 3),
    'introduced region:関西/kind:communityAssociation': byYear(1, 2, 10),
    'introduced region:関西/kind:municipality': [[2023, 1]],
    'subscribers region:関西': byYear(100, 800, 1500),
    'active region:松戸市': byYear(70, 200, 1000),
    'introduced region:東葛/kind:communityAssociation': byYear(1, 2, 2),
    'introduced region:東葛/kind:municipality': [
      [2022, 1],
      [2023, 2],
    ],
    'subscribers region:東葛': byYear(20, 100, 500),
    'subscribers all': [[2023, 3000]],
    'consultations all': [[2021, 200]],
    'handled all': [[2021, 30]],
    'leases all': [[2021, 5]],
  };
  return Object.entries(planned).flatMap(([key, years]) => {
    const [measure, scope] = key.split(' ');
    return years.map(([fiscalYear, value]) => ({
      ...{ fiscal_year: fiscalYear, measure, scope, value },
      updated_at: Date.parse('2021-04-01T00:00:00+09:00'),
    }));
  });
}

function byYear(...values: number[]): [number, number][] {
  return values.map((value, index) => [2021 + index, value]);
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('alerts', (table) => {
    // A foreign key of MariaDB wants an index of its column.
    table.index(['organization_id'], 'alerts_of_organization');
    table.dropIndex(['organization_id', 'opened_at']);
  });
  for (const table of ['figure_regions', 'targets', 'monthly_figures']) await knex.schema.dropTable(table);
}
