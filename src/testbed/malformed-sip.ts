import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { SipTarget } from './sipp-process.js';

/** Packets that no phone sends: each has been the end of some SIP server. */
export function malformedPackets(target: SipTarget): Buffer[] {
  const uri = `sip:100@${target.host}:${target.port}`;
  const request = (headers: readonly string[], body = ''): string =>
    [`INVITE ${uri} SIP/2.0`, ...headers, '', body].join('\r\n');
  const decent = [
    'Via: SIP/2.0/UDP 127.0.0.66:5060;branch=z9hG4bKmalformed',
    'From: <sip:x@127.0.0.66>;tag=x',
    `To: <${uri}>`,
    'Call-ID: malformed',
    'CSeq: 1 INVITE',
  ];
  const changed = (name: string, line: string): string[] =>
    decent.map((header) => (header.startsWith(name) ? line : header));
  return [
    '',
    '\0'.repeat(64),
    'INVITE',
    `INVITE ${uri}\r\n\r\n`,
    request([]),
    request(decent.filter((header) => !header.startsWith('Via'))),
    request(decent.filter((header) => !header.startsWith('Call-ID'))),
    request([...decent, 'Content-Length: -1']),
    request([...decent, 'Content-Length: 999999999'], 'v=0'),
    request([...decent, 'Content-Type: application/sdp', 'Content-Length: 9'], 'v=0\r\nm=\0\0'),
    request(changed('CSeq', 'CSeq: 99999999999999999999 INVITE')),
    request(changed('CSeq', 'CSeq: 1 BYE')),
    request(changed('From', `From: ${'<'.repeat(4000)}`)),
    request(changed('To', `To: "${'\\'.repeat(4001)}`)),
    request(changed('Via', `Via: ${'SIP/2.0/UDP a;'.repeat(500)}`)),
    request([...decent, ...Array.from({ length: 1500 }, (_, index) => `X-${index}: y`)]),
    `SIP/2.0 200 OK\r\n${decent.join('\r\n')}\r\n\r\n`,
    `SIP/2.0 99999 ?\r\n\r\n`,
  ]
    .map((text) => Buffer.from(text, 'latin1'))
    .concat(Buffer.from([0xff, 0xfe, 0x80, 0x0d, 0x0a, 0x0d, 0x0a]));
}

/** Sends all of them, `rounds` times, from an address that is nobody's; answers are not waited for. */
export async function sendMalformed(
  target: SipTarget,
  rounds = 1,
  localHost = '127.0.0.66',
): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, localHost);
  await once(socket, 'listening');
  const packets = malformedPackets(target);
  for (let round = 0; round < rounds; round++) {
    for (const packet of packets) {
      await new Promise<void>((resolve, reject) => {
        socket.send(packet, target.port, target.host, (error) => (error ? reject(error) : resolve()));
      });
    }
  }
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return packets.length * rounds;
}
