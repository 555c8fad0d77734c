import { createSocket } from 'node:dgram';

export interface FakeRegistrar {
  readonly port: number;
  close(): Promise<void>;
}

/** A carrier's registrar that takes no password at all: it asks for one, and refuses it. */
export async function startFakeRegistrar(host: string): Promise<FakeRegistrar> {
  const socket = createSocket('udp4');
  socket.on('message', (message, peer) => {
    const request = message.toString();
    if (!request.startsWith('REGISTER ')) return;
    const header = (name: string): string => new RegExp(`^${name}:.*$`, 'im').exec(request)?.[0] ?? '';
    const isTried = header('Authorization') !== '';
    const answer = [
      `SIP/2.0 ${isTried ? '403 Forbidden' : '401 Unauthorized'}`,
      ...['Via', 'From', 'Call-ID', 'CSeq'].map(header),
      `${header('To')};tag=refused`,
      ...(isTried ? [] : ['WWW-Authenticate: Digest realm="carrier", nonce="1234", algorithm=MD5']),
      'Content-Length: 0',
    ];
    socket.send(`${answer.join('\r\n')}\r\n\r\n`, peer.port, peer.address);
  });
  await new Promise<void>((resolve) => socket.bind({ port: 0, address: host, exclusive: true }, resolve));
  return {
    port: socket.address().port,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}
