import { describeRules, type CountingRules, type RuleTexts } from './counting-rules.js';
import type { Triage } from './triage.js';

/** What happened, on the dates of the organization's own calendar (`YYYY-MM-DD`). */
export interface CountFacts {
  contacts: {
    cardId: number;
    on: string;
    state: 'draft' | 'finished';
    channel: CountingRules['consultations']['channels'][number];
    triage: Triage | undefined;
    personId: number | undefined;
    /** Empty when no number is known. */
    numberLookup: string;
  }[];
  actions: {
    caseId: number;
    on: string;
    kind: CountingRules['handled']['actionKinds'][number];
    informationOnly: boolean;
  }[];
  referrals: { caseId: number; on: string }[];
  leases: { caseId: number; personId: number | undefined; on: string }[];
  /** Case → its principals. */
  principals: ReadonlyMap<number, readonly number[]>;
}

/** The figures of one period; contacts and persons stand apart. */
export interface Counts {
  contactCount: number;
  personCount: number;
  handledCount: number;
  handledPersonCount: number;
  leaseCount: number;
  leasePersonCount: number;
  /** Drafts of the period that do not count: cards that somebody still has to finish. */
  unfinished: number;
}

export interface YearReport {
  fiscalYear: number;
  months: (Counts & { month: string })[];
  year: Counts;
  targets: CountingRules['targets'];
  rules: RuleTexts;
}

/** First and last date of the fiscal year that begins in this calendar year. */
export function boundsOfFiscalYear(
  fiscalYear: number,
  rules: CountingRules,
): { from: string; until: string } {
  const months = monthsOf(fiscalYear, rules);
  return { from: `${months[0] ?? ''}-01`, until: `${months[11] ?? ''}-31` };
}

/** A whole fiscal year, month by month, with the rules in words. */
export function countYear(facts: CountFacts, rules: CountingRules, fiscalYear: number): YearReport {
  const months = monthsOf(fiscalYear, rules);
  const { from, until } = boundsOfFiscalYear(fiscalYear, rules);
  return {
    fiscalYear,
    months: months.map((month) => ({
      month,
      ...countBetween(facts, rules, `${month}-01`, `${month}-31`),
    })),
    year: countBetween(facts, rules, from, until),
    targets: rules.targets,
    rules: describeRules(rules),
  };
}

/** The figures from one date to another, both included. Dates compare as text, so a month may end on its 31st always. */
export function countBetween(facts: CountFacts, rules: CountingRules, from: string, until: string): Counts {
  const within = ({ on }: { on: string }): boolean => on >= from && on <= until;
  const asked = facts.contacts.filter(within).filter((contact) => isWanted(contact, rules));
  const drafts = asked.filter(({ state }) => state === 'draft').length;
  const contacts = rules.consultations.countDrafts
    ? asked
    : asked.filter(({ state }) => state === 'finished');
  const personOf = personByNumber(facts);
  const handled = handledCases(facts, rules, within);
  const leases = facts.leases.filter(within);
  return {
    contactCount: contacts.length,
    personCount: new Set(contacts.map((contact) => personKey(contact, personOf))).size,
    handledCount: handled.size,
    handledPersonCount: new Set([...handled].flatMap((caseId) => principalsOf(facts, caseId))).size,
    leaseCount: leases.length,
    leasePersonCount: new Set(
      leases.flatMap(({ caseId, personId }) =>
        personId === undefined ? principalsOf(facts, caseId) : [`person ${personId}`],
      ),
    ).size,
    unfinished: rules.consultations.countDrafts ? 0 : drafts,
  };
}

type Contact = CountFacts['contacts'][number];

/** A card without a triage is a draft that nobody got to: it counts wherever all triages do. */
function isWanted({ channel, triage }: Contact, { consultations }: CountingRules): boolean {
  const triageFits =
    triage === undefined ? consultations.triages.length === 4 : consultations.triages.includes(triage);
  return consultations.channels.includes(channel) && triageFits;
}

function handledCases(
  { actions, referrals }: CountFacts,
  { handled }: CountingRules,
  within: (fact: { on: string }) => boolean,
): Set<number> {
  const acted = actions.filter(
    ({ kind, informationOnly }) =>
      handled.actionKinds.includes(kind) && (handled.countInformationOnly || !informationOnly),
  );
  const all = [...acted, ...(handled.countReferrals ? referrals : [])];
  return new Set(all.filter(within).map(({ caseId }) => caseId));
}

/** Numbers that belong to one person only, among those that somebody was known to call from. */
function personByNumber({ contacts }: CountFacts): Map<string, number | 'several'> {
  const owners = new Map<string, number | 'several'>();
  for (const { numberLookup, personId } of contacts) {
    if (numberLookup === '' || personId === undefined) continue;
    const owner = owners.get(numberLookup);
    owners.set(numberLookup, owner === undefined || owner === personId ? personId : 'several');
  }
  return owners;
}

function personKey(
  { cardId, personId, numberLookup }: Contact,
  owners: ReadonlyMap<string, number | 'several'>,
): string {
  const known = personId ?? owners.get(numberLookup);
  if (typeof known === 'number') return `person ${known}`;
  return numberLookup === '' ? `card ${cardId}` : `number ${numberLookup}`;
}

/** A case without a principal is about somebody all the same. */
function principalsOf({ principals }: CountFacts, caseId: number): string[] {
  const ids = principals.get(caseId) ?? [];
  return ids.length === 0 ? [`case ${caseId}`] : ids.map((id) => `person ${id}`);
}

/** The twelve months, `YYYY-MM`. */
function monthsOf(fiscalYear: number, { yearStartsInMonth }: CountingRules): string[] {
  return Array.from({ length: 12 }, (_, index) => {
    const month = yearStartsInMonth + index;
    const year = fiscalYear + (month > 12 ? 1 : 0);
    return `${year}-${String(month > 12 ? month - 12 : month).padStart(2, '0')}`;
  });
}
