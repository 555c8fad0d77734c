import assert from 'node:assert/strict';
import { accountObjects, asOrder } from '../../src/asterisk/ari/account-objects.js';

const fieldsOf = (outside: boolean) =>
  Object.fromEntries(accountObjects({ extension: '101', secret: 'a secret', outside }));

describe('the account of a counsellor’s phone', () => {
  it('is made in an order in which nothing refers to what is not there', () => {
    const made = accountObjects({ extension: '101', secret: 'x', outside: false }).map(([what]) => what);
    assert.deepEqual(made, ['auth', 'aor', 'endpoint']);
  });

  it('is one phone’s, which the newest registration gets', () => {
    assert.deepEqual(
      [fieldsOf(false).aor?.max_contacts, fieldsOf(false).aor?.remove_existing],
      ['1', 'true'],
    );
  });

  it('may dial what a counsellor may, and takes one call at a time', () => {
    const { endpoint } = fieldsOf(false);
    assert.deepEqual(
      [endpoint?.context, endpoint?.device_state_busy_at, endpoint?.direct_media, endpoint?.callerid],
      ['counsellor', '1', 'false', '101'],
    );
  });

  it('is encrypted when the phone stands outside, and only then', () => {
    const encryption = (outside: boolean) => {
      const { endpoint } = fieldsOf(outside);
      return [endpoint?.transport, endpoint?.media_encryption];
    };
    assert.deepEqual(
      [encryption(true), encryption(false)],
      [
        ['transport-tls', 'sdes'],
        ['', 'no'],
      ],
    );
  });

  it('is ordered with its codecs from none', () => {
    assert.deepEqual(asOrder({ auth: '101', allow: '(ulaw|alaw)' }), [
      { attribute: 'auth', value: '101' },
      { attribute: 'disallow', value: 'all' },
      { attribute: 'allow', value: 'ulaw,alaw' },
    ]);
  });
});
