import type { Answer } from '../checkins/attempt-outcome.js';
import type { CallWatcher } from '../checkins/attempt.js';
import type { Clock } from '../clock.js';
import type { CalledPerson, LiveCallFacts } from './calls-tile.js';

/** How long a call stays on the board after its end, so that its result can be seen. */
const lingerMs = 6000;
/** Ended calls are looked for this often while nobody watches: at each event of each call it would cost a share of the machine. */
const forgetEveryMs = 1000;

interface Known {
  organizationId: number;
  person: CalledPerson;
}

interface Entry extends Omit<LiveCallFacts, 'person' | 'key'> {
  checkinId: number;
  digit: string | undefined;
}

/** The check-in calls of this moment, as their conductors tell them; nothing here is stored. */
export class LiveCalls {
  readonly #clock: Clock;
  readonly #onChange: (organizationId: number | undefined) => void;
  readonly #entries = new Map<string, Entry>();
  readonly #known = new Map<number, Known>();
  #forgotAt = Number.NEGATIVE_INFINITY;

  /** @param onChange told the tenant, as far as it is known */
  constructor({ clock, onChange }: { clock: Clock; onChange: (organizationId: number | undefined) => void }) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  readonly watch: CallWatcher = ({ attemptId, checkinId, what, detail }) => {
    this.#forgetOld(forgetEveryMs);
    const at = this.#clock();
    const before = this.#entries.get(attemptId);
    const entry: Entry = before ?? {
      attemptId,
      checkinId,
      state: 'dialling',
      since: at,
      digit: undefined,
      outcome: undefined,
    };
    if (what === 'key') entry.digit = detail;
    else if (what !== 'ringing' && entry.state !== what) Object.assign(entry, { state: what, since: at });
    if (what === 'ended') entry.outcome = detail;
    this.#entries.set(attemptId, entry);
    this.#onChange(this.#known.get(checkinId)?.organizationId);
  };

  /** Check-ins with a call whose people are not known yet. */
  unknownCheckins(): number[] {
    this.#forgetOld();
    const ids = [...this.#entries.values()].map(({ checkinId }) => checkinId);
    return [...new Set(ids)].filter((id) => !this.#known.has(id));
  }

  learn(people: ReadonlyMap<number, Known>): void {
    for (const [checkinId, known] of people) this.#known.set(checkinId, known);
  }

  of(organizationId: number, keyMap: ReadonlyMap<string, Answer>): LiveCallFacts[] {
    this.#forgetOld();
    return [...this.#entries.values()].flatMap(({ checkinId, digit, ...entry }) => {
      const known = this.#known.get(checkinId);
      if (known?.organizationId !== organizationId) return [];
      const key = digit === undefined ? undefined : { digit, answer: keyMap.get(digit) };
      return [{ ...entry, key, person: known.person }];
    });
  }

  #forgetOld(everyMs = 0): void {
    const now = this.#clock().getTime();
    if (now - this.#forgotAt < everyMs) return;
    this.#forgotAt = now;
    const before = now - lingerMs;
    for (const [id, { state, since, checkinId }] of this.#entries) {
      if (state !== 'ended' || since.getTime() > before) continue;
      this.#entries.delete(id);
      this.#known.delete(checkinId);
    }
  }
}
