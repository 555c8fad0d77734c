import type { PictureView } from '../hotline/picture-view.js';

/** A counsellor has answered a caller: what is known of who calls is opened on their screen. */
export interface LiveCall {
  callId: string;
  extension: string;
  lineId: number;
  /** ISO 8601. */
  answeredAt: string;
  /** What the consultations' card opener made of it; null when that could not be done. */
  card: unknown;
}

/** What the server tells; each `picture` is whole and replaces the one before. */
export interface ServerToClient {
  picture: (view: PictureView) => void;
  call: (call: LiveCall) => void;
}

/** Nothing is ordered over this connection: orders are HTTP requests. */
export type ClientToServer = Record<string, never>;

/** What a client shows when it connects; never in the address, which is logged by many. */
export interface LiveLogin {
  token: string;
  organizationId: number;
}
