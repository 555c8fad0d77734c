import { z } from 'zod';
import { mayDo, type Actor } from '../users/permissions.js';
import type { Screen } from '../wallboard/screen-store.js';
import { liveEvents } from './live-events.js';

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

/** Says who connects, by what they show; undefined turns them away. */
export function liveEntry({
  enterSocket,
  enterScreen,
}: {
  /** Who it is, by the cookie of a login or the machine's token; undefined: nobody who may come in. */
  enterSocket: (
    shown: Pick<Knock, 'headers'> & { token: string | undefined },
  ) => Promise<Entrant | undefined>;
  enterScreen: (token: string) => Promise<Screen | undefined>;
}): (knock: Knock) => Promise<Visitor | undefined> {
  return async ({ auth, headers }) => {
    const parsed = loginSchema.safeParse(auth);
    if (!parsed.success) return undefined;
    const login = parsed.data;
    if ('screen' in login) {
      const screen = await enterScreen(login.screen);
      return screen && television(screen);
    }
    const { token, show, names } = login;
    const entrant = await enterSocket({ headers, token });
    const organizationId = login.organizationId ?? entrant?.actor.organizationId;
    if (!entrant || organizationId === undefined) return undefined;
    const { actor, session } = entrant;
    if (!mayDo(actor, shownFirst[show], { organizationId })) return undefined;
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
