import { createHash } from 'node:crypto';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import { nextTurn } from '../storage/next-turn.js';
import { readCsv } from './import/csv-text.js';
import { compareImport, type ImportDifference } from './import/import-difference.js';
import type { ImportError } from './import/import-error.js';
import { readInSteps, type RestoredNumber, type SubscriberReading } from './import/read-subscribers.js';
import type { ImportedSubscriber } from './import/subscriber-row.js';
import { changedFields, type FieldChange } from './person-changes.js';
import type { SubscriberStore } from './subscriber-store.js';

/** What a file would do, told before it does it. */
export interface ImportPreview {
  /** Stands for the file and for the people as they are: the import names it. */
  token: string;
  counts: { rows: number; added: number; changed: number; unchanged: number; errors: number };
  /** The first of each; `counts` has all. */
  added: { line: number; memberNumber: string; name: string }[];
  changed: { memberNumber: string; name: string; fields: FieldChange[] }[];
  restored: RestoredNumber[];
  errors: ImportError[];
}

export interface ImportJob {
  id: string;
  stationId: number;
  state: 'running' | 'done' | 'failed';
  written: number;
  total: number;
}

const mostShown = 200;
const mostErrors = 500;
const rowsPerTurn = 200;
const keptJobs = 20;

/** Takes lists of people in for the console: looks at a file first, and never holds up the calls meanwhile. */
export class ImportDesk {
  readonly #parts: { subscribers: SubscriberStore; clock: Clock; log: Logger };
  readonly #jobs = new Map<string, ImportJob>();

  constructor(parts: { subscribers: SubscriberStore; clock: Clock; log: Logger }) {
    this.#parts = parts;
  }

  /** @param today the station's day */
  async preview(stationId: number, bytes: Uint8Array, today: string): Promise<ImportPreview> {
    const { reading, difference, before, token } = await this.#compare(stationId, bytes, today);
    const nothing: ImportPreview = {
      ...{ token, added: [], changed: [], restored: [] },
      counts: { rows: 0, added: 0, changed: 0, unchanged: 0, errors: 0 },
      errors: [],
    };
    if (!('rows' in reading)) {
      const { errors } = reading;
      return { ...nothing, counts: { ...nothing.counts, errors: errors.length }, errors };
    }
    const { rows, restored, errors } = reading;
    const { added, changed, unchanged } = difference;
    return {
      token,
      counts: {
        ...{ rows: rows.length, errors: errors.length, unchanged: unchanged.length },
        ...{ added: added.length, changed: changed.length },
      },
      added: added.slice(0, mostShown).map(({ line, memberNumber, name }) => ({ line, memberNumber, name })),
      changed: changed.slice(0, mostShown).map(({ memberNumber, merged }) => {
        const was = before.get(memberNumber);
        return { memberNumber, name: merged.name, fields: was ? changedFields(was, merged) : [] };
      }),
      restored: restored.slice(0, mostShown),
      errors: errors.slice(0, mostErrors),
    };
  }

  /**
   * Begins to take a file in that was looked at before.
   *
   * @param token of that look; `stale` when the file or the people are others by now
   */
  async begin(
    stationId: number,
    bytes: Uint8Array,
    token: string,
    { today, userId }: { today: string; userId: number | undefined },
  ): Promise<ImportJob | 'stale' | 'errors'> {
    const running = this.#jobs.get(token);
    // Sent twice, it is taken in once.
    if (running?.stationId === stationId && running.state !== 'failed') return running;
    const { reading, difference, token: now } = await this.#compare(stationId, bytes, today);
    if (now !== token) return this.#jobs.get(token) ?? 'stale';
    if (!('rows' in reading) || reading.errors.length > 0) return 'errors';
    const again = this.#jobs.get(token);
    if (again && again.state !== 'failed') return again;
    const total = difference.added.length + difference.changed.length;
    const job: ImportJob = { id: token, stationId, state: 'running', written: 0, total };
    this.#jobs.set(token, job);
    const [oldest] = this.#jobs.keys();
    if (this.#jobs.size > keptJobs && oldest !== undefined) this.#jobs.delete(oldest);
    void this.#run(job, difference, userId);
    return job;
  }

  job(stationId: number, id: string): ImportJob | undefined {
    const job = this.#jobs.get(id);
    return job?.stationId === stationId ? job : undefined;
  }

  async #run(job: ImportJob, difference: ImportDifference, userId: number | undefined): Promise<void> {
    const { subscribers, clock, log } = this.#parts;
    try {
      await subscribers.applyImport(job.stationId, difference, clock(), userId, (written) => {
        job.written = written;
      });
      job.state = 'done';
      log.info(
        { event: 'import.done', stationId: job.stationId, people: job.total },
        'a list of people was taken in',
      );
    } catch (error) {
      job.state = 'failed';
      log.error(
        { event: 'import.failed', stationId: job.stationId, err: error },
        'nobody of a list was taken in',
      );
    }
  }

  async #compare(
    stationId: number,
    bytes: Uint8Array,
    today: string,
  ): Promise<{
    reading: SubscriberReading | { errors: ImportError[] };
    difference: ImportDifference;
    before: Map<string, ImportedSubscriber>;
    token: string;
  }> {
    const before = await this.#parts.subscribers.findByStation(stationId);
    const hash = createHash('sha256').update(`${stationId} ${today} `).update(bytes);
    let hashed = 0;
    for (const person of before.values()) {
      hash.update(JSON.stringify(person));
      if (++hashed % rowsPerTurn === 0) await nextTurn();
    }
    const token = hash.digest('hex');
    const nothing: ImportDifference = { added: [], changed: [], unchanged: [] };
    const csv = readCsv(bytes);
    if (!csv.ok) return { reading: { errors: csv.errors }, difference: nothing, before, token };
    await nextTurn();
    const steps = readInSteps(csv.table, { today });
    let step = steps.next();
    while (!step.done) {
      await nextTurn();
      step = steps.next();
    }
    const reading = step.value;
    const difference: ImportDifference = nothing;
    for (let from = 0; from < reading.rows.length; from += rowsPerTurn) {
      const some = compareImport(reading.rows.slice(from, from + rowsPerTurn), before, reading.present);
      difference.added.push(...some.added);
      difference.changed.push(...some.changed);
      difference.unchanged.push(...some.unchanged);
      await nextTurn();
    }
    return { reading, difference, before, token };
  }
}
