import type { CardView } from '../consultations/card-view.js';
import type { PictureView } from '../hotline/picture-view.js';
import type { Permission } from '../users/permissions.js';
import type { WallboardView } from '../wallboard/wallboard-view.js';

/** A counsellor has answered a caller: what is known of who calls is opened on their screen. */
export interface LiveCall {
  callId: string;
  extension: string;
  lineId: number;
  /** ISO 8601. */
  answeredAt: string;
  /** What the consultations' card opener made of it; null when that could not be done. */
  card: CardView | null;
}

/** What the server tells; each `picture` and each `wallboard` is whole and replaces the one before. */
export interface ServerToClient {
  picture: (view: PictureView) => void;
  call: (call: LiveCall) => void;
  wallboard: (view: WallboardView) => void;
}

/** Who is told what: what a screen may not see never goes out to it. */
export const liveEvents = {
  picture: 'hotline.see',
  call: 'call.follow',
  wallboard: 'wallboard.see',
} as const satisfies Record<keyof ServerToClient, Permission>;

/** Nothing is ordered over this connection: orders are HTTP requests. */
export interface ClientToServer {
  /** Whether somebody can see the board now; a board that is seen keeps its login from ending by rest. */
  watching: (isVisible: boolean) => void;
}

/**
 * What a client shows when it connects, beside the cookie of a login; never in the address, which is logged by
 * many. The organization is for those who belong to none: everybody else sees their own.
 */
export type LiveLogin =
  | { token?: string; organizationId?: number; show?: 'hotline' }
  /** `names`: people's names rather than what stands for them, for who may see them. */
  | { token?: string; organizationId?: number; show: 'wallboard'; names?: boolean }
  /** A paired television set. */
  | { screen: string };

/**
 * Why a client is not let in: nobody whom we know; known, but not for this; `noSuchOrganization` may come while
 * the service starts.
 */
export type LiveRefusal = 'unauthorized' | 'forbidden' | 'noSuchOrganization' | 'internal';
