import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillTemplate } from '../../src/asterisk/config/template.js';
import { trunkSchema, trunkValues, type TrunkFile } from '../../src/asterisk/config/trunk-settings.js';
import { projectRoot } from '../../src/project-root.js';
import { presetNames, presets, type PresetName } from '../../src/trunk/presets.js';

const template = readFileSync(join(projectRoot, 'asterisk-config/pbx/pjsip.conf'), 'utf8');
const line = { host: 'sip.example.jp', callerNumber: '0471234567' };
const account = { username: '81471234567', password: 'geheim' };

/** What a trunk file makes of the endpoint in pjsip.conf. */
function habitsIn(file: TrunkFile): Record<string, string | undefined> {
  const text = fillTemplate(template, {
    ...{ sipHost: '0.0.0.0', sipPort: 5060, transportExtra: '' },
    ...trunkValues(trunkSchema.parse(file), '0.0.0.0'),
  });
  const of = (key: string): string | undefined => new RegExp(`^${key} = (.*)$`, 'm').exec(text)?.[1];
  return {
    from: of('from_user'),
    identity: of('set_var'),
    timers: `${of('timers') ?? ''} ${of('timers_sess_expires') ?? ''}`,
    keys: of('dtmf_mode'),
    codecs: of('allow'),
  };
}

describe('the preset of a trunk', () => {
  const preferred = (number: string): string =>
    `PJSIP_HEADER(add,P-Preferred-Identity)=<sip:${number}@sip.example.jp>`;
  const plain = {
    from: '0471234567',
    identity: preferred('0471234567'),
    timers: 'yes 1800',
    keys: 'auto',
    codecs: 'ulaw',
  };
  const table: Record<PresetName, ReturnType<typeof habitsIn>> = {
    'hikari-gateway': { ...plain, keys: 'inband' },
    'hikari-ngn': { ...plain, timers: 'always 300', keys: 'inband' },
    rakuten: { ...plain, from: '81471234567', identity: preferred('81471234567') },
    brastel: plain,
    agilephone: plain,
    registration: plain,
    address: { ...plain, identity: 'PJSIP_HEADER(add,P-Asserted-Identity)=<sip:0471234567@sip.example.jp>' },
  };
  for (const preset of presetNames) {
    it(`${preset} stands in pjsip.conf`, () => {
      assert.deepEqual(habitsIn({ ...line, preset }), table[preset]);
    });

    it(`${preset} tells what nobody has confirmed`, () => {
      assert.ok(presets[preset].unsure.length > 0);
      assert.equal(trunkValues(trunkSchema.parse({ ...line, preset }), '0.0.0.0').trunkNumberFormat, '0');
    });
  }

  it('gives way to what the trunk file says', () => {
    const file: TrunkFile = {
      ...{ ...line, preset: 'rakuten', numberFormat: '+81', callerFormat: '+81' },
      ...{ identityHeader: 'none', sessionTimers: 'no', codecs: ['alaw', 'ulaw'] },
    };
    assert.deepEqual(habitsIn(file), {
      from: '+81471234567',
      identity: undefined,
      timers: 'no 1800',
      keys: 'auto',
      codecs: 'alaw,ulaw',
    });
  });

  it('shows our number as the called one is dialled, unless it is told otherwise', () => {
    assert.equal(habitsIn({ ...line, numberFormat: '81' }).from, '81471234567');
  });

  it('leaves a trunk file without a preset as it was', () => {
    assert.deepEqual(habitsIn(line), {
      from: '0471234567',
      identity: 'PJSIP_HEADER(add,P-Asserted-Identity)=<sip:0471234567@sip.example.jp>',
      timers: 'yes 1800',
      keys: 'auto',
      codecs: 'ulaw,alaw',
    });
  });

  it('registers as an account, through a proxy and with a name of its own for the digest', () => {
    const { trunkRegistration, trunkProxy } = trunkValues(
      trunkSchema.parse({
        ...{ ...line, preset: 'rakuten', domain: 'carrier.example.jp', outboundProxy: 'sbc.example.jp:5070' },
        registration: { ...account, authUsername: 'digest', expiresSeconds: 600 },
      }),
      '0.0.0.0',
    );
    assert.equal(trunkProxy, 'outbound_proxy = sip:sbc.example.jp:5070\\;lr');
    assert.equal(
      trunkRegistration,
      `
[trunk-auth]
type = auth
auth_type = userpass
username = digest
password = geheim

[trunk]
type = registration
transport = transport-udp
outbound_auth = trunk-auth
outbound_proxy = sip:sbc.example.jp:5070\\;lr
server_uri = sip:carrier.example.jp:5060
client_uri = sip:81471234567@carrier.example.jp
contact_user = 0471234567
retry_interval = 30
forbidden_retry_interval = 300
fatal_retry_interval = 300
max_retries = 100000
expiration = 600
`,
    );
  });

  it('names a field that nobody knows, and a preset that is none', () => {
    const problems = (file: unknown): string =>
      trunkSchema
        .safeParse(file)
        .error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`)
        .join() ?? '';
    assert.match(problems({ ...line, chanelCap: 4 }), /chanelCap/);
    assert.match(problems({ ...line, preset: 'nobody' }), /^preset /);
    assert.match(problems({ ...line, sessionExpiresSeconds: 30 }), /sessionExpiresSeconds/);
  });
});
