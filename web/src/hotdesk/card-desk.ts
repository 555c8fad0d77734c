import {
  bothTexts,
  conflictsOf,
  draftOf,
  problemsIn,
  withoutSame,
  type CardEdits,
  type CardOnScreen,
  type EditConflict,
} from '../../../src/consultations/card-edits';
import type { NumberFacts } from '../../../src/consultations/card-view';
import { ApiFailure, ask } from '../api/client';

/** Where a card stands between the keyboard and the service. */
export type SaveState = 'saved' | 'changed' | 'saving' | 'offline' | 'loggedOut' | 'conflict' | 'refused';

export interface OpenCard {
  readonly card: CardOnScreen;
  readonly known: NumberFacts | undefined;
  /** The call that opened it on this screen. */
  readonly callId: string | undefined;
  readonly edits: CardEdits;
  readonly state: SaveState;
  readonly conflicts: readonly EditConflict[];
  /** What the service does not take, by field. */
  readonly problems: Readonly<Record<string, string>>;
}

/** A pause in typing after which the draft is saved. */
const restMs = 800;
const tryAgainMs = 4000;

/**
 * The cards that are open on this screen. It lives as long as the page, outside of what is shown: what was typed
 * stays while one goes to another page, while the connection is gone, and while one logs in again.
 */
export class CardDesk {
  #open: readonly OpenCard[] = [];
  #organizationId = 0;
  #userId = 0;
  readonly #timers = new Map<number, number>();
  /** The save of each card that is under way. */
  readonly #saves = new Map<number, Promise<void>>();
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly all = (): readonly OpenCard[] => this.#open;

  get(cardId: number): OpenCard | undefined {
    return this.#open.find(({ card }) => card.id === cardId);
  }

  /** Whose desk it is: somebody else finds an empty one. */
  belongsTo(userId: number, organizationId: number): void {
    if (this.#userId === userId && this.#organizationId === organizationId) return;
    for (const timer of this.#timers.values()) window.clearTimeout(timer);
    this.#timers.clear();
    this.#userId = userId;
    this.#organizationId = organizationId;
    this.#put([]);
  }

  /** Lays a card on the desk; one that lies there keeps what is being written on it. */
  lay(card: CardOnScreen, known: NumberFacts | undefined, callId?: string): void {
    const there = this.get(card.id);
    if (!there) {
      const fresh = { edits: {}, state: 'saved' as const, conflicts: [], problems: {} };
      this.#put([...this.#open, { card, known, callId, ...fresh }]);
      return;
    }
    const isClean = Object.keys(there.edits).length === 0;
    this.#change(card.id, {
      known: known ?? there.known,
      callId: callId ?? there.callId,
      ...(isClean && card.version >= there.card.version && { card }),
    });
  }

