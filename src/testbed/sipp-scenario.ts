/** The audio that SIPp's phones send in a loop; in the folder in which it runs. */
export const quietAudioFile = 'quiet.ulaw';

const requestLine = 'sip:[service]@[remote_ip]:[remote_port]';
const via = 'Via: SIP/2.0/[transport] [local_ip]:[local_port]';
const tag = 'tag=[pid]-[call_number]';
const noBody = 'Content-Length: 0\n';
const audio = `Content-Type: application/sdp
Content-Length: [len]

v=0
o=- 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio [rtpstream_audio_port] RTP/AVP 0 101
a=rtpmap:0 PCMU/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-16
a=ptime:20
`;

/** What a phone of SIPp does once two people talk. */
export interface TalkScript {
  /** Each call takes one of these at random; empty: it goes on until the other side hangs up. */
  talkSeconds: readonly number[];
}

/**
 * People who phone us through the carrier. Each line of the injected file has the From header's
 * value, and the header in which a carrier vouches for the number or keeps it back.
 *
 * @param script `patienceSeconds`: who is not answered by then gives up
 */
export function callerScenario(script: TalkScript & { patienceSeconds: number }): string {
  const start = (method: string, branch: string, to = `To: <${requestLine}>`): string =>
    `${method} ${requestLine} SIP/2.0
${via};branch=${branch}
From: [field0];${tag}
${to}
Call-ID: [call_id]
CSeq: 1 ${method}
Max-Forwards: 70
`;
  // Who gives up, or is refused, speaks of the same transaction again.
  const first = 'z9hG4bK-[pid]-[call_number]-1';
  const limit = ` timeout="${script.patienceSeconds * 1000}" ontimeout="give-up"`;
  return scenario('callers', [
    send(`${start('INVITE', first)}Contact: <sip:caller@[local_ip]:[local_port]>\n[field1]\n${audio}`),
    // SIPp looks for the limit at the first message it may get, which may be any of these.
    ...[100, 180, 181, 183].map((code) => `<recv response="${code}" optional="true"${limit}/>`),
    `<recv response="200" rrs="true"${limit}><action>
${remember('remote', 'To')}</action></recv>`,
    send(inDialogue('ACK', 1, 'From: [field0]'), 'once'),
    ...talk(script, inDialogue('BYE', 2, 'From: [field0]')),
    '<label id="give-up"/>',
    send(start('CANCEL', first) + noBody),
    '<recv response="200" optional="true"/>',
    '<recv response="487"/>',
    send(start('ACK', first, '[last_To:]') + noBody, 'once'),
  ]);
}

/** @param script a phone without `ringSeconds` is never picked up */
export function phoneScenario(script: TalkScript & { ringSeconds?: number | undefined }): string {
  const answer = (status: string, to = `[last_To:];${tag}`, cseq = '[last_CSeq:]'): string =>
    `SIP/2.0 ${status}
[last_Via:]
[last_From:]
${to}
Call-ID: [call_id]
${cseq}
Contact: <sip:[$user]@[local_ip]:[local_port]>
`;
  const { ringSeconds } = script;
  const pickUp =
    ringSeconds === undefined ? '' : ` timeout="${Math.max(10, ringSeconds * 1000)}" ontimeout="pick-up"`;
  return scenario('phones', [
    `<recv request="INVITE" rrs="true"><action>
${remember('local', 'To')}
${remember('remote', 'From')}
<ereg regexp="[0-9]+" search_in="hdr" header="CSeq:" assign_to="cseq"/>
<ereg regexp="sip:([^@;&gt;]+)" search_in="hdr" header="To:" assign_to="address,user"/>
<log message="[call_id] [$user]"/></action></recv>`,
    send(answer('180 Ringing') + noBody, 'once'),
    `<recv request="CANCEL"${pickUp}/>`,
    send(answer('200 OK', '[last_To:]') + noBody, 'once'),
    send(answer('487 Request Terminated', undefined, 'CSeq: [$cseq] INVITE') + noBody),
    '<recv request="ACK" next="end"/>',
    '<label id="pick-up"/>',
    send(answer('200 OK') + audio),
    '<recv request="ACK"/>',
    ...talk(script, inDialogue('BYE', 2, 'From:[$local]')),
    '<Reference variables="address"/>',
  ]);
}

/** Phones that tell the registrar where they are. Injected: the user, and SIPp's keyword for his digest. */
export function registerScenario(expiresSeconds: number): string {
  // A request that had to be sent twice is asked for a password twice; the second time says nothing of the password.
  return registration(expiresSeconds, ['<recv response="401" optional="true"/>', '<recv response="200"/>']);
}

