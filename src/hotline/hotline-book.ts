import { DateTime } from 'luxon';
import type { Clock } from '../clock.js';
import { japaneseHolidays } from '../organizations/japanese-holidays.js';
import type { Counsellor } from './counsellor.js';
import type { CounsellorStore } from './counsellor-store.js';
import { hoursOf, type Line } from './line.js';
import type { LineStore } from './line-store.js';
import { openingHours, type OpeningHours } from './opening-hours.js';

export interface LineWithHours {
  line: Line;
  hours: OpeningHours;
}

/** Lines and counsellors as the database had them last: for all that needs them many times a minute. */
export class HotlineBook {
  readonly #lineStore: Pick<LineStore, 'all' | 'holidays'>;
  readonly #counsellorStore: Pick<CounsellorStore, 'active'>;
  readonly #clock: Clock;
  #lines: readonly LineWithHours[] = [];
  #counsellors: readonly Counsellor[] = [];
  #holidays: ReadonlySet<string> = new Set();
  #loaded = false;

  constructor({
    lines,
    counsellors,
    clock,
  }: {
    lines: Pick<LineStore, 'all' | 'holidays'>;
    counsellors: Pick<CounsellorStore, 'active'>;
    clock: Clock;
  }) {
    this.#lineStore = lines;
    this.#counsellorStore = counsellors;
    this.#clock = clock;
  }

  get isLoaded(): boolean {
    return this.#loaded;
  }

  get lines(): readonly LineWithHours[] {
    return this.#lines;
  }

  get counsellors(): readonly Counsellor[] {
    return this.#counsellors;
  }

  get holidays(): ReadonlySet<string> {
    return this.#holidays;
  }

  lineOfSlot(slot: number): Line | undefined {
    return this.#lines.find(({ line }) => line.slot === slot)?.line;
  }

  counsellor(extension: string): Counsellor | undefined {
    return this.#counsellors.find((one) => one.extension === extension);
  }

  async reload(): Promise<void> {
    const lines = await this.#lineStore.all();
    const counsellors = await this.#counsellorStore.active();
    const holidays = await this.#comingHolidays();
    this.#counsellors = counsellors;
    this.#holidays = holidays;
    this.#lines = lines.map((line) => ({ line, hours: openingHours(hoursOf(line, holidays)) }));
    this.#loaded = true;
  }

  /** A year whose holidays nobody has loaded is taken from the table that we ship. */
  async #comingHolidays(): Promise<ReadonlySet<string>> {
    const { year } = DateTime.fromJSDate(this.#clock(), { zone: 'Asia/Tokyo' });
    const years = [year, year + 1, year + 2];
    const loaded = await this.#lineStore.holidays(`${year}-01-01`, `${year + 2}-12-31`);
    const missing = years.filter((one) => !loaded.some((date) => date.startsWith(`${one}-`)));
    return new Set([...loaded, ...japaneseHolidays(missing).map(({ date }) => date)]);
  }
}
