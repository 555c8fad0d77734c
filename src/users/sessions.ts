import type { Knex } from 'knex';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import type { LoginFailureStore } from './login-failure-store.js';
import { hashToken, newToken } from './secrets.js';
import { endOfSession, isLive, type SessionLimits, type SessionStage } from './session-life.js';
import type { Session, SessionStore } from './session-store.js';
import type { User, UserStore } from './user-store.js';

/** Whoever showed a token that is good. */
export interface SignedIn {
  user: User;
  session: Session;
}

/** A new session; the token is told once, and never stored. */
export interface NewSession {
  token: string;
  sessionId: number;
  stage: SessionStage;
  expiresAt: Date;
}

/** A socket that lasts as long as a session. */
export interface SessionWatch {
  /** While somebody looks, the session does not end by rest; by its last hour it does. */
  keepAlive(isSeen: boolean): void;
  stop(): void;
}

type EndListener = (ended: { sessionId: number }) => void;

/** Writing at every request would cost a commit each. */
const touchEveryMs = 60_000;
const lookEveryMs = 15_000;
const tidyEveryMs = 600_000;

/** Who is in, from coming in until the end, and who must be told of the end. */
export class Sessions {
  readonly #store: SessionStore;
  readonly #users: Pick<UserStore, 'find'>;
  readonly #failures: Pick<LoginFailureStore, 'forgetOld'>;
  readonly #limits: SessionLimits;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #listeners = new Set<EndListener>();
  /** Open sockets of sessions, and whether somebody looks at them. */
  readonly #watches = new Set<{ readonly sessionId: number; isSeen: boolean }>();
  #timers: NodeJS.Timeout[] = [];

  constructor(parts: {
    store: SessionStore;
    users: Pick<UserStore, 'find'>;
    failures: Pick<LoginFailureStore, 'forgetOld'>;
    limits: SessionLimits;
    clock: Clock;
    log: Logger;
  }) {
    this.#store = parts.store;
    this.#users = parts.users;
    this.#failures = parts.failures;
    this.#limits = parts.limits;
    this.#clock = parts.clock;
    this.#log = parts.log;
  }

  start(): void {
    this.#timers = [
      setInterval(() => void this.#unlessItFails(() => this.lookAtWatched()), lookEveryMs),
      setInterval(() => void this.#unlessItFails(() => this.tidy()), tidyEveryMs),
    ];
    for (const timer of this.#timers) timer.unref();
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  /** Always a new token: one that was in the browser before proves nothing. */
  async begin(userId: number, stage: SessionStage, device: string): Promise<NewSession> {
    const now = this.#clock();
    const token = newToken();
    const expiresAt = endOfSession(stage, now, this.#limits);
    const sessionId = await this.#store.add(
      { userId, stage, device: device.slice(0, 200), expiresAt, tokenHash: hashToken(token) },
      now,
    );
    return { token, sessionId, stage, expiresAt };
  }

  /** Who bears this token; undefined when it has run out, was ended or never was. */
  async find(token: string): Promise<SignedIn | undefined> {
    const session = await this.#store.findByToken(hashToken(token));
    if (!session) return undefined;
    const now = this.#clock();
    const user = isLive(session, now, this.#limits) ? await this.#users.find(session.userId) : undefined;
    if (user?.state !== 'active') return undefined;
    if (now.getTime() - session.seenAt.getTime() >= touchEveryMs) await this.#store.touch(session.id, now);
    return { user, session };
  }

  /** The user's own that are live, newest first. */
  async list(userId: number): Promise<Session[]> {
    const now = this.#clock();
    return (await this.#store.ofUser(userId)).filter((one) => isLive(one, now, this.#limits));
  }

  /** @returns whether it was there, and the user's */
  async end(sessionId: number, userId: number): Promise<boolean> {
    const ended = await this.#store.end(sessionId, userId);
    if (ended) this.announceEnded([sessionId]);
    return ended;
  }

  /** Ends all of a user beside the change that is the reason. @returns ids for `announceEnded`, once that is committed */
  removeAllOf(trx: Knex, userId: number): Promise<number[]> {
    return this.#store.endAllOf(trx, userId);
  }

  /** Tells those who serve these sessions over sockets; after the commit that ended them. */
  announceEnded(ids: readonly number[]): void {
    for (const watch of this.#watches) if (ids.includes(watch.sessionId)) this.#watches.delete(watch);
    for (const sessionId of ids) {
      for (const listener of this.#listeners) listener({ sessionId });
    }
  }

  /** @returns a function that takes the listener away again */
  onEnded(listener: EndListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Has the end of this session told, also one that another process or the clock brings. */
  watch(sessionId: number): SessionWatch {
    const watch = { sessionId, isSeen: false };
    this.#watches.add(watch);
    return {
      keepAlive: (isSeen) => void (watch.isSeen = isSeen),
      stop: () => void this.#watches.delete(watch),
    };
  }

  /** Finds the watched sessions that are over; those that somebody looks at have not rested. */
  async lookAtWatched(): Promise<void> {
    const ids = idsOf(this.#watches);
    if (ids.length === 0) return;
    const now = this.#clock();
    const idleSince = this.#idleSince(now);
    const seen = idsOf([...this.#watches].filter(({ isSeen }) => isSeen));
    // Seldom, but before the rest is too long, however short a rest was set.
    const touchMs = Math.min(touchEveryMs, (this.#limits.idleMinutes * 60_000) / 2);
    await this.#store.touchLive(seen, now, { idleSince, seenBefore: new Date(now.getTime() - touchMs) });
    const live = await this.#store.stillLive(ids, now, idleSince);
    const over = ids.filter((id) => !live.has(id));
    for (const sessionId of over) this.#log.info({ event: 'session.over', sessionId }, 'a session is over');
    this.announceEnded(over);
  }

  async tidy(): Promise<void> {
    const now = this.#clock();
    await this.#store.removeExpired(now, this.#idleSince(now));
    await this.#failures.forgetOld(now);
  }

  #idleSince(now: Date): Date {
    return new Date(now.getTime() - this.#limits.idleMinutes * 60_000);
  }

  async #unlessItFails(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#log.error({ event: 'sessions.failed', err: error }, 'the sessions could not be looked at');
    }
  }
}

function idsOf(watches: Iterable<{ readonly sessionId: number }>): number[] {
  return [...new Set([...watches].map(({ sessionId }) => sessionId))];
}
