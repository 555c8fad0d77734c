import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A wire between the service and a port of the exchange that a test may cut, and join again. */
export class TcpProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #state: 'joined' | 'cut' | 'silent' = 'joined';

  private constructor(targetPort: number) {
    this.#server = createServer((near) => {
      if (this.#state === 'cut') {
        near.destroy();
        return;
      }
      this.#join(near, connect(targetPort, '127.0.0.1'));
    });
  }

  static async open(targetPort: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(targetPort);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Drops every connection and refuses new ones. */
  cut(): void {
    this.#state = 'cut';
    this.#dropAll();
  }

  /** Nothing is forwarded any more, and nothing is closed: a half-open link. */
  fallSilent(): void {
    this.#state = 'silent';
    for (const socket of this.#sockets) socket.unpipe();
  }

  /** New connections pass again; those of a silent time are dropped. */
  mend(): void {
    if (this.#state === 'silent') this.#dropAll();
    this.#state = 'joined';
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(near: Socket, far: Socket): void {
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        this.#sockets.delete(socket);
        if (this.#state !== 'silent') other.destroy();
      });
      if (this.#state === 'joined') socket.pipe(other);
    }
  }

  #dropAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
