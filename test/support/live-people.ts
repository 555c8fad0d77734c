import type { Entrant } from '../../src/live/live-entry.js';
import { roles, type Actor } from '../../src/users/permissions.js';

const nobody = { organizationId: undefined, stationIds: [], counsellorId: undefined };
const machine: Actor = { ...nobody, role: 'machine' };

/** Who is in by the cookie that is their key here: everybody of organization 1, and of organization 2. */
export const people: Readonly<Record<string, Actor>> = {
  operator: { ...nobody, role: 'operator' },
  ...Object.fromEntries(
    roles
      .filter((role) => role !== 'operator')
      .flatMap((role) => [
        [role, { ...nobody, role, organizationId: 1, counsellorId: 11 }],
        [`${role} elsewhere`, { ...nobody, role, organizationId: 2, counsellorId: 21 }],
      ]),
  ),
  colleague: { ...nobody, role: 'counsellor', organizationId: 1, counsellorId: 12 },
};

/** The session of whoever comes with this cookie. */
export const sessionIdOf = (cookie: string): number => Object.keys(people).indexOf(cookie) + 1;

/** Lets in those people, and the machine by `the token`; a `broken` cookie finds the database away. */
export function enterAsPeople({
  token,
  headers: { cookie = '' },
}: {
  token: string | undefined;
  headers: { cookie?: string | undefined };
}): Promise<Entrant | undefined> {
  if (token !== undefined) {
    return Promise.resolve(token === 'the token' ? { actor: machine, session: undefined } : undefined);
  }
  if (cookie === 'broken') return Promise.reject(new Error('the database is away'));
  const actor = people[cookie];
  return Promise.resolve(actor && { actor, session: { id: sessionIdOf(cookie), userId: 1 } });
}

/** Lets in one television, of organization 1, with the token `the screen`. */
export function enterTheScreen(token: string) {
  const screen = { id: 9, organizationId: 1, name: '', pairedAt: new Date(), seenAt: undefined };
  return Promise.resolve(token === 'the screen' ? screen : undefined);
}

/** Sessions that end when the test says so. */
export class EndingSessions {
  readonly watched: number[] = [];
  /** Sessions that somebody looks at. */
  readonly seen = new Set<number>();
  end: (sessionId: number) => void = () => undefined;

  watch = (id: number) => {
    this.watched.push(id);
    return {
      keepAlive: (isSeen: boolean) => {
        if (isSeen) this.seen.add(id);
        else this.seen.delete(id);
      },
      stop: () => void this.watched.splice(this.watched.indexOf(id), 1),
    };
  };

  onEnded = (listener: (ended: { sessionId: number }) => void) => {
    this.end = (sessionId) => listener({ sessionId });
    return () => undefined;
  };
}
