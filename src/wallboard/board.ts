import type { Organization } from '../organizations/organization-store.js';
import type { PictureView } from '../hotline/picture-view.js';
import type { AlertFacts } from './alerts-tile.js';
import type { DayFacts } from './day-progress.js';
import type { HotlineFigures } from './hotline-tile.js';
import type { LiveCalls } from './live-calls.js';
import type { FoundPeople } from './people-finder.js';
import { Reading } from './reading.js';
import { usualSettings, type WallboardSettings } from './wallboard-settings.js';
import {
  viewWallboard,
  type LinkFacts,
  type TrunkFacts,
  type WallboardFacts,
  type WallboardView,
} from './wallboard-view.js';

/** Where boards get their facts. */
export interface WallboardSources {
  organization: (id: number) => Organization | undefined;
  settings: (organizationId: number) => Promise<WallboardSettings>;
  day: (organizationId: number, zone: string) => Promise<DayFacts>;
  alerts: (organizationId: number) => Promise<AlertFacts>;
  figures: (organizationId: number) => Promise<HotlineFigures>;
  links: () => Promise<{ list: LinkFacts[]; readAt: Date }>;
  people: (checkinIds: readonly number[]) => Promise<FoundPeople>;
  picture: (organizationId: number) => PictureView | undefined;
  trunks: () => TrunkFacts[];
  calls: LiveCalls;
}

const whileCallingMs = 1000;
const usuallyMs = 5000;

/** The facts of one tenant's board, as they were read last. */
export class Board {
  readonly #organization: Organization;
  readonly #sources: WallboardSources;
  readonly #day: Reading<DayFacts>;
  readonly #alerts: Reading<AlertFacts>;
  readonly #figures: Reading<HotlineFigures>;
  readonly #links: Reading<{ list: LinkFacts[]; readAt: Date }>;
  readonly #settings: Reading<WallboardSettings>;

  constructor(organization: Organization, sources: WallboardSources, onFailed: (error: unknown) => void) {
    const { id, timeZone } = organization;
    this.#organization = organization;
    this.#sources = sources;
    this.#day = new Reading(() => sources.day(id, timeZone), onFailed);
    this.#alerts = new Reading(() => sources.alerts(id), onFailed);
    this.#figures = new Reading(() => sources.figures(id), onFailed);
    this.#links = new Reading(() => sources.links(), onFailed);
    this.#settings = new Reading(() => sources.settings(id), onFailed);
  }

  /** Reads what is due to be read. @returns settles when that is done; undefined when nothing was due */
  refresh(): Promise<unknown> | undefined {
    const isCalling = this.#calls().length > 0;
    const due = [
      this.#day.refresh(isCalling ? whileCallingMs : usuallyMs),
      this.#alerts.refresh(isCalling ? whileCallingMs : usuallyMs),
      this.#figures.refresh(usuallyMs),
      // It takes long when a link hangs, and then its return is waited for.
      this.#links.refresh(usuallyMs - 1000, usuallyMs),
      this.#settings.refresh(usuallyMs * 2),
    ].filter((one) => one !== undefined);
    return due.length > 0 ? Promise.all(due) : undefined;
  }

  /** What somebody has just set is shown with the next refresh. */
  expireSettings(): void {
    this.#settings.expire();
  }

  view(showsNames: boolean, now: Date): WallboardView {
    const { id, name, timeZone } = this.#organization;
    const facts: WallboardFacts = {
      organization: { id, name, timeZone },
      settings: this.#settings.value ?? usualSettings,
      showsNames,
      day: this.#day.value,
      alerts: this.#alerts.value,
      calls: this.#calls(),
      trunks: this.#sources.trunks(),
      picture: this.#sources.picture(id),
      figures: this.#figures.value,
      links: this.#links.value,
    };
    return viewWallboard(facts, now);
  }

  #calls() {
    return this.#sources.calls.of(this.#organization.id, this.#organization.keyMap);
  }
}
