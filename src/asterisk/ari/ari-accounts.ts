import { createHash } from 'node:crypto';
import type { Client } from 'ari-client';
import type { PhoneAccount, PhoneAccounts } from '../../hotline/phone-accounts.js';
import type { Logger } from '../../log.js';
import { accountObjects, asOrder, type AccountFields, type AccountObject } from './account-objects.js';
import { AriError } from './harden-ari-client.js';

const configClass = 'res_pjsip';

/** Accounts of counsellors' phones, made by ARI in the exchange's own database: they outlive its restarts. */
export class AriAccounts implements PhoneAccounts {
  readonly #client: () => Client | undefined;
  readonly #log: Logger;
  /** Accounts that were seen to be right, by what they consist of. */
  readonly #right = new Map<string, string>();

  constructor({ client, log }: { client: () => Client | undefined; log: Logger }) {
    this.#client = client;
    this.#log = log;
  }

  async keep(accounts: readonly PhoneAccount[]): Promise<number> {
    const client = this.#client();
    if (!client) throw new AriError('no link to Asterisk', 'EARIDOWN', 0);
    const there = await accountsThere(client);
    let changed = 0;
    for (const account of accounts) {
      const digest = createHash('sha256')
        .update(JSON.stringify(accountObjects(account)))
        .digest('hex');
      const { extension } = account;
      if (there.has(extension) && this.#right.get(extension) === digest) continue;
      if (await this.#make(client, account)) changed++;
      this.#right.set(extension, digest);
    }
    const wanted = new Set(accounts.map(({ extension }) => extension));
    for (const extension of there) {
      if (wanted.has(extension)) continue;
      await this.#remove(client, extension);
      changed++;
    }
    return changed;
  }

  /** The exchange may be another one than before: everything is looked at anew. */
  forget(): void {
    this.#right.clear();
  }

  /** @returns whether anything was written */
  async #make(client: Client, account: PhoneAccount): Promise<boolean> {
    const written: string[] = [];
    const { extension: id } = account;
    for (const [objectType, fields] of accountObjects(account)) {
      const differing = await differingFrom(client, objectType, id, fields);
      if (differing.length === 0) continue;
      await client.asterisk.updateObject({
        configClass,
        objectType,
        id,
        fields: { fields: asOrder(fields) },
      });
      written.push(...differing);
    }
    if (written.length === 0) return false;
    this.#log.info({ event: 'account.made', extension: id, written }, 'a phone can log in');
    return true;
  }

  async #remove(client: Client, id: string): Promise<void> {
    this.#right.delete(id);
    for (const objectType of ['endpoint', 'aor', 'auth']) {
      try {
        await client.asterisk.deleteObject({ configClass, objectType, id });
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
    }
    this.#log.info({ event: 'account.removed', extension: id }, 'a phone can log in no more');
  }
}

/** Endpoints that are named like an extension; what an operator wrote by hand has other names. */
async function accountsThere(client: Client): Promise<Set<string>> {
  const endpoints = await client.endpoints.listByTech({ tech: 'PJSIP' });
  return new Set(endpoints.map(({ resource }) => resource).filter((name) => /^[1-8]\d\d$/.test(name)));
}

/** Which attributes are not as wanted, by name alone: their values are secrets. The object's own name when there is none. */
async function differingFrom(
  client: Client,
  objectType: AccountObject,
  id: string,
  wanted: AccountFields,
): Promise<string[]> {
  try {
    const found = await client.asterisk.getObject({ configClass, objectType, id });
    const values = new Map(found.map(({ attribute, value }) => [attribute, value]));
    return Object.entries(wanted)
      .filter(([attribute, value]) => (values.get(attribute) ?? '') !== value)
      .map(([attribute]) => `${objectType}.${attribute}`);
  } catch (error) {
    if (isNotFound(error)) return [objectType];
    throw error;
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof AriError && error.status === 404;
}
