import { readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AllCallRecords, CallRecord, CallRecords, RecordedCalls } from '../../checkins/phone.js';
import { readCallRecords } from './cel-lines.js';

const fileName = 'checkin.csv';
const tidyAtBytes = 8 << 20;

/** Asterisk's channel event files of one exchange: what happened to our channels while we were dead. */
export class CelRecords implements CallRecords, AllCallRecords {
  readonly #current: string;
  readonly #previous: string;
  readonly #prefix: string | undefined;

  /**
   * @param folder the exchange's `cel-custom` folder
   * @param prefix what the ids of the channels begin with: check-ins unless told otherwise
   */
  constructor(folder: string, prefix?: string) {
    this.#prefix = prefix;
    this.#current = join(folder, fileName);
    this.#previous = join(folder, `${fileName}.previous`);
  }

  async find(attemptIds: readonly string[]): Promise<Map<string, CallRecord>> {
    if (attemptIds.length === 0) return new Map();
    return readCallRecords(await this.#text(), new Set(attemptIds), this.#prefix);
  }

  async since(moment: Date): Promise<RecordedCalls> {
    const all = [...readCallRecords(await this.#text(), undefined, this.#prefix).values()];
    const first = Math.min(...all.map(({ startedAt }) => startedAt.getTime()));
    return {
      calls: all.filter(({ startedAt }) => startedAt >= moment),
      reachesBackTo: all.length === 0 ? undefined : new Date(first),
    };
  }

  async #text(): Promise<string> {
    const texts = await Promise.all([readOrEmpty(this.#previous), readOrEmpty(this.#current)]);
    return texts.join('');
  }

  /** Sets a large file aside and forgets the one before it; call it only while no attempt is open. */
  async tidy(): Promise<void> {
    const size = await stat(this.#current).then(
      (file) => file.size,
      () => 0,
    );
    if (size < tidyAtBytes) return;
    await rm(this.#previous, { force: true });
    await rename(this.#current, this.#previous);
  }
}

async function readOrEmpty(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
