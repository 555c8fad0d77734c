import type { PhoneFinder } from '../../hotline/phone-accounts.js';
import { AmiError, type AmiLink } from './ami-link.js';

/** Asterisk spreads its own first questions over the whole interval, and until the answer a phone counts as away. */
export class AmiPhoneFinder implements PhoneFinder {
  readonly #link: Pick<AmiLink, 'action'>;

  constructor(link: Pick<AmiLink, 'action'>) {
    this.#link = link;
  }

  async find(extensions: readonly string[]): Promise<void> {
    for (const endpoint of extensions) {
      await this.#link.action({ action: 'PJSIPQualify', endpoint }).catch((error: unknown) => {
        // Asterisk says no: this account has never had a phone.
        if (!(error instanceof AmiError) || error.code !== 'EAMI') throw error;
      });
    }
  }
}
