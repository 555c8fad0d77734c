import type { Knex } from 'knex';
import type { Database } from '../storage/database.js';
import { DueRowsStore } from './due-rows-store.js';
import { both, type Eraser } from './eraser.js';
import type { RuleKind } from './rules.js';

/** Removes a message that the exchange left in its spool; one that is gone already is as good. */
export type RemoveSpooled = (file: string) => Promise<void>;

/** Erasers of the numbers of those who phoned, and of what was noted to phone them back. */
export function hotlineErasers(database: Database, removeSpooled: RemoveSpooled): Eraser[] {
  return [
    hotlineCalls(database),
    hotlineTasks(database),
    callIns(database, removeSpooled),
    both(unassignedCalls(database), unassignedCallIns(database, removeSpooled)),
  ];
}

export const emptyCall = { number: '', number_lookup: '', transferred_to: null };
export const emptyTask = { number: '', number_lookup: '', note: '' };
export const emptyCallIn = { number: '', number_lookup: '', message_file: null };

function hotlineCalls(database: Database): Eraser {
  return callsEraser(database, 'hotlineCalls', (organizationId) =>
    database('hotline_calls as h')
      .join('hotline_lines as l', 'l.id', 'h.line_id')
      .where('l.organization_id', organizationId),
  );
}

function unassignedCalls(database: Database): Eraser {
  return callsEraser(database, 'unassignedCalls', () =>
    database('hotline_calls as h').whereNull('h.line_id'),
  );
}

/** @param of the calls `h` of one organization, or of none */
function callsEraser(
  database: Database,
  kind: RuleKind,
  of: (organizationId: number) => Knex.QueryBuilder,
): Eraser {
  return new DueRowsStore(database, {
    kind,
    id: 'h.id',
    due: (organizationId, cut) => of(organizationId).where('h.ended_at', '<', cut.at).where(hasNumber),
    erase: (trx, ids) => trx('hotline_calls').whereIn('id', ids).update(emptyCall),
  });
}

function hasNumber(query: Knex.QueryBuilder): void {
  void query.whereNot('h.number', '').orWhereNotNull('h.transferred_to');
}

function hotlineTasks(database: Database): Eraser {
  return new DueRowsStore(database, {
    kind: 'hotlineTasks',
    id: 'id',
    due: (organizationId, cut) =>
      database('hotline_tasks')
        .where({ organization_id: organizationId })
        .whereIn('state', ['done', 'otherChannel'])
        .where('settled_at', '<', cut.at)
        .where((query) => void query.whereNot('number', '').orWhereNot('note', '')),
    erase: (trx, ids) => trx('hotline_tasks').whereIn('id', ids).update(emptyTask),
  });
}

function callIns(database: Database, removeSpooled: RemoveSpooled): Eraser {
  return callInsEraser(database, removeSpooled, 'callIns', (organizationId) =>
    database('call_ins as i')
      .join('subscribers as s', 's.id', 'i.subscriber_id')
      .where('s.organization_id', organizationId),
  );
}

function unassignedCallIns(database: Database, removeSpooled: RemoveSpooled): Eraser {
  return callInsEraser(database, removeSpooled, 'unassignedCalls', () =>
    database('call_ins as i').whereNull('i.subscriber_id'),
  );
}

/** @param of the calls `i` of one organization's people, or of nobody whom we know */
function callInsEraser(
  database: Database,
  removeSpooled: RemoveSpooled,
  kind: RuleKind,
  of: (organizationId: number) => Knex.QueryBuilder,
): Eraser {
  return new DueRowsStore(database, {
    kind,
    id: 'i.id',
    due: (organizationId, cut) => of(organizationId).where('i.called_at', '<', cut.at).where(hasCaller),
    before: (ids) => removeMessages(database, ids, removeSpooled),
    erase: (trx, ids) => trx('call_ins').whereIn('id', ids).update(emptyCallIn),
  });
}

function hasCaller(query: Knex.QueryBuilder): void {
  void query.whereNot('i.number', '').orWhereNotNull('i.message_file');
}

/** The voices of those who phoned back. */
export async function removeMessages(
  database: Database,
  callInIds: readonly number[],
  removeSpooled: RemoveSpooled,
): Promise<void> {
  const rows = await database('call_ins')
    .whereIn('id', callInIds)
    .whereNotNull('message_file')
    .select<{ message_file: string }[]>('message_file');
  for (const { message_file: file } of rows) await removeSpooled(file);
}
