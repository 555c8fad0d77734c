import type { StationCallSight } from './station-call.js';

/** What we need of the exchange to connect a station with a person. */
export interface DeskPhone {
  /** False: the exchange cannot be asked, or is another process's. */
  readonly isUp: boolean;
  /** Lines of the trunk that are in use now, of whatever calls. */
  linesInUse(): Promise<number>;
  /**
   * Lets the station's telephone ring, and then the person's.
   *
   * @returns `unknown` when no answer came: it may ring all the same
   */
  place(call: {
    callId: string;
    deskNumber: string;
    number: string;
  }): Promise<'placed' | 'refused' | 'unknown'>;
  /** @throws when the exchange cannot be asked */
  look(callIds: readonly string[]): Promise<Map<string, StationCallSight>>;
  /** What was noted of a call is written down, and needed no more. */
  forget(callId: string): Promise<void>;
}
