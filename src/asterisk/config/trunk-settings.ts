import { z } from 'zod';

const host = z.string().regex(/^[A-Za-z0-9.:-]+$/, 'a host name or an address');
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
});

export type TrunkSettings = z.infer<typeof trunkSchema>;

/** The values that pjsip.conf needs for this trunk. */
export function trunkValues(trunk: TrunkSettings): Record<string, string | number> {
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
  };
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
