import { z } from 'zod';

const host = z.string().regex(/^[A-Za-z0-9.:-]+$/, 'a host name or an address');
const file = z.string().regex(/^\/[^\s;[\]]+$/, 'an absolute path without spaces');
const plainText = z.string().regex(/^[^\s;[\]]*$/, 'no spaces, semicolons or brackets');

/** One carrier line: what the carrier's contract says, in the carrier's words. */
export const trunkSchema = z.object({
  /** Where INVITEs go. */
  host,
  port: z.number().int().min(1).max(65535).default(5060),
  /** Addresses the carrier calls from; the host itself when left out. */
  match: z.array(host).default([]),
  /** The number shown to the person who is called: one fixed number, never anonymous. */
  callerNumber: z.string().regex(/^0\d{9,10}$/, 'a Japanese number in digits, such as 0471234567'),
  domain: host.optional(),
  dtmfMode: z.enum(['auto', 'rfc4733', 'inband', 'info']).default('auto'),
  /** Calls at one time that the contract allows, in both directions. */
  channelCap: z.number().int().min(1).max(2000).default(2),
  /** Left out for a line that is known by its address alone. */
  registration: z.object({ username: plainText.min(1), password: plainText.min(1) }).optional(),
  /** Numbers of the hotline's first line, also before the service has told the exchange of any line. */
  hotlineNumbers: z.array(z.string().regex(/^0\d{8,10}$/, 'digits, such as 0120386117')).default([]),
  /** What happens when a counsellor's telephone dials 110, 118 or 119. */
  emergencyCalls: z.enum(['refuse', 'pass']).default('refuse'),
  /** Time for notes after a call before the next one rings. */
  wrapUpSeconds: z.number().int().min(0).max(3600).default(0),
  /** For counsellors' telephones outside of this house: SIP over TLS. */
  tls: z
    .object({
      port: z.number().int().min(1).max(65535).default(5061),
      certificateFile: file,
      keyFile: file,
      /** The address by which telephones reach us, when the exchange stands behind a router. */
      publicAddress: host.optional(),
    })
    .optional(),
});

export type TrunkSettings = z.infer<typeof trunkSchema>;

/**
 * The values that the templates of `asterisk-config/pbx` and the dialplan need for this trunk.
 *
 * @param sipHost address that the exchange listens on
 */
export function trunkValues(trunk: TrunkSettings, sipHost: string): Record<string, string | number> {
  const domain = trunk.domain ?? trunk.host;
  return {
    callerNumber: trunk.callerNumber,
    trunkDomain: domain,
    trunkHost: trunk.host,
    trunkPort: trunk.port,
    dtmfMode: trunk.dtmfMode,
    trunkMatch: (trunk.match.length > 0 ? trunk.match : [trunk.host]).join(','),
    trunkQualify: '',
    trunkAuthLine: trunk.registration ? 'outbound_auth = trunk-auth' : '',
    trunkRegistration: trunk.registration ? registrationBlock(trunk, domain, trunk.registration) : '',
    hotlineNumberLines: trunk.hotlineNumbers.map((number) => `exten => ${number},1,Return(1)`).join('\n'),
    hasHotline: trunk.hotlineNumbers.length > 0 ? 'yes' : 'no',
    emergencyCalls: trunk.emergencyCalls,
    wrapUpSeconds: trunk.wrapUpSeconds,
    messageBytes: shortestMessageBytes,
    tlsTransport: trunk.tls ? tlsBlock(trunk.tls, sipHost) : '',
  };
}

/** One and a half seconds of 16-bit sound at 8 kHz: Record leaves one second of the silence that ended it. */
const shortestMessageBytes = 24_000;

function tlsBlock(tls: NonNullable<TrunkSettings['tls']>, sipHost: string): string {
  const { port, certificateFile, keyFile, publicAddress } = tls;
  const outside = publicAddress
    ? `external_signaling_address = ${publicAddress}\nexternal_media_address = ${publicAddress}\n` +
      'local_net = 127.0.0.0/8\nlocal_net = 10.0.0.0/8\nlocal_net = 172.16.0.0/12\nlocal_net = 192.168.0.0/16\n'
    : '';
  return `
[transport-tls]
type = transport
protocol = tls
bind = ${sipHost}:${port}
cert_file = ${certificateFile}
priv_key_file = ${keyFile}
method = tlsv1_2
${outside}`;
}

function registrationBlock(
  trunk: TrunkSettings,
  domain: string,
  { username, password }: { username: string; password: string },
): string {
  return `
[trunk-auth]
type = auth
auth_type = userpass
username = ${username}
password = ${password}

[trunk]
type = registration
transport = transport-udp
outbound_auth = trunk-auth
server_uri = sip:${domain}:${trunk.port}
client_uri = sip:${username}@${domain}
contact_user = ${trunk.callerNumber}
retry_interval = 30
forbidden_retry_interval = 300
max_retries = 100000
expiration = 3600
`;
}
