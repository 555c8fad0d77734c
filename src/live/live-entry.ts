import { z } from 'zod';
import { mayDo, type Actor } from '../users/permissions.js';
import type { SignedIn } from '../users/sessions.js';
import type { Screen } from '../wallboard/screen-store.js';

/** What a connection shows: the hotline's picture with its calls, or a wallboard and nothing else. */
export type Visitor = {
  organizationId: number;
  /** The login that it lasts as long as; undefined for machines and televisions. */
  sessionId?: number;
} & ({ show: 'hotline' } | { show: 'wallboard'; showsNames: boolean; screenId?: number });

/** What the one who connects shows: words of their own, and what their browser sends along. */
export interface Knock {
  auth: unknown;
  headers: { cookie?: string | undefined; origin?: string | undefined; host?: string | undefined };
}

const loginSchema = z.union([
  z.object({ screen: z.string().min(1).max(100) }),
  z.object({
    token: z.string().min(1).optional(),
    organizationId: z.number().int().positive(),
    show: z.enum(['hotline', 'wallboard']).default('hotline'),
    names: z.boolean().default(false),
  }),
]);

const machine: Actor = {
  role: 'machine',
  organizationId: undefined,
  stationIds: [],
  counsellorId: undefined,
};

/** Says who connects, by what they show; undefined turns them away. */
export function liveEntry({
  isApiToken,
  signedIn,
  enterScreen,
}: {
  isApiToken: (token: string) => boolean;
  /** Whose session the request bears. */
  signedIn: (knock: Knock) => Promise<SignedIn | undefined>;
  enterScreen: (token: string) => Promise<Screen | undefined>;
}): (knock: Knock) => Promise<Visitor | undefined> {
  return async (knock) => {
    const parsed = loginSchema.safeParse(knock.auth);
    if (!parsed.success) return undefined;
    const login = parsed.data;
    if ('screen' in login) {
      const screen = await enterScreen(login.screen);
      if (!screen) return undefined;
      const { id: screenId, organizationId } = screen;
      // Whoever passes by can read a television: it never shows names.
      return { show: 'wallboard', organizationId, showsNames: false, screenId };
    }
    const { token, organizationId, show, names } = login;
    const person = token === undefined ? await signedIn(knock) : undefined;
    const actor = token !== undefined && isApiToken(token) ? machine : person?.user;
    if (!actor || !mayDo(actor, `${show}.see`, { organizationId })) return undefined;
    const who = { organizationId, ...(person && { sessionId: person.session.id }) };
    if (show === 'hotline') return { ...who, show };
    return { ...who, show, showsNames: names && mayDo(actor, 'ledger.see', { organizationId }) };
  };
}
