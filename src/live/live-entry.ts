import { z } from 'zod';
import { mayDo, type Actor } from '../users/permissions.js';
import type { Screen } from '../wallboard/screen-store.js';
import { liveEvents, type LiveRefusal } from './live-events.js';

/** Who comes in by a login, or by the machine's token. */
export interface Entrant {
  actor: Actor;
  /** The login that the connection lasts as long as; undefined for machines and televisions. */
  session: { id: number; userId: number } | undefined;
}

/** Who is connected, bound to one organization: to its hotline's picture and calls, or to its wallboard and nothing else. */
export type Visitor = Entrant & { organizationId: number } & (
    { show: 'hotline' } | { show: 'wallboard'; showsNames: boolean; screenId?: number }
  );

/** Somebody is turned away; who it is and what they wanted, as far as that is known. */
export interface TurnedAway {
  refusal: Extract<LiveRefusal, 'unauthorized' | 'forbidden'>;
  userId?: number | undefined;
  organizationId?: number | undefined;
}

/** What the one who connects shows: words of their own, and what their browser sends along. */
export interface Knock {
  auth: unknown;
  headers: { cookie?: string | undefined; origin?: string | undefined; host?: string | undefined };
}

const loginSchema = z.union([
  z.object({ screen: z.string().min(1).max(100) }),
  z.object({
    token: z.string().min(1).optional(),
    organizationId: z.number().int().positive().optional(),
    show: z.enum(['hotline', 'wallboard']).default('hotline'),
    names: z.boolean().default(false),
  }),
]);
const shownFirst = { hotline: liveEvents.picture, wallboard: liveEvents.wallboard } as const;

/** Says who connects, by what they show, or why they are turned away. */
export function liveEntry({
  enterSocket,
  enterScreen,
}: {
  /** Who it is, by the cookie of a login or the machine's token; undefined: nobody who may come in. */
  enterSocket: (
    shown: Pick<Knock, 'headers'> & { token: string | undefined },
  ) => Promise<Entrant | undefined>;
  enterScreen: (token: string) => Promise<Screen | undefined>;
}): (knock: Knock) => Promise<Visitor | TurnedAway> {
  return async ({ auth, headers }) => {
    const parsed = loginSchema.safeParse(auth);
    if (!parsed.success) return { refusal: 'unauthorized' };
    const login = parsed.data;
    if ('screen' in login) {
      const screen = await enterScreen(login.screen);
      return screen ? television(screen) : { refusal: 'unauthorized' };
    }
    const { token, show, names } = login;
    const entrant = await enterSocket({ headers, token });
    if (!entrant) return { refusal: 'unauthorized' };
    const { actor, session } = entrant;
    const organizationId = login.organizationId ?? actor.organizationId;
    if (organizationId === undefined || !mayDo(actor, shownFirst[show], { organizationId })) {
      return { refusal: 'forbidden', userId: session?.userId, organizationId };
    }
    const who = { actor, session, organizationId };
    if (show === 'hotline') return { ...who, show };
    return { ...who, show, showsNames: names && mayDo(actor, 'ledger.see', { organizationId }) };
  };
}

function television({ id: screenId, organizationId }: Screen): Visitor {
  const actor: Actor = { role: 'screen', organizationId, stationIds: [], counsellorId: undefined };
  // Whoever passes by can read a television: it never shows names.
  return { actor, session: undefined, organizationId, show: 'wallboard', showsNames: false, screenId };
}
