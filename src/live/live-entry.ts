import { z } from 'zod';
import type { Screen } from '../wallboard/screen-store.js';

/** What a connection shows: the hotline's picture with its calls, or a wallboard and nothing else. */
export type Visitor =
  | { show: 'hotline'; organizationId: number }
  | { show: 'wallboard'; organizationId: number; showsNames: boolean; screenId?: number };

const id = z.number().int().positive();
const loginSchema = z.union([
  z.object({ screen: z.string().min(1).max(100) }),
  z.object({
    token: z.string().min(1),
    organizationId: id,
    show: z.enum(['hotline', 'wallboard']).default('hotline'),
    names: z.boolean().default(false),
  }),
]);

/** Says who connects, by what they show; undefined turns them away. */
export function liveEntry({
  mayEnter,
  enterScreen,
}: {
  /** Whether this is the token that opens the API. */
  mayEnter: (token: string) => boolean;
  enterScreen: (token: string) => Promise<Screen | undefined>;
}): (auth: unknown) => Promise<Visitor | undefined> {
  return async (auth) => {
    const parsed = loginSchema.safeParse(auth);
    if (!parsed.success) return undefined;
    const login = parsed.data;
    if ('screen' in login) {
      const screen = await enterScreen(login.screen);
      // Whoever passes by can read a television: it never shows names.
      return (
        screen && {
          show: 'wallboard',
          organizationId: screen.organizationId,
          showsNames: false,
          screenId: screen.id,
        }
      );
    }
    if (!mayEnter(login.token)) return undefined;
    const { organizationId, show, names } = login;
    return show === 'hotline' ? { show, organizationId } : { show, organizationId, showsNames: names };
  };
}
