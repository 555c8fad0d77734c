/** Columns of one table whose values pass through the PersonalDataCodec. */
export interface PersonalColumns {
  table: string;
  /** The primary key: whole numbers. */
  key: readonly string[];
  columns: readonly string[];
}

/**
 * Every column of personal data, once: what is encrypted, counted and given a new key. A test fills all
 * tables and looks for personal words elsewhere, so what is missing here is found.
 */
export const personalColumns: readonly PersonalColumns[] = [
  byId('subscribers', 'member_number', 'name', 'kana', 'birth_date', 'notes'),
  byId('phone_numbers', 'number'),
  byId('pauses', 'reason'),
  byId('subscriber_contacts', 'name', 'relationship', 'number', 'mail', 'consent_by', 'notes'),
  byId('subscriber_consents', 'contact', 'given_by'),
  byId('subscriber_changes', 'fields'),
  byId('form_drafts', 'body'),
  byId('call_ins', 'number'),
  byId('counsellors', 'name', 'sip_secret'),
  byId('hotline_calls', 'number', 'transferred_to'),
  byId('hotline_tasks', 'number', 'note'),
  byId('consultation_cases', 'title'),
  byId('consultation_persons', 'content'),
  { table: 'consultation_case_persons', key: ['case_id', 'person_id'], columns: ['relationship'] },
  byId('consultation_cards', 'content'),
  { table: 'consultation_card_revisions', key: ['card_id', 'version'], columns: ['content'] },
  byId('support_actions', 'note'),
  byId('referral_destinations', 'note'),
  byId('referrals', 'told', 'answer'),
  byId('concluded_leases', 'content'),
  byId('voice_listenings', 'reason'),
  byId('users', 'name', 'mail', 'totp_secret', 'totp_new_secret'),
  byId('user_sessions', 'device'),
  byId('mails', 'recipient', 'subject', 'body'),
  byId('access_log', 'reason', 'address', 'changes'),
  byId('test_calls', 'number'),
  byId('stations', 'desk_number'),
  byId('alert_events', 'words'),
  byId('station_contacts', 'name', 'mail'),
  byId('alert_mails', 'name'),
];

function byId(table: string, ...columns: string[]): PersonalColumns {
  return { table, key: ['id'], columns };
}
