/** What is asked of a line's hours; all moments are instants. */
export interface OpeningHours {
  isOpen(at: Date): boolean;
  /** The first opening from that moment on; undefined when there is none in sight. */
  nextOpening(after: Date): Date | undefined;
}

/** The hours of a line; undefined for one that has none. */
export type OpeningHoursOf = (lineId: number) => Promise<OpeningHours | undefined>;
