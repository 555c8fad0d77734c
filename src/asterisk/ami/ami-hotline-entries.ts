import type { ExchangeEntries } from '../../hotline/exchange-entries.js';
import type { Entries, EntryChanges } from '../../hotline/line-entries.js';
import { AmiError, type AmiLink } from './ami-link.js';

/** The exchange's AstDB; it outlives its restarts, and ours. */
export class AmiHotlineEntries implements ExchangeEntries {
  readonly #link: Pick<AmiLink, 'action'>;

  constructor(link: Pick<AmiLink, 'action'>) {
    this.#link = link;
  }

  async read(family: string): Promise<Entries> {
    const events = await this.#link.action({ action: 'DBGetTree', family }, { list: true });
    return new Map(
      events.flatMap(({ key, val }) =>
        typeof key === 'string' && key.startsWith(`/${family}/`)
          ? [[key.slice(1), typeof val === 'string' ? val : '']]
          : [],
      ),
    );
  }

  async apply({ put, remove }: EntryChanges): Promise<void> {
    for (const [path, val] of put) await this.#link.action({ action: 'DBPut', ...split(path), val });
    for (const path of remove) {
      await this.#link.action({ action: 'DBDel', ...split(path) }).catch((error: unknown) => {
        // Asterisk says no: it is gone already.
        if (!(error instanceof AmiError) || error.code !== 'EAMI') throw error;
      });
    }
  }
}

function split(path: string): { family: string; key: string } {
  const slash = path.indexOf('/');
  return { family: path.slice(0, slash), key: path.slice(slash + 1) };
}
