/** Who a softphone is, and where it registers. */
export interface SoftphoneAccount {
  user: string;
  password: string;
  registrar: { host: string; port: number };
  /** Default `udp`. With `tls`, baresip 1.0 takes any certificate for good. */
  transport?: 'udp' | 'tcp' | 'tls';
  /** Audio that is not encrypted is refused (SRTP, keys in the SDP); default false. */
  encrypted?: boolean;
  /** Picks up at once; default false. */
  autoAnswer?: boolean;
}

export interface SoftphonePlace {
  localHost: string;
  sipPort: number;
  controlPort: number;
  moduleDir: string;
  /** 8 kHz mono, 16 bit; baresip hangs up where it ends. Default: 440 Hz without end. */
  wavFile?: string | undefined;
}

/** The file `config` of baresip 1.x: no sound card, nothing that is not used. */
export function softphoneConfig(place: SoftphonePlace): string {
  const { localHost, wavFile } = place;
  const [source, rate, channels] = wavFile ? [`aufile,${wavFile}`, 8000, 1] : ['ausine,440', 48_000, 2];
  const lines = [
    'poll_method epoll',
    `net_interface ${localHost}`,
    `sip_listen ${localHost}:${place.sipPort}`,
    'call_max_calls 4',
    'call_local_timeout 600',
    // A player is needed by name, though nobody listens: this one is a pipe to nowhere.
    'audio_player aubridge,nobody',
    'audio_alert aubridge,nobody',
    `audio_source ${source}`,
    'audio_level no',
    `ausrc_srate ${rate}`,
    `ausrc_channels ${channels}`,
    'rtp_ports 10000-19998',
    'statmode_default off',
    `module_path ${place.moduleDir}`,
    ...['g711', wavFile ? 'aufile' : 'ausine', 'aubridge', 'srtp'].map((name) => `module ${name}.so`),
    ...['uuid', 'account'].map((name) => `module_tmp ${name}.so`),
    ...['menu', 'ctrl_tcp'].map((name) => `module_app ${name}.so`),
    `ctrl_tcp_listen 127.0.0.1:${place.controlPort}`,
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** @param registers false for a phone that only calls, as the carrier's subscribers do */
export function softphoneAccount(account: SoftphoneAccount, registers: boolean): string {
  const { user, password, registrar, transport = 'udp', encrypted, autoAnswer } = account;
  return [
    `<sip:${user}@${registrar.host}:${registrar.port};transport=${transport}>`,
    `auth_user=${user}`,
    `auth_pass=${password}`,
    `regint=${registers ? 3600 : 0}`,
    ...(encrypted ? ['mediaenc=srtp-mand'] : []),
    ...(autoAnswer ? ['answermode=auto'] : []),
  ].join(';');
}

/** The number in `sip:0473900000@127.0.0.1:5060`, or in the same with a name and brackets. */
export function numberOfUri(uri: string): string {
  return /sips?:([^@;>]+)@/.exec(uri)?.[1] ?? '';
}
