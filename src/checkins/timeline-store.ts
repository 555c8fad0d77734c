import type { Knex } from 'knex';
import type { Database } from '../storage/database.js';
import { toInstant } from '../storage/instants.js';
import { answers } from './attempt-outcome.js';
import { boundsOfDay, localDate } from './local-day.js';
import { inOrder, type CheckinTimeline, type TimelineEvent } from './timeline.js';

interface CheckinRow {
  id: number;
  organization_id: number;
  station_id: number;
  subscriber_id: number;
  planned_on: string;
  due_on: string;
  due_at: number;
  give_up_at: number;
  state: string;
  result: string | null;
  next_call_at: number;
  settled_at: number | null;
  time_zone: string;
}

interface AttemptRow {
  id: string;
  pbx_id: string;
  phone_position: number;
  claimed_at: number;
  ringing_at: number | null;
  answered_at: number | null;
  ended_at: number | null;
  started: number | boolean;
  outcome: string | null;
  cause: number | null;
  sip_status: number | null;
  hung_up_by: string | null;
  settled_by: string | null;
}

/** Tells how one check-in went, moment by moment. */
export class TimelineStore {
  readonly #database: Database;

  constructor({ database }: { database: Database }) {
    this.#database = database;
  }

  /** The timeline of a check-in, or undefined when there is no such one. */
  async of(checkinId: number): Promise<CheckinTimeline | undefined> {
    // One transaction is one moment: no call ends between two of these reads.
    return this.#database.transaction(async (trx) => {
      const row: CheckinRow | undefined = await trx('check_ins as c')
        .join('organizations as o', 'o.id', 'c.organization_id')
        .where('c.id', checkinId)
        .first('c.*', 'o.time_zone');
      if (!row) return undefined;
      const attempts = await trx('attempts').where({ check_in_id: checkinId }).select<AttemptRow[]>('*');
      const events = [
        ...eventsOfCheckin(row),
        ...attempts.flatMap(eventsOfAttempt),
        ...(await keyEvents(
          trx,
          attempts.map(({ id }) => id),
        )),
        ...(await alertEvents(trx, checkinId)),
        ...(await callInEvents(trx, row)),
        ...(await personSteps(trx, checkinId)),
        ...(await stationCalls(trx, checkinId)),
      ];
      return {
        checkinId: row.id,
        subscriberId: row.subscriber_id,
        stationId: row.station_id,
        organizationId: row.organization_id,
        state: row.state,
        result: row.result ?? undefined,
        plannedOn: row.planned_on,
        dueOn: row.due_on,
        dueAt: new Date(row.due_at),
        giveUpAt: new Date(row.give_up_at),
        events: inOrder(events),
      };
    });
  }
}

function eventsOfCheckin(row: CheckinRow): TimelineEvent[] {
  const { planned_on: plannedOn, due_on: dueOn, state } = row;
  const events: TimelineEvent[] = [{ kind: 'due', at: new Date(row.due_at), plannedOn, dueOn }];
  const settledAt = toInstant(row.settled_at);
  if (settledAt) events.push({ kind: 'settled', at: settledAt, state, result: row.result ?? undefined });
  if (state === 'due') events.push({ kind: 'nextCall', at: new Date(row.next_call_at) });
  return events;
}

function eventsOfAttempt(row: AttemptRow): TimelineEvent[] {
  const attemptId = row.id;
  const events: TimelineEvent[] = [
    {
      kind: 'callStarted',
      at: new Date(row.claimed_at),
      attemptId,
      phonePosition: row.phone_position,
      pbxId: row.pbx_id,
    },
  ];
  const ringingAt = toInstant(row.ringing_at);
  const answeredAt = toInstant(row.answered_at);
  const endedAt = toInstant(row.ended_at);
  if (ringingAt) events.push({ kind: 'ringing', at: ringingAt, attemptId });
  if (answeredAt) events.push({ kind: 'answered', at: answeredAt, attemptId });
  if (endedAt) {
    events.push({
      kind: 'callEnded',
      at: endedAt,
      attemptId,
      started: Boolean(row.started),
      outcome: row.outcome ?? undefined,
      hungUpBy: row.hung_up_by ?? undefined,
      cause: row.cause ?? undefined,
      sipStatus: row.sip_status ?? undefined,
      settledBy: row.settled_by ?? undefined,
    });
  }
  return events;
}

