import type { Knex } from 'knex';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import type { Changing } from './change-log-store.js';
import type { Contact, ContactForm, ConsentEntry } from './contact.js';

interface ContactRow {
  id: number;
  name: string;
  relationship: string;
  number: string;
  mail: string;
  consent: Contact['consent'];
  consent_since: string | null;
  consent_by: string;
  key_holder: number | boolean;
  notes: string;
}

/** Whom to ask about a person, in the order of asking. */
export async function readContacts(
  database: Knex,
  subscriberId: number,
  codec: PersonalDataCodec,
): Promise<Contact[]> {
  const rows = await database('subscriber_contacts')
    .where({ subscriber_id: subscriberId })
    .orderBy(['position', 'id'])
    .select<ContactRow[]>('*');
  return rows.map((row) => ({
    id: row.id,
    name: codec.decode(row.name),
    relationship: codec.decode(row.relationship),
    number: codec.decode(row.number),
    mail: codec.decode(row.mail),
    consent: row.consent,
    ...(row.consent_since !== null && { consentSince: row.consent_since }),
    consentBy: codec.decode(row.consent_by),
    keyHolder: Boolean(row.key_holder),
    notes: codec.decode(row.notes),
  }));
}

/** What was allowed to be told to whom, the newest first. */
export async function readConsents(
  database: Knex,
  subscriberId: number,
  codec: PersonalDataCodec,
): Promise<ConsentEntry[]> {
  const rows = await database('subscriber_consents as c')
    .leftJoin('users as u', 'u.id', 'c.user_id')
    .where('c.subscriber_id', subscriberId)
    .orderBy('c.id', 'desc')
    .limit(100)
    .select<
      {
        contact: string;
        consent: ConsentEntry['consent'];
        since: string | null;
        given_by: string;
        at: number;
        user_name: string | null;
      }[]
    >('c.contact', 'c.consent', 'c.since', 'c.given_by', 'c.at', 'u.name as user_name');
  return rows.map((row) => ({
    contact: codec.decode(row.contact),
    consent: row.consent,
    ...(row.since !== null && { since: row.since }),
    givenBy: codec.decode(row.given_by),
    at: new Date(row.at),
    ...(row.user_name !== null && { by: codec.decode(row.user_name) }),
  }));
}

/**
 * Puts these contacts in place of those before; what that changes in consents is kept.
 *
 * @param trx has locked the person
 */
export async function replaceContacts(
  trx: Knex,
  subscriberId: number,
  contacts: readonly ContactForm[],
  { userId, now }: Changing,
  codec: PersonalDataCodec,
): Promise<{ before: Contact[]; after: Contact[] }> {
  const before = await readContacts(trx, subscriberId, codec);
  const known = new Map(before.map((contact) => [contact.id, contact]));
  const kept = new Set<number>();
  const ledger: Record<string, unknown>[] = [];
  const note = (contact: string, consent: string, since: string | undefined, givenBy: string): unknown =>
    ledger.push({
      subscriber_id: subscriberId,
      contact: codec.encode(contact),
      consent,
      since: since ?? null,
      given_by: codec.encode(givenBy),
      at: now.getTime(),
      user_id: userId ?? null,
    });
  for (const [index, contact] of contacts.entries()) {
    const was = contact.id === undefined || kept.has(contact.id) ? undefined : known.get(contact.id);
    const row = { ...contactRow(contact, codec), position: index + 1 };
    if (was) {
      kept.add(was.id);
      await trx('subscriber_contacts').where({ id: was.id }).update(row);
    } else await trx('subscriber_contacts').insert({ ...row, subscriber_id: subscriberId });
    const sameConsent =
      was?.consent === contact.consent &&
      was.consentSince === contact.consentSince &&
      was.consentBy === contact.consentBy;
    if (!sameConsent) note(contact.name, contact.consent, contact.consentSince, contact.consentBy);
  }
  for (const gone of before.filter(({ id }) => !kept.has(id))) {
    await trx('subscriber_contacts').where({ id: gone.id }).delete();
    note(gone.name, 'removed', undefined, '');
  }
  if (ledger.length > 0) await trx('subscriber_consents').insert(ledger);
  return { before, after: await readContacts(trx, subscriberId, codec) };
}

function contactRow(contact: ContactForm, codec: PersonalDataCodec): Record<string, unknown> {
  return {
    name: codec.encode(contact.name),
    relationship: codec.encode(contact.relationship),
    number: codec.encode(contact.number),
    mail: codec.encode(contact.mail),
    consent: contact.consent,
    consent_since: contact.consentSince ?? null,
    consent_by: codec.encode(contact.consentBy),
    key_holder: contact.keyHolder,
    notes: codec.encode(contact.notes),
  };
}
