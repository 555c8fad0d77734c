import type { PeoplePage, PersonHistory, PersonRecord } from '../../../src/subscribers/person-view';

/** What an answer is once it has been JSON: instants are text. */
export type Told<Value> = Value extends Date
  ? string
  : Value extends readonly (infer Item)[]
    ? Told<Item>[]
    : Value extends object
      ? { [Key in keyof Value]: Told<Value[Key]> }
      : Value;

export type Person = Told<PersonRecord>;
export type History = Told<PersonHistory>;
export type Page = Told<PeoplePage>;

export interface Station {
  id: number;
  name: string;
  organizationId: number;
  organizationName: string;
  timeZone: string;
  today: string;
}

export interface Problem {
  field: string;
  label: string;
  message: string;
}

/** What the service says about a form before it is sent. */
export interface Checked {
  problems: Problem[];
  numbers: string[];
  sharedNumbers: string[];
  sameMinute?: number;
}
