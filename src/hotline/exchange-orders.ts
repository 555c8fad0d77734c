/** What became of an order: the exchange did it, would not, or could not be asked. */
export type OrderAnswer = 'done' | 'refused' | 'noLink';

/** Listen only; speak to the counsellor alone; speak to both. */
export const listeningModes = ['listen', 'whisper', 'barge'] as const;
export type ListeningMode = (typeof listeningModes)[number];

/** What can be ordered of the exchange's queues and phones. */
export interface ExchangeOrders {
  /** Into the queues of these lines; where they are in already, nothing changes. */
  logIn(extension: string, slots: readonly number[], pause?: { reason: string }): Promise<OrderAnswer>;
  /** Out of the queues of these lines; where they are not in, nothing changes. */
  logOut(extension: string, slots: readonly number[]): Promise<OrderAnswer>;
  /** In every queue that they are in. */
  pause(extension: string, reason: string): Promise<OrderAnswer>;
  resume(extension: string): Promise<OrderAnswer>;
  /** @param channel the exchange's name for the caller's channel */
  pullForward(slot: number, channel: string, priority: number): Promise<OrderAnswer>;
  /** Rings the supervisor's phone; who answers it hears the counsellor's call. */
  listenIn(supervisor: string, counsellor: string, mode: ListeningMode): Promise<OrderAnswer>;
  /** Rings the counsellor's phone; who answers it is connected to the number. */
  callBack(call: { extension: string; number: string; taskId: number; slot: number }): Promise<OrderAnswer>;
}
