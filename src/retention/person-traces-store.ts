import type { Knex } from 'knex';
import { groupBy } from '../storage/chunks.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';

export interface CallKey {
  pbxId: string;
  callId: string;
}

/** Where something is known of one person. */
export interface Traces {
  subscriberId: number;
  organizationId: number;
  /** Their numbers, but for those that somebody else who is kept has too. */
  numbers: string[];
  numberLookups: string[];
  /** What a text about them holds: their name, number or member number. */
  terms: string[];
  checkinIds: number[];
  alertIds: number[];
  callInIds: number[];
  calls: CallKey[];
  personIds: number[];
  caseIds: number[];
  cardIds: number[];
  /** What the access log may name: subject → ids. */
  subjects: Map<string, number[]>;
}

interface CallRow {
  pbx_id: string;
  call_id: string;
}

interface NumberRow {
  number: string;
  number_lookup: string;
}

/** Looks for a person in all tables; undefined when there is nobody, or they were erased already. */
export async function findTraces(
  database: Database,
  subscriberId: number,
  codec: PersonalDataCodec,
): Promise<Traces | undefined> {
  const person = await database('subscribers')
    .where({ id: subscriberId })
    .whereNotNull('withdrawn_on')
    .whereNull('erased_at')
    .first<{ organization_id: number; name: string; member_number: string } | undefined>(
      'organization_id',
      'name',
      'member_number',
    );
  if (!person) return undefined;
  const organizationId = person.organization_id;
  const phones = await database('phone_numbers')
    .where({ subscriber_id: subscriberId })
    .select<NumberRow[]>('number', 'number_lookup');
  const consultations = await consultationsOf(database, subscriberId);
  const { personIds, caseIds, cardIds } = consultations;
  const ownLookups = await database('consultation_person_phones')
    .whereIn('person_id', personIds)
    .select<{ number_lookup: string }[]>('number_lookup');
  const all = new Set([...phones, ...ownLookups].map((row) => row.number_lookup));
  const numberLookups = await withoutShared(database, [...all], subscriberId, personIds);
  const own = phones.filter((row) => numberLookups.includes(row.number_lookup));
  const numbers = own.map(({ number }) => codec.decode(number));

  const checkinIds = await idsOf(database('check_ins').where({ subscriber_id: subscriberId }));
  const alertIds = await idsOf(database('alerts').where({ subscriber_id: subscriberId }));
  const callInIds = await idsOf(
    database('call_ins')
      .where({ subscriber_id: subscriberId })
      .orWhere((query) => void query.whereNull('subscriber_id').whereIn('number_lookup', numberLookups)),
  );
  const calls = await callsOf(database, numberLookups, cardIds);
  const voices: number[] = [];
  for (const { pbxId, callId } of calls)
    voices.push(...(await idsOf(database('voice_files').where({ pbx_id: pbxId, call_id: callId }))));
  const terms = [codec.decode(person.name), codec.decode(person.member_number), ...numbers];
  return {
    ...{ subscriberId, organizationId, numbers, numberLookups, checkinIds, alertIds, callInIds, calls },
    ...{ personIds, caseIds, cardIds },
    terms: terms.filter((term) => term.length > 1),
    subjects: new Map([
      ['subscriber', [subscriberId]],
      ['checkin', checkinIds],
      ['card', await cardsOf(database, caseIds, cardIds)],
      ['case', caseIds],
      ['person', personIds],
      ['recording', voices],
      ['message', voices],
    ]),
  };
}

/** Consultations in which this subscriber is the one whom it is about. */
async function consultationsOf(
  database: Database,
  subscriberId: number,
): Promise<{ personIds: number[]; caseIds: number[]; cardIds: number[] }> {
  const personIds = await idsOf(database('consultation_persons').where({ subscriber_id: subscriberId }));
  const cards = await database('consultation_cards')
    .where({ subscriber_id: subscriberId })
    .orWhere((query) => void query.whereIn('person_id', personIds))
    .select<{ id: number; case_id: number | null }[]>('id', 'case_id');
  const principalOf = await database('consultation_case_persons')
    .whereIn('person_id', personIds)
    .where({ role: 'principal' })
    .select<{ case_id: number }[]>('case_id');
  const inCases = cards.flatMap(({ case_id: id }) => (id === null ? [] : [id]));
  const caseIds = [...new Set([...inCases, ...principalOf.map((row) => row.case_id)])];
  return { personIds, caseIds, cardIds: cards.map(({ id }) => id) };
}

/** A number that a household shares is the others' too. */
async function withoutShared(
  database: Database,
  lookups: readonly string[],
  subscriberId: number,
  personIds: readonly number[],
): Promise<string[]> {
  const subscribers = await database('phone_numbers')
    .whereIn('number_lookup', lookups)
    .whereNot('subscriber_id', subscriberId)
    .select<{ number_lookup: string }[]>('number_lookup');
  const persons = await database('consultation_person_phones')
    .whereIn('number_lookup', lookups)
    .whereNotIn('person_id', personIds)
    .select<{ number_lookup: string }[]>('number_lookup');
  const shared = new Set([...subscribers, ...persons].map((row) => row.number_lookup));
  return lookups.filter((lookup) => !shared.has(lookup));
}

async function callsOf(
  database: Database,
  numberLookups: readonly string[],
  cardIds: readonly number[],
): Promise<CallKey[]> {
  const select = ['pbx_id', 'call_id'] as const;
  const rows: CallRow[] = [];
  for (const table of ['hotline_calls', 'hotline_tasks'])
    rows.push(
      ...(await database(table)
        .whereIn('number_lookup', numberLookups)
        .select<CallRow[]>(...select)),
    );
  rows.push(
    ...(await database('consultation_card_calls')
      .whereIn('card_id', cardIds)
      .select<CallRow[]>(...select)),
  );
  const byKey = groupBy(rows, (row) => `${row.pbx_id}/${row.call_id}`);
  return [...byKey.values()].flatMap(([row]) => (row ? [{ pbxId: row.pbx_id, callId: row.call_id }] : []));
}

async function cardsOf(
  database: Database,
  caseIds: readonly number[],
  cardIds: readonly number[],
): Promise<number[]> {
  const inCases = await idsOf(database('consultation_cards').whereIn('case_id', caseIds));
  return [...new Set([...cardIds, ...inCases])];
}

async function idsOf(query: Knex.QueryBuilder): Promise<number[]> {
  const rows: { id: number }[] = await query.select('id');
  return rows.map(({ id }) => id);
}
