import { z } from 'zod';
import { inFormat, numberFormats } from '../../trunk/number-format.js';
import {
  codecs,
  dtmfModes,
  identityHeaders,
  presetNames,
  sessionTimerModes,
  withPreset,
} from '../../trunk/presets.js';
import { identityLine, proxyLine, registrationBlock, tlsBlock } from './trunk-blocks.js';

const host = z.string().regex(/^[A-Za-z0-9.:-]+$/, 'a host name or an address');
const file = z.string().regex(/^\/[^\s;[\]]+$/, 'an absolute path without spaces');
const plainText = z.string().regex(/^[^\s;[\]]*$/, 'no spaces, semicolons or brackets');

const settings = z.strictObject({
  /** Fills in what the file leaves out: src/trunk/presets.ts. */
  preset: z.enum(presetNames).optional(),
  /** Where INVITEs go. */
  host,
  port: z.number().int().min(1).max(65535).default(5060),
  /** Addresses the carrier calls from; the host itself when left out. */
  match: z.array(host).default([]),
  /** The number shown to the person who is called: one fixed number, never anonymous. */
  callerNumber: z.string().regex(/^0\d{9,10}$/, 'a Japanese number in digits, such as 0471234567'),
  domain: host.optional(),
  /** How the carrier wants the number that is called. */
  numberFormat: z.enum(numberFormats).default('0'),
  /** How it wants ours; as the called one when left out. */
  callerFormat: z.enum(numberFormats).optional(),
  /** The header that names our number, beside From. */
  identityHeader: z.enum(identityHeaders).default('P-Asserted-Identity'),
  /** Whether calls are renewed (RFC 4028): yes where the carrier asks, always, required of it, or no. */
  sessionTimers: z.enum(sessionTimerModes).default('yes'),
  sessionExpiresSeconds: z.number().int().min(90).max(86_400).default(1800),
  /** A host, perhaps with a port, through which everything goes. */
  outboundProxy: host.optional(),
  codecs: z
    .array(z.enum(codecs))
    .min(1)
    .default([...codecs]),
  /** Seconds between two OPTIONS to the carrier; 0: none. A carrier that leaves them unanswered would be given up. */
  qualifySeconds: z.number().int().min(0).max(3600).default(0),
  userAgent: z
    .string()
    .regex(/^[\w./ -]{1,60}$/, 'letters, digits, spaces, dots and hyphens')
    .default('Genkidesu'),
  dtmfMode: z.enum(dtmfModes).default('auto'),
  /** Calls at one time that the contract allows, in both directions. */
  channelCap: z.number().int().min(1).max(2000).default(2),
  /** Left out for a line that is known by its address alone. */
  registration: z
    .strictObject({
      username: plainText.min(1),
      password: plainText.min(1),
      /** Where the name of the digest is another than the account's. */
      authUsername: plainText.min(1).optional(),
      expiresSeconds: z.number().int().min(60).max(86_400).default(3600),
    })
    .optional(),
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

/** One carrier line: what the carrier's contract says, in the carrier's words. */
export const trunkSchema = z.preprocess(withPreset, settings);

export type TrunkSettings = z.infer<typeof trunkSchema>;
/** What stands in a trunk file. */
export type TrunkFile = z.input<typeof settings>;

/**
 * The values that the templates of `asterisk-config/pbx` and the dialplan need for this trunk.
 *
 * @param sipHost address that the exchange listens on
 */
export function trunkValues(trunk: TrunkSettings, sipHost: string): Record<string, string | number> {
  const domain = trunk.domain ?? trunk.host;
  const shown = inFormat(trunk.callerNumber, trunk.callerFormat ?? trunk.numberFormat);
  return {
    callerNumber: trunk.callerNumber,
    trunkDomain: domain,
    trunkHost: trunk.host,
    trunkPort: trunk.port,
    dtmfMode: trunk.dtmfMode,
    trunkMatch: (trunk.match.length > 0 ? trunk.match : [trunk.host]).join(','),
    trunkNumberFormat: trunk.numberFormat,
    trunkCallerFormat: trunk.callerFormat ?? trunk.numberFormat,
    trunkCallerNumber: shown,
    trunkIdentity: identityLine(trunk.identityHeader, shown, domain),
    identityHeader: trunk.identityHeader,
    trunkProxy: proxyLine(trunk.outboundProxy),
    sessionTimers: trunk.sessionTimers,
    sessionExpiresSeconds: trunk.sessionExpiresSeconds,
    trunkCodecs: trunk.codecs.join(','),
    userAgent: trunk.userAgent,
    trunkQualify: trunk.qualifySeconds > 0 ? `qualify_frequency = ${trunk.qualifySeconds}` : '',
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
