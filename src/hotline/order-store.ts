import type { Database } from '../storage/database.js';
import type { ListeningMode, OrderAnswer } from './exchange-orders.js';

export type OrderKind = 'logIn' | 'logOut' | 'pause' | 'resume' | 'pullForward' | 'callBack' | ListeningMode;

/** Who ordered what, about whom. */
export interface OrderRecord {
  organizationId: number;
  /** An extension, or `api`. */
  orderedBy: string;
  what: OrderKind;
  extension?: string;
  lineId?: number;
  callId?: string;
  taskId?: number;
  reason?: string;
}

/** The record of everything that was ordered of the exchange. */
export class OrderStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Written before the order goes out: no listening without a trace. */
  async begin(order: OrderRecord, now: Date): Promise<number> {
    const [id = 0]: number[] = await this.#database('hotline_orders').insert({
      organization_id: order.organizationId,
      ordered_by: order.orderedBy,
      what: order.what,
      extension: order.extension ?? null,
      line_id: order.lineId ?? null,
      call_id: order.callId ?? null,
      task_id: order.taskId ?? null,
      reason: (order.reason ?? '').slice(0, 80),
      ordered_at: now.getTime(),
    });
    return id;
  }

  async end(id: number, answer: OrderAnswer, now: Date): Promise<void> {
    await this.#database('hotline_orders').where({ id }).update({ answer, answered_at: now.getTime() });
  }
}
