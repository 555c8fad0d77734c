import { z } from 'zod';
import { date, flag, id, line, listOf, mail, neededLine, phone, text } from '../consultations/field-kinds.js';
import { choice } from './person-form.js';

/** What a contact may be told about the person. */
export const consents = ['all', 'onlyWhenUnreachable', 'nothing'] as const;
export type Consent = (typeof consents)[number];

/** Relatives, neighbours, agents: or the station itself, where there is nobody. */
export interface Contact {
  id: number;
  name: string;
  relationship: string;
  /** Domestic digits, or empty. */
  number: string;
  mail: string;
  consent: Consent;
  /** `YYYY-MM-DD`. */
  consentSince?: string;
  /** Who heard it from the person. */
  consentBy: string;
  keyHolder: boolean;
  notes: string;
}

export interface ConsentEntry {
  contact: string;
  consent: Consent | 'removed';
  since?: string;
  givenBy: string;
  at: Date;
  /** Who wrote it down. */
  by?: string;
}

const optional = (value: string): string | undefined => (value.trim() === '' ? undefined : value);

const contactFields = z.strictObject({
  id: id().optional(),
  name: neededLine(100),
  relationship: line(60),
  number: z.union([z.literal(''), phone()]),
  mail: mail(),
  consent: choice<Consent>('all', 'onlyWhenUnreachable', 'nothing'),
  consentSince: z
    .string({ error: '日付を文字で書いてください。' })
    .transform(optional)
    .pipe(date().optional())
    .optional(),
  consentBy: line(100),
  keyHolder: flag(),
  notes: text(1000),
});

/** All contacts of a person, in the order of asking. */
export const contactsForm = listOf(contactFields, 10);
export type ContactForm = z.output<typeof contactFields>;