  /** Fetches a card, or fetches it anew. */
  async load(cardId: number, callId?: string): Promise<void> {
    const { card, known } = await ask<{ card: CardOnScreen; known: NumberFacts }>('GET', this.#path(cardId));
    this.lay(card, known, callId);
  }

  write(cardId: number, path: string, value: unknown): void {
    const there = this.get(cardId);
    if (!there) return;
    const problems = Object.fromEntries(Object.entries(there.problems).filter(([field]) => field !== path));
    const state = there.state === 'conflict' ? 'conflict' : 'changed';
    this.#change(cardId, { edits: { ...there.edits, [path]: value }, problems, state });
    this.#saveIn(cardId, restMs);
  }

  /** Saves now. @returns whether everything is with the service */
  async save(cardId: number): Promise<boolean> {
    window.clearTimeout(this.#timers.get(cardId));
    // One after the other: until the first is answered, the second would come from a version that is no more.
    const underWay = this.#saves.get(cardId);
    if (underWay) {
      await underWay;
      return this.get(cardId)?.state === 'saved' || this.save(cardId);
    }
    const there = this.get(cardId);
    if (!there || there.state === 'conflict') return false;
    const sent = withoutRefused(there);
    if (Object.keys(sent).length === 0) {
      const isRefused = Object.keys(there.edits).length > 0;
      this.#change(cardId, { state: isRefused ? 'refused' : 'saved' });
      return !isRefused;
    }
    this.#change(cardId, { state: 'saving' });
    const sending = this.#send(cardId, there.card.version, sent).finally(() => this.#saves.delete(cardId));
    this.#saves.set(cardId, sending);
    await sending;
    const now = this.get(cardId);
    if (now?.state === 'changed') this.#saveIn(cardId, restMs);
    return now?.state === 'saved';
  }

  saveAll(): void {
    for (const { card, edits } of this.#open) if (Object.keys(edits).length > 0) void this.save(card.id);
  }

  /** Settles a conflict of one field; after the last one, the card is saved. */
  settle(cardId: number, { path, mine, theirs }: EditConflict, which: 'mine' | 'theirs' | 'both'): void {
    const there = this.get(cardId);
    if (!there) return;
    const conflicts = there.conflicts.filter((one) => one.path !== path);
    const value = which === 'mine' ? mine : which === 'theirs' ? theirs : bothTexts(theirs, mine);
    const edits = withoutSame(there.card, { ...there.edits, [path]: value });
    this.#change(cardId, { conflicts, edits, state: conflicts.length > 0 ? 'conflict' : 'changed' });
    if (conflicts.length === 0) void this.save(cardId);
  }

  /** Calls a card complete, or opens it again. @throws ApiFailure */
  async move(cardId: number, to: 'finish' | 'reopen'): Promise<void> {
    if (to === 'finish' && !(await this.save(cardId))) return;
    const there = this.get(cardId);
    if (!there) return;
    this.#change(cardId, { problems: {} });
    try {
      await ask('POST', `${this.#path(cardId)}/${to}`, { version: there.card.version });
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      const problems = error.status === 400 ? problemsIn(error.message) : {};
      this.#change(cardId, { problems });
      // What is missing stands at its fields; another's version comes with the next load.
      if (Object.keys(problems).length > 0) return;
      if (error.status !== 409) throw error;
    }
    await this.load(cardId);
  }

  /** Takes a card off the desk, once nothing on it is unsaved. */
  async close(cardId: number): Promise<boolean> {
    const there = this.get(cardId);
    if (there && Object.keys(there.edits).length > 0 && !(await this.save(cardId))) return false;
    this.#put(this.#open.filter(({ card }) => card.id !== cardId));
    return true;
  }

  async #send(cardId: number, version: number, sent: CardEdits): Promise<void> {
    try {
      const body = { version, draft: draftOf(sent) };
      const saved = await ask<{ version: number; savedAt: string }>('PUT', this.#path(cardId), body);
      this.#taken(cardId, sent, saved);
    } catch (error) {
      this.#failed(cardId, sent, error);
    }
  }

  #taken(cardId: number, sent: CardEdits, saved: { version: number; savedAt: string }): void {
    const there = this.get(cardId);
    if (!there) return;
    const card = withEdits({ ...there.card, ...saved }, sent);
    const edits = Object.fromEntries(
      Object.entries(there.edits).filter(([path, value]) => !(path in sent) || value !== sent[path]),
    );
    const isRefused = Object.keys(edits).some((path) => path in there.problems);
    const rest = Object.keys(edits).length;
    this.#change(cardId, { card, edits, state: rest === 0 ? 'saved' : isRefused ? 'refused' : 'changed' });
  }

  #failed(cardId: number, sent: CardEdits, error: unknown): void {
    const there = this.get(cardId);
    if (!there) return;
    const failure = error instanceof ApiFailure ? error : undefined;
    const stored = (failure?.body as { card?: CardOnScreen } | undefined)?.card;
    if (failure?.status === 401) this.#change(cardId, { state: 'loggedOut' });
    else if (failure?.status === 409 && stored) this.#meet(cardId, stored);
    else if (failure?.status === 400) {
      const problems = problemsIn(failure.message);
      const isNamed = Object.keys(problems).some((path) => path in sent);
      this.#change(cardId, {
        problems: { ...there.problems, ...problems },
        state: isNamed ? 'changed' : 'refused',
      });
    } else {
      this.#change(cardId, { state: 'offline' });
      this.#saveIn(cardId, tryAgainMs);
    }
  }

  /** Somebody saved first: what only one of us changed stands, the rest is asked. */
  #meet(cardId: number, stored: CardOnScreen): void {
    const there = this.get(cardId);
    if (!there) return;
    const conflicts = conflictsOf(there.edits, there.card, stored);
    const edits = withoutSame(stored, there.edits);
    const rest = Object.keys(edits).length === 0 ? 'saved' : 'changed';
    this.#change(cardId, { card: stored, edits, conflicts, state: conflicts.length > 0 ? 'conflict' : rest });
  }

  #saveIn(cardId: number, ms: number): void {
    window.clearTimeout(this.#timers.get(cardId));
    this.#timers.set(
      cardId,
      window.setTimeout(() => void this.save(cardId), ms),
    );
  }

  #change(cardId: number, change: Partial<OpenCard>): void {
    this.#put(this.#open.map((one) => (one.card.id === cardId ? { ...one, ...change } : one)));
  }

  #put(open: readonly OpenCard[]): void {
    this.#open = open;
    for (const listener of [...this.#listeners]) listener();
  }

  #path(cardId: number): string {
    return `/organizations/${this.#organizationId}/cards/${cardId}`;
  }
}

/** What the service has refused is not sent again until it is changed. */
function withoutRefused({ edits, problems }: OpenCard): CardEdits {
  return Object.fromEntries(Object.entries(edits).filter(([path]) => !(path in problems)));
}

/** The card as the service has it after a save. */
function withEdits(card: CardOnScreen, edits: CardEdits): CardOnScreen {
  const after = structuredClone(card) as unknown as Record<string, unknown> & { content: object };
  const content = after.content as Record<string, unknown>;
  for (const [path, value] of Object.entries(edits)) {
    const [part = '', field] = path.split('.');
    if (part === 'receivedAt' || part === 'channel' || part === 'triage') after[part] = value;
    else if (field === undefined) content[part] = value;
    else content[part] = { ...(content[part] as object | undefined), [field]: value };
  }
  return after as unknown as CardOnScreen;
}

/** The one desk of this page. */
export const cardDesk = new CardDesk();
