import { IANAZone, type Zone } from 'luxon';

/** Since 1970, every zone has changed its clocks at a quarter of an hour, and at no other moment. */
const quarterMs = 15 * 60_000;
/** A month's quarters: a date outside them is asked anew. */
const mostKept = 3000;

/** A zone that asks the system for its offset once a quarter: the question costs more than all other arithmetic of dates. */
class RememberingZone extends IANAZone {
  readonly #offsets = new Map<number, number>();

  override offset(at: number): number {
    const quarter = Math.floor(at / quarterMs);
    const known = this.#offsets.get(quarter);
    if (known !== undefined) return known;
    const offset = super.offset(at);
    if (this.#offsets.size >= mostKept) this.#offsets.clear();
    this.#offsets.set(quarter, offset);
    return offset;
  }
}

const zones = new Map<string, Zone>();

/** The zone of this name, for luxon; one for everybody, so that what it remembers is shared. */
export function zoneNamed(name: string): Zone {
  const known = zones.get(name);
  if (known) return known;
  const zone = new RememberingZone(name);
  zones.set(name, zone);
  return zone;
}
