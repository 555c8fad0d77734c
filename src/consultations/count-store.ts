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

  async changeRules(organizationId: number, rules: CountingRules, now: Date): Promise<void> {
    await this.#database('counting_rules')
      .insert({
        organization_id: organizationId,
        rules: JSON.stringify(countingRulesSchema.parse(rules)),
        updated_at: now.getTime(),
      })
      .onConflict('organization_id')
      .merge(['rules', 'updated_at']);
  }

  async year(organizationId: number, zone: string, fiscalYear: number): Promise<YearReport> {
    const rules = await this.rules(organizationId);
    const { from, until } = boundsOfFiscalYear(fiscalYear, rules);
    // A fiscal year may end on a month's 31st that is not there.
    const lastDay = new Date(Date.UTC(Number(until.slice(0, 4)), Number(until.slice(5, 7)), 0));
    const facts = await this.#facts(organizationId, zone, from, lastDay.toISOString().slice(0, 10));
    return countYear(facts, rules, fiscalYear);
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
    const bounds: [number, number] = [
      boundsOfDay(from, zone).from.getTime(),
      boundsOfDay(until, zone).until.getTime() - 1,
    ];
    const on = (at: number): string => localDate(new Date(at), zone);
    const cards = await this.#database('consultation_cards')
      .where({ organization_id: organizationId })
      .whereBetween('received_at', bounds)
      .select<CardRow[]>('id', 'received_at', 'state', 'channel', 'triage', 'person_id', 'number_lookup');
    const actions = await this.#database('support_actions')
      .where({ organization_id: organizationId })
      .whereBetween('started_at', bounds)
      .select<ActionRow[]>('case_id', 'started_at', 'kind', 'information_only');
    const referrals = await this.#database('referrals')
      .where({ organization_id: organizationId })
      .whereBetween('asked_on', [from, until])
      .select<{ case_id: number; asked_on: string }[]>('case_id', 'asked_on');
    const leases = await this.#database('concluded_leases')
      .where({ organization_id: organizationId })
      .whereBetween('signed_on', [from, until])
      .whereNull('voided_at')
      .select<{ case_id: number; person_id: number | null; signed_on: string }[]>(
        'case_id',
        'person_id',
        'signed_on',
      );
    const caseIds = new Set([...actions, ...referrals, ...leases].map((row) => row.case_id));
    return {
      contacts: cards.map((row) => ({
        cardId: row.id,
        on: on(row.received_at),
        state: row.state,
        channel: row.channel,
        triage: row.triage ?? undefined,
        personId: row.person_id ?? undefined,
        numberLookup: row.number_lookup,
      })),
      actions: actions.map((row) => ({
        caseId: row.case_id,
        on: on(row.started_at),
        kind: row.kind,
        informationOnly: Boolean(row.information_only),
      })),
      referrals: referrals.map((row) => ({ caseId: row.case_id, on: row.asked_on })),
      leases: leases.map((row) => ({
        caseId: row.case_id,
        personId: row.person_id ?? undefined,
        on: row.signed_on,
      })),
      principals: await this.#principals([...caseIds]),
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

interface CardRow {
  id: number;
  received_at: number;
  state: 'draft' | 'finished';
  channel: CountFacts['contacts'][number]['channel'];
  triage: CountFacts['contacts'][number]['triage'] | null;
  person_id: number | null;
  number_lookup: string;
}

interface ActionRow {
  case_id: number;
  started_at: number;
  kind: CountFacts['actions'][number]['kind'];
  information_only: number | boolean;
}
