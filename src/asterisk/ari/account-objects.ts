import type { PhoneAccount } from '../../hotline/phone-accounts.js';
import { counsellorContext, outsideTransport } from '../names.js';

export type AccountObject = 'auth' | 'aor' | 'endpoint';
export type AccountFields = Readonly<Record<string, string>>;

/** What an account consists of, in the order of making it; values as Asterisk gives them back. */
export function accountObjects({
  extension,
  secret,
  outside,
}: PhoneAccount): readonly (readonly [AccountObject, AccountFields])[] {
  return [
    ['auth', { auth_type: 'userpass', username: extension, password: secret }],
    // One phone each: the newest registration takes the old one's place.
    ['aor', { max_contacts: '1', remove_existing: 'true', qualify_frequency: '30' }],
    [
      'endpoint',
      {
        auth: extension,
        aors: extension,
        context: counsellorContext,
        allow: '(ulaw|alaw)',
        rtp_symmetric: 'true',
        force_rport: 'true',
        rewrite_contact: 'true',
        // Speech goes through the exchange: it is recorded and listened to there.
        direct_media: 'false',
        dtmf_mode: 'auto_info',
        callerid: extension,
        media_encryption: outside ? 'sdes' : 'no',
        transport: outside ? outsideTransport : '',
        device_state_busy_at: '1',
        language: 'ja',
        accountcode: extension,
      },
    ],
  ];
}

/** Fields as an order: a list of codecs starts from none, and is told with commas. */
export function asOrder(fields: AccountFields): { attribute: string; value: string }[] {
  return Object.entries(fields).flatMap(([attribute, value]) =>
    attribute === 'allow'
      ? [
          { attribute: 'disallow', value: 'all' },
          { attribute, value: value.replace(/[()]/g, '').replaceAll('|', ',') },
        ]
      : [{ attribute, value }],
  );
}
