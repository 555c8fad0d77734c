import type { PeoplePage, PersonHistory, PersonRecord } from '../../../src/subscribers/person-view';
import type { StationTold, Told } from '../api/told';

export type { Told } from '../api/told';
export type Person = Told<PersonRecord>;
export type History = Told<PersonHistory>;
export type Page = Told<PeoplePage>;

export type Station = StationTold;

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
