declare module 'asterisk-manager' {
  type Answer = Record<string, string | string[] | undefined>;
  export default class AsteriskManager {
    constructor(port: number | undefined, host: string, user: string, password: string, events: boolean);
    connect(port: number, host: string, connected: () => void): void;
    login(done: (error: unknown) => void): void;
    action(
      fields: Record<string, string>,
      done: (error: { message?: unknown } | null, answer: Answer) => void,
    ): void;
    disconnect(): void;
    on(event: 'close', listener: () => void): void;
    on(event: 'error', listener: (error: Error) => void): void;
    on(event: 'managerevent', listener: (event: Answer) => void): void;
    removeAllListeners(event: string): void;
  }
}
