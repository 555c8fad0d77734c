import type { Knex } from 'knex';
import type { AccessLogStore } from './access-log-store.js';

/** What a field can hold that may stand in a log: never a name, a number or a note of a person. */
export type Plain = string | number | boolean | null;

/** A field that was changed; personal ones by their name alone. */
export interface ChangedField {
  field: string;
  from?: Plain;
  to?: Plain;
}

/** Who changes something, from where and when. */
export interface Author {
  userId: number | undefined;
  address: string;
  at: Date;
}

export interface Change {
  by: Author;
  /** Whose it is; undefined for the service itself. */
  organizationId: number | undefined;
  subject:
    | 'organization'
    | 'station'
    | 'policy'
    | 'line'
    | 'closedDay'
    | 'user'
    | 'trunk'
    | 'hold'
    | 'operatorAlert'
    | 'retention'
    | 'subscriber'
    | 'accessLog';
  subjectId: number;
  /** What was done, such as `station.add`. */
  detail: string;
  fields: readonly ChangedField[];
}

/** Writes down a change, in the transaction of the change itself. */
export type NoteChange = (trx: Knex, change: Change) => Promise<void>;

export function createNoteChange(accessLog: Pick<AccessLogStore, 'add'>): NoteChange {
  return (trx, { by, fields, ...change }) =>
    accessLog.add({ ...by, ...change, what: 'changed', changes: fields }, trx);
}

/** Which fields differ; what is no plain value is told as JSON. */
export function differences(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): ChangedField[] {
  return Object.keys(after).flatMap((field) => {
    const [from, to] = [plain(before[field]), plain(after[field])];
    return from === to ? [] : [{ field, from, to }];
  });
}

function plain(value: unknown): Plain {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value);
}