async function keyEvents(trx: Knex, attemptIds: readonly string[]): Promise<TimelineEvent[]> {
  const rows = await trx('keys_pressed')
    .whereIn('attempt_id', attemptIds)
    .orderBy('position')
    .select<{ attempt_id: string; digit: string; answer: string | null; pressed_at: number }[]>(
      'attempt_id',
      'digit',
      'answer',
      'pressed_at',
    );
  return rows.map((row) => ({
    kind: 'key',
    at: new Date(row.pressed_at),
    attemptId: row.attempt_id,
    digit: row.digit,
    answer: answers.find((known) => known === row.answer),
  }));
}

async function alertEvents(trx: Knex, checkinId: number): Promise<TimelineEvent[]> {
  const rows = await trx('alerts')
    .where({ check_in_id: checkinId })
    .select<{ id: number; reason: string; opened_at: number; closed_at: number | null }[]>(
      'id',
      'reason',
      'opened_at',
      'closed_at',
    );
  return rows.flatMap(({ id: alertId, reason, opened_at: openedAt, closed_at: closed }) => {
    const opened: TimelineEvent = { kind: 'alertOpened', at: new Date(openedAt), alertId, reason };
    const closedAt = toInstant(closed);
    return closedAt ? [opened, { kind: 'alertClosed', at: closedAt, alertId, reason }] : [opened];
  });
}

/** Calls of the person to us from the day it was due to the day it had to end. */
async function callInEvents(trx: Knex, row: CheckinRow): Promise<TimelineEvent[]> {
  const lastDay = localDate(new Date(row.give_up_at), row.time_zone);
  const rows = await trx('call_ins')
    .where({ subscriber_id: row.subscriber_id })
    .where('called_at', '>=', boundsOfDay(row.due_on, row.time_zone).from.getTime())
    .where('called_at', '<', boundsOfDay(lastDay, row.time_zone).until.getTime())
    .select<{ called_at: number; message_file: string | null }[]>('called_at', 'message_file');
  return rows.map(({ called_at: calledAt, message_file: file }) => ({
    kind: 'phonedBack',
    at: new Date(calledAt),
    leftMessage: file !== null,
  }));
}

/** What people did about the check-in, and about its alerts. */
async function personSteps(trx: Knex, checkinId: number): Promise<TimelineEvent[]> {
  const alerts = trx('alerts').where({ check_in_id: checkinId }).select('id');
  const rows = await trx('alert_events')
    .where((query) => {
      void query.whereIn('alert_id', alerts).orWhere('check_in_id', checkinId);
    })
    .orderBy('id')
    .select<{ kind: string; reason: string | null; user_id: number | null; at: number }[]>(
      'kind',
      'reason',
      'user_id',
      'at',
    );
  return rows.map(({ kind: step, reason, user_id: userId, at }) => ({
    ...{ kind: 'personStep', at: new Date(at), step },
    ...{ reason: reason ?? undefined, userId: userId ?? undefined },
  }));
}

async function stationCalls(trx: Knex, checkinId: number): Promise<TimelineEvent[]> {
  const rows = await trx('station_calls as c')
    .join('alerts as a', 'a.id', 'c.alert_id')
    .where('a.check_in_id', checkinId)
    .select<{ id: string; outcome: string | null; user_id: number | null; placed_at: number }[]>(
      'c.id',
      'c.outcome',
      'c.user_id',
      'c.placed_at',
    );
  return rows.map(({ id: callId, outcome, user_id: userId, placed_at: at }) => ({
    ...{ kind: 'stationCall', at: new Date(at), callId },
    ...{ outcome: outcome ?? undefined, userId: userId ?? undefined },
  }));
}
