import { toInstant } from '../storage/instants.js';
import { policyPresets, type PolicyPreset } from './call-policy.js';

/** A check-in that is due and may be called, with what must be known to do so. */
export interface DueCheckin {
  id: number;
  organizationId: number;
  stationId: number;
  subscriberId: number;
  preset: PolicyPreset;
  dueAt: Date;
  giveUpAt: Date;
  missed: number;
  rung: number;
  attempts: number;
  ringSeconds: number;
  promptLanguage: string;
  speechRate: string;
  lastCalledAt: Date | undefined;
  paused: boolean;
  withdrawn: boolean;
  spokenName: string | null;
}

/** The columns, of check_ins `c`, subscribers `s` and stations `t`, that make a DueCheckin. */
export const dueColumns = [
  'c.id',
  'c.organization_id',
  'c.station_id',
  'c.subscriber_id',
  'c.policy_preset',
  'c.due_at',
  'c.give_up_at',
  'c.missed',
  'c.rung',
  'c.attempts',
  's.ring_seconds',
  's.prompt_language',
  's.speech_rate',
  's.last_called_at',
  's.withdrawn_on',
  't.spoken_name',
] as const;

export interface DueRow {
  id: number;
  organization_id: number;
  station_id: number;
  subscriber_id: number;
  policy_preset: string;
  due_at: number;
  give_up_at: number;
  missed: number;
  rung: number;
  attempts: number;
  ring_seconds: number;
  prompt_language: string;
  speech_rate: string;
  last_called_at: number | null;
  paused?: number;
  withdrawn_on: string | null;
  spoken_name: string | null;
}

/** @param today the tenant's date */
export function toDueCheckin(row: DueRow, today: string): DueCheckin {
  return {
    id: row.id,
    organizationId: row.organization_id,
    stationId: row.station_id,
    subscriberId: row.subscriber_id,
    preset: policyPresets.find((preset) => preset === row.policy_preset) ?? 'matsudo',
    dueAt: new Date(row.due_at),
    giveUpAt: new Date(row.give_up_at),
    missed: row.missed,
    rung: row.rung,
    attempts: row.attempts,
    ringSeconds: row.ring_seconds,
    promptLanguage: row.prompt_language,
    speechRate: row.speech_rate,
    lastCalledAt: toInstant(row.last_called_at),
    paused: row.paused === 1,
    withdrawn: row.withdrawn_on !== null && row.withdrawn_on <= today,
    spokenName: row.spoken_name,
  };
}
