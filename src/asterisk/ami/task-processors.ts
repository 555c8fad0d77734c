import type { AmiLink } from './ami-link.js';

/**
 * Asterisk warns at a depth of 500 and then lets new SIP requests of everybody fall, the hotline's too;
 * a queue this deep is the time to stop starting calls.
 */
const strainedDepth = 100;

/** The deepest queue in the answer to `core show taskprocessors`; its columns are name, processed, in queue, … */
export function deepestQueue(lines: readonly string[]): number {
  const depths = lines.flatMap((line) => {
    const columns = /^(\S+)\s+(\d+)\s+(\d+)\s+\d+/.exec(line.trim());
    return columns ? [Number(columns[3])] : [];
  });
  return Math.max(0, ...depths);
}

/** Looks now and then how deep Asterisk's internal queues are. */
export class TaskProcessorWatch {
  readonly #link: AmiLink;
  readonly #everyMs: number;
  #timer: NodeJS.Timeout | undefined;
  #depth = 0;

  constructor(link: AmiLink, everyMs = 3000) {
    this.#link = link;
    this.#everyMs = everyMs;
  }

  /** Whether the exchange is behind with its work: no call may be started then. */
  get isStrained(): boolean {
    return this.#depth > strainedDepth;
  }

  /** The deepest of its queues, as it was seen last. */
  get depth(): number {
    return this.#depth;
  }

  start(): void {
    this.#timer = setInterval(() => void this.#look(), this.#everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (!this.#link.isUp) return;
    try {
      const [answer] = await this.#link.action({ action: 'Command', command: 'core show taskprocessors' });
      const output = answer?.output ?? [];
      this.#depth = deepestQueue(typeof output === 'string' ? output.split('\n') : output);
    } catch {
      // The link tells its own faults; an old depth must not hold the calls for ever.
      this.#depth = 0;
    }
  }
}
