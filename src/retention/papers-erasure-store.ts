import type { Database } from '../storage/database.js';
import { DueRowsStore } from './due-rows-store.js';
import { both, type Eraser } from './eraser.js';

/** Erasers of what was written down about the work: steps on alerts, who looked at whom, mails, test calls. */
export function papersErasers(database: Database): Eraser[] {
  return [
    both(alertWords(database), checkinWords(database)),
    both(accessLog(database), listenings(database)),
    mails(database),
    testCalls(database),
  ];
}

function alertWords(database: Database): Eraser {
  return new DueRowsStore(database, {
    kind: 'alertNotes',
    id: 'e.id',
    due: (organizationId, cut) =>
      database('alerts as a')
        .join('alert_events as e', 'e.alert_id', 'a.id')
        .where({ 'a.organization_id': organizationId, 'a.state': 'closed' })
        .where('a.closed_at', '<', cut.at)
        .whereNot('e.words', ''),
    erase: (trx, ids) => trx('alert_events').whereIn('id', ids).update({ words: '' }),
  });
}

/** Of check-ins that somebody confirmed before there was an alert. */
function checkinWords(database: Database): Eraser {
  return new DueRowsStore(database, {
    kind: 'alertNotes',
    id: 'e.id',
    due: (organizationId, cut) =>
      database('alert_events as e')
        .join('check_ins as c', 'c.id', 'e.check_in_id')
        .whereNull('e.alert_id')
        .where('c.organization_id', organizationId)
        .where('e.at', '<', cut.at)
        .whereNot('e.words', ''),
    erase: (trx, ids) => trx('alert_events').whereIn('id', ids).update({ words: '' }),
  });
}

function accessLog(database: Database): Eraser {
  return new DueRowsStore(database, {
    kind: 'accessLog',
    id: 'id',
    due: (organizationId, cut) =>
      database('access_log').where({ organization_id: organizationId }).where('at', '<', cut.at),
    erase: (trx, ids) => trx('access_log').whereIn('id', ids).delete(),
  });
}

/** Why somebody heard a recording. */
function listenings(database: Database): Eraser {
  return new DueRowsStore(database, {
    kind: 'accessLog',
    id: 'h.id',
    due: (organizationId, cut) =>
      database('voice_listenings as h')
        .join('voice_files as v', 'v.id', 'h.voice_file_id')
        .join('hotline_lines as l', 'l.id', 'v.line_id')
        .where('l.organization_id', organizationId)
        .where('h.at', '<', cut.at),
    erase: (trx, ids) => trx('voice_listenings').whereIn('id', ids).delete(),
  });
}

function mails(database: Database): Eraser {
  return new DueRowsStore(database, {
    kind: 'mails',
    id: 'id',
    due: (_, cut) =>
      database('mails')
        .whereNot('state', 'waiting')
        .where('settled_at', '<', cut.at)
        .where((query) => void query.whereNot('recipient', '').orWhereNot('body', '')),
    async erase(trx, ids) {
      await trx('mails').whereIn('id', ids).update({ recipient: '', subject: '', body: '' });
      await trx('alert_mails').whereIn('mail_id', ids).update({ name: '' });
    },
  });
}

function testCalls(database: Database): Eraser {
  return new DueRowsStore(database, {
    kind: 'testCalls',
    id: 'id',
    due: (_, cut) => database('test_calls').where('started_at', '<', cut.at).whereNot('number', ''),
    erase: (trx, ids) => trx('test_calls').whereIn('id', ids).update({ number: '' }),
  });
}
