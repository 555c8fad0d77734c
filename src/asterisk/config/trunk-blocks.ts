import type { TrunkSettings } from './trunk-settings.js';

/** Seconds until the next try: soon when nobody answers, and not so soon that a carrier that says no shuts us out. */
const registrationRetrySeconds = { noAnswer: 30, refused: 300 } as const;

/** The line of an endpoint that adds the header in which the carrier looks for our number. */
export function identityLine(
  header: TrunkSettings['identityHeader'],
  number: string,
  domain: string,
): string {
  return header === 'none' ? '' : `set_var = PJSIP_HEADER(add,${header})=<sip:${number}@${domain}>`;
}

/** A loose router, or Asterisk would put its address into the request instead of the carrier's. */
export function proxyLine(proxy: string | undefined): string {
  return proxy === undefined ? '' : `outbound_proxy = sip:${proxy}\\;lr`;
}

/** The sections of a line that logs in. */
export function registrationBlock(
  trunk: TrunkSettings,
  domain: string,
  registration: NonNullable<TrunkSettings['registration']>,
): string {
  const { username, password, authUsername = username, expiresSeconds } = registration;
  const proxy = trunk.outboundProxy === undefined ? '' : `${proxyLine(trunk.outboundProxy)}\n`;
  return `
[trunk-auth]
type = auth
auth_type = userpass
username = ${authUsername}
password = ${password}

[trunk]
type = registration
transport = transport-udp
outbound_auth = trunk-auth
${proxy}server_uri = sip:${domain}:${trunk.port}
client_uri = sip:${username}@${domain}
contact_user = ${trunk.callerNumber}
retry_interval = ${registrationRetrySeconds.noAnswer}
forbidden_retry_interval = ${registrationRetrySeconds.refused}
fatal_retry_interval = ${registrationRetrySeconds.refused}
max_retries = 100000
expiration = ${expiresSeconds}
`;
}

/** @param sipHost address that the exchange listens on */
export function tlsBlock(tls: NonNullable<TrunkSettings['tls']>, sipHost: string): string {
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
