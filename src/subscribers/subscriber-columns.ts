import type { PolicyPreset } from '../checkins/call-policy.js';
import type { SpeechRate } from '../prompts/sound-files.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import type { CallPlan, ImportedSubscriber, SubscriberPhone, ToneProfile } from './import/subscriber-row.js';

/** The columns of `subscribers` that an import reads. */
export interface SubscriberColumns {
  id: number;
  member_number: string;
  name: string;
  kana: string;
  birth_date: string | null;
  enrolled_on: string;
  withdrawn_on: string | null;
  speech_rate: SpeechRate;
  ring_seconds: number;
  notes: string;
}

export interface PhoneColumns {
  subscriber_id: number;
  position: number;
  number: string;
  tone_profile: ToneProfile;
}

export interface PlanColumns {
  subscriber_id: number;
  kind: 'weekly' | 'daily';
  weekdays: string;
  time: string;
  policy_preset: PolicyPreset;
}

type Row = Record<string, string | number | null>;

/** What an import writes into `subscribers`. */
export function subscriberRow(person: ImportedSubscriber, codec: PersonalDataCodec): Row {
  return {
    member_number: codec.encode(person.memberNumber),
    member_number_lookup: codec.lookup('memberNumber', person.memberNumber),
    name: codec.encode(person.name),
    kana: codec.encode(person.kana ?? ''),
    birth_date: person.birthDate === undefined ? null : codec.encode(person.birthDate),
    enrolled_on: person.enrolledOn,
    withdrawn_on: person.withdrawnOn ?? null,
    prompt_language: person.promptLanguage,
    speech_rate: person.speechRate,
    ring_seconds: person.ringSeconds,
    notes: codec.encode(person.notes),
  };
}

export function phoneRows(
  subscriberId: number,
  phones: readonly SubscriberPhone[],
  codec: PersonalDataCodec,
): Row[] {
  return phones.map(({ number, toneProfile }, index) => ({
    subscriber_id: subscriberId,
    position: index + 1,
    number: codec.encode(number),
    number_lookup: codec.lookup('number', number),
    tone_profile: toneProfile,
  }));
}

export function planRow({ plan, policyPreset }: Pick<ImportedSubscriber, 'plan' | 'policyPreset'>): Row {
  return {
    kind: plan.kind,
    weekdays: JSON.stringify(plan.kind === 'weekly' ? plan.days : []),
    time: plan.time,
    policy_preset: policyPreset,
  };
}

/** A plan that no row of a file can have: whoever has none is found changed and gets one. */
const noPlan: CallPlan = { kind: 'weekly', days: [], time: '' };

/** The subscriber as the import compares it. */
export function toImportedSubscriber(
  row: SubscriberColumns,
  phones: readonly PhoneColumns[],
  plan: PlanColumns | undefined,
  codec: PersonalDataCodec,
): ImportedSubscriber {
  const kana = codec.decode(row.kana);
  return {
    memberNumber: codec.decode(row.member_number),
    name: codec.decode(row.name),
    ...(kana !== '' && { kana }),
    ...(row.birth_date !== null && { birthDate: codec.decode(row.birth_date) }),
    enrolledOn: row.enrolled_on,
    ...(row.withdrawn_on !== null && { withdrawnOn: row.withdrawn_on }),
    notes: codec.decode(row.notes),
    promptLanguage: 'ja',
    speechRate: row.speech_rate,
    ringSeconds: row.ring_seconds,
    phones: phones.map(({ number, tone_profile: toneProfile }) => ({
      number: codec.decode(number),
      toneProfile,
    })),
    plan: plan ? toCallPlan(plan) : noPlan,
    policyPreset: plan?.policy_preset ?? 'matsudo',
  };
}

function toCallPlan({ kind, weekdays, time }: PlanColumns): CallPlan {
  return kind === 'daily' ? { kind, time } : { kind, days: JSON.parse(weekdays) as number[], time };
}
