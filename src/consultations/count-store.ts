import { boundsOfDay, localDate } from '../checkins/local-day.js';
import { groupBy, inChunks } from '../storage/chunks.js';
import type { Database } from '../storage/database.js';
import {
  boundsOfFiscalYear,
  countBetween,
  countYear,
  type CountFacts,
  type Counts,
  type YearReport,
} from './consultation-counts.js';
import {
  countingRulesSchema,
  describeRules,
  usualRules,
  type CountingRules,
  type RuleTexts,
} from './counting-rules.js';

/** Counts consultations, handled cases and leases by the organization's own rules. */
export class CountStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The organization's rules, or the usual ones as long as it has none. */
  async rules(organizationId: number): Promise<CountingRules> {
    const row = await this.#database('counting_rules')
      .where({ organization_id: organizationId })
      .first<{ rules: string } | undefined>('rules');
    return row ? countingRulesSchema.parse(JSON.parse(row.rules)) : usualRules;
  }

  /** 0 as long as the organization has no rules of its own. */
  async rulesVersion(organizationId: number): Promise<number> {
    const row = await this.#database('counting_rules')
      .where({ organization_id: organizationId })
      .first<{ version: number } | undefined>('version');
    return row?.version ?? 0;
  }

  /** @returns false when somebody changed the rules since `version` */
  async changeRules(
    organizationId: number,
    { version, rules }: { version: number; rules: CountingRules },
    now: Date,
  ): Promise<boolean> {
    const key = { organization_id: organizationId };
    const row = { rules: JSON.stringify(countingRulesSchema.parse(rules)), updated_at: now.getTime() };
    const won = await this.#database('counting_rules')
      .where({ ...key, version })
      .update({ ...row, version: version + 1 });
    if (won === 1 || version > 0) return won === 1;
    try {
      await this.#database('counting_rules').insert({ ...key, ...row, version: 1 });
      return true;
    } catch (error) {
      // Of two first ones at a time the later finds the other's.
      if ((await this.rulesVersion(organizationId)) > 0) return false;
      throw error;
    }
  }

  async year(organizationId: number, zone: string, fiscalYear: number): Promise<YearReport> {
    const rules = await this.rules(organizationId);
    const { from, until } = boundsOfFiscalYear(fiscalYear, rules);
    // A fiscal year may end on a month's 31st that is not there.
    const lastDay = new Date(Date.UTC(Number(until.slice(0, 4)), Number(until.slice(5, 7)), 0));
    const facts = await this.#facts(organizationId, zone, from, lastDay.toISOString().slice(0, 10));
    return countYear(facts, rules, fiscalYear);
  }

  /**
   * The year from April to March of several organizations, whatever month their own years begin in: each by its own
   * rules, with as many statements as for one.
   */
  async years(
    organizations: readonly { id: number; timeZone: string }[],
    fiscalYear: number,
  ): Promise<Map<number, YearReport>> {
    if (organizations.length === 0) return new Map();
    const [from, until] = [`${fiscalYear}-04-01`, `${fiscalYear + 1}-03-31`];
    const rows = await this.#database('counting_rules').select<{ organization_id: number; rules: string }[]>(
      'organization_id',
      'rules',
    );
    const rulesOf = new Map(rows.map((row) => [row.organization_id, row.rules]));
    const facts = await this.#factsOf(organizations, from, until);
    return new Map(
      organizations.map(({ id }) => {
        const own = rulesOf.get(id);
        const rules = own === undefined ? usualRules : countingRulesSchema.parse(JSON.parse(own));
        return [id, countYear(facts(id), { ...rules, yearStartsInMonth: 4 }, fiscalYear)];
      }),
    );
  }

  /** Both dates are included. */
  async between(
    organizationId: number,
    zone: string,
    from: string,
    until: string,
  ): Promise<Counts & { from: string; until: string; rules: RuleTexts }> {
    const rules = await this.rules(organizationId);
    const facts = await this.#facts(organizationId, zone, from, until);
    return { from, until, ...countBetween(facts, rules, from, until), rules: describeRules(rules) };
  }

  async #facts(organizationId: number, zone: string, from: string, until: string): Promise<CountFacts> {
    const of = await this.#factsOf([{ id: organizationId, timeZone: zone }], from, until);
    return of(organizationId);
  }

  /** Days of different zones do not begin together: who counts looks at the dates. */
  async #factsOf(
    organizations: readonly { id: number; timeZone: string }[],
    from: string,
    until: string,
  ): Promise<(organizationId: number) => CountFacts> {
    const ids = organizations.map(({ id }) => id);
    const zones = new Map(organizations.map(({ id, timeZone }) => [id, timeZone]));
    const each = [...new Set(zones.values())];
    const bounds: [number, number] = [
      Math.min(...each.map((zone) => boundsOfDay(from, zone).from.getTime())),
      Math.max(...each.map((zone) => boundsOfDay(until, zone).until.getTime())) - 1,
    ];
    const cards = await this.#database('consultation_cards')
      .whereIn('organization_id', ids)
      .whereBetween('received_at', bounds)
      .select<CardRow[]>(
        'organization_id',
        'id',
        'received_at',
        'state',
        'channel',
        'triage',
        'person_id',
        'number_lookup',
      );
    const actions = await this.#database('support_actions')
      .whereIn('organization_id', ids)
      .whereBetween('started_at', bounds)
      .select<ActionRow[]>('organization_id', 'case_id', 'started_at', 'kind', 'information_only');
    const referrals = await this.#database('referrals')
      .whereIn('organization_id', ids)
      .whereBetween('asked_on', [from, until])
      .select<ReferralRow[]>('organization_id', 'case_id', 'asked_on');
    const leases = await this.#database('concluded_leases')
      .whereIn('organization_id', ids)
      .whereBetween('signed_on', [from, until])
      .whereNull('voided_at')
      .select<LeaseRow[]>('organization_id', 'case_id', 'person_id', 'signed_on');
    const caseIds = new Set([...actions, ...referrals, ...leases].map((row) => row.case_id));
    const principals = await this.#principals([...caseIds]);

    const [cardsOf, actionsOf] = [byOrganization(cards), byOrganization(actions)];
    const [referralsOf, leasesOf] = [byOrganization(referrals), byOrganization(leases)];
    return (id) => {
      const on = (at: number): string => localDate(new Date(at), zones.get(id) ?? '');
      return {
        contacts: cardsOf(id).map((row) => ({
          cardId: row.id,
          on: on(row.received_at),
          state: row.state,
          channel: row.channel,
          triage: row.triage ?? undefined,
          personId: row.person_id ?? undefined,
          numberLookup: row.number_lookup,
        })),
        actions: actionsOf(id).map((row) => ({
          caseId: row.case_id,
          on: on(row.started_at),
          kind: row.kind,
          informationOnly: Boolean(row.information_only),
        })),
        referrals: referralsOf(id).map((row) => ({ caseId: row.case_id, on: row.asked_on })),
        leases: leasesOf(id).map((row) => ({
          caseId: row.case_id,
          personId: row.person_id ?? undefined,
          on: row.signed_on,
        })),
        principals,
      };
    };
  }

  async #principals(caseIds: readonly number[]): Promise<Map<number, number[]>> {
    const rows: { case_id: number; person_id: number }[] = [];
    for (const chunk of inChunks(caseIds)) {
      rows.push(
        ...(await this.#database('consultation_case_persons')
          .whereIn('case_id', chunk)
          .where({ role: 'principal' })
          .select<{ case_id: number; person_id: number }[]>('case_id', 'person_id')),
      );
    }
    const byCase = groupBy(rows, (row) => row.case_id);
    return new Map([...byCase].map(([id, group]) => [id, group.map((row) => row.person_id)]));
  }
}

interface OwnedRow {
  organization_id: number;
}

function byOrganization<Row extends OwnedRow>(
  rows: readonly Row[],
): (organizationId: number) => readonly Row[] {
  const groups = groupBy(rows, (row) => row.organization_id);
  return (organizationId) => groups.get(organizationId) ?? [];
}

interface CardRow extends OwnedRow {
  id: number;
  received_at: number;
  state: 'draft' | 'finished';
  channel: CountFacts['contacts'][number]['channel'];
  triage: CountFacts['contacts'][number]['triage'] | null;
  person_id: number | null;
  number_lookup: string;
}

interface ReferralRow extends OwnedRow {
  case_id: number;
  asked_on: string;
}

interface LeaseRow extends OwnedRow {
  case_id: number;
  person_id: number | null;
  signed_on: string;
}

interface ActionRow extends OwnedRow {
  case_id: number;
  started_at: number;
  kind: CountFacts['actions'][number]['kind'];
  information_only: number | boolean;
}