/** Somebody who tries passwords: every request is answered with 401, and that is the end of it. */
export function wrongPasswordScenario(): string {
  return registration(3600, ['<recv response="401"/>']);
}

function registration(expiresSeconds: number, end: readonly string[]): string {
  const register = (cseq: number, proof: string): string =>
    `REGISTER sip:[remote_ip]:[remote_port] SIP/2.0
${via};branch=[branch]
From: <sip:[field0]@[remote_ip]>;${tag}
To: <sip:[field0]@[remote_ip]>
Call-ID: [call_id]
CSeq: ${cseq} REGISTER
Contact: <sip:[field0]@[local_ip]:[local_port]>
${proof}Max-Forwards: 70
Expires: ${expiresSeconds}
${noBody}`;
  return scenario('registrations', [
    send(register(1, '')),
    '<recv response="401" auth="true"/>',
    send(register(2, '[field1]\n')),
    ...end,
  ]);
}

/** Somebody unknown who tries to phone; refused, and so only the first request and the answer. */
export function strangerScenario(): string {
  return scenario('strangers', [
    send(`INVITE ${requestLine} SIP/2.0
${via};branch=z9hG4bK-[pid]-[call_number]-1
From: <sip:[field0]@[local_ip]>;${tag}
To: <${requestLine}>
Call-ID: [call_id]
CSeq: 1 INVITE
Contact: <sip:[field0]@[local_ip]:[local_port]>
Max-Forwards: 70
${audio}`),
    '<recv response="401"/>',
    send(
      `ACK ${requestLine} SIP/2.0
${via};branch=z9hG4bK-[pid]-[call_number]-1
From: <sip:[field0]@[local_ip]>;${tag}
[last_To:]
Call-ID: [call_id]
CSeq: 1 ACK
Max-Forwards: 70
${noBody}`,
      'once',
    ),
  ]);
}

/** From the acknowledged answer to the end; a call that is put on hold or renewed is agreed to. */
function talk({ talkSeconds }: TalkScript, bye: string): string[] {
  const lengths = talkSeconds.length === 0 ? [undefined] : talkSeconds;
  const choices = lengths
    .slice(0, -1)
    .map((_, index) => `<nop next="talk-${index}" chance="${1 / (lengths.length - index)}"/>`);
  const branches = lengths.map((seconds, index) => ({
    limit: seconds === undefined ? '' : ` timeout="${seconds * 1000}" ontimeout="hang-up"`,
    index,
  }));
  const ok = `SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
Call-ID: [call_id]
[last_CSeq:]
Contact: <sip:phone@[local_ip]:[local_port]>
`;
  return [
    `<nop><action><exec rtp_stream="${quietAudioFile},-1,0"/></action></nop>`,
    ...choices,
    ...[...branches]
      .reverse()
      .flatMap(({ index, limit }) => [
        `<label id="talk-${index}"/>`,
        `<recv request="INVITE" optional="true" next="renew-${index}"${limit}/>`,
        `<recv request="BYE" next="hung-up"${limit}/>`,
        `<label id="renew-${index}"/>`,
        send(ok + audio),
        `<recv request="ACK" next="talk-${index}"/>`,
      ]),
    '<label id="hung-up"/>',
    send(ok + noBody, 'once', 'end'),
    '<label id="hang-up"/>',
    send(bye),
    '<recv response="200" next="end"/>',
  ];
}

function inDialogue(method: string, cseq: number, from: string): string {
  return `${method} [next_url] SIP/2.0
${via};branch=[branch]
[routes]
${from};${tag}
To:[$remote]
Call-ID: [call_id]
CSeq: ${cseq} ${method}
Max-Forwards: 70
${noBody}`;
}

function remember(variable: string, header: string): string {
  return `<ereg regexp=".*" search_in="hdr" header="${header}:" assign_to="${variable}"/>`;
}

/** @param times `once`: an answer or ACK that is sent again only when the other side asks again */
function send(message: string, times: 'once' | 'until answered' = 'until answered', next?: string): string {
  const attributes = `${times === 'once' ? '' : ' retrans="500"'}${next ? ` next="${next}"` : ''}`;
  return `<send${attributes}><![CDATA[\n${message}\n]]></send>`;
}

function scenario(name: string, steps: readonly string[]): string {
  const references = steps.filter((step) => step.startsWith('<Reference'));
  const others = steps.filter((step) => !step.startsWith('<Reference'));
  return `<?xml version="1.0" encoding="UTF-8"?>
<scenario name="${name}">
${[...others, '<label id="end"/>', ...references].join('\n')}
</scenario>
`;
}
