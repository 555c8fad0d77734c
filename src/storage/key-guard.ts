import type { KeyCheckStore } from './key-check-store.js';
import { keyCheckValue, type PersonalDataKey, type PersonalDataKeys } from './personal-data-keys.js';
import type { PersonalValuesStore } from './personal-values-store.js';

export type KeyVerdict =
  | { kind: 'right' }
  /** There is a key of this id, but the values were encrypted with another one. */
  | { kind: 'wrong'; keyId: string }
  /** Values may need a key that we do not have. */
  | { kind: 'missing'; keyId: string };

/** The keys given to us are not those of the database. */
export class PersonalDataKeyError extends Error {
  override readonly name = 'PersonalDataKeyError';
}

/** Whether the keys are those that the database knows; keys it does not know yet are right. */
export function judgeKeys(known: ReadonlyMap<string, string>, keys: readonly PersonalDataKey[]): KeyVerdict {
  for (const [keyId, checkValue] of known) {
    const key = keys.find(({ id }) => id === keyId);
    if (!key) return { kind: 'missing', keyId };
    if (keyCheckValue(key) !== checkValue) return { kind: 'wrong', keyId };
  }
  return { kind: 'right' };
}

export function describeVerdict(verdict: Exclude<KeyVerdict, { kind: 'right' }>): string {
  const why =
    verdict.kind === 'missing'
      ? `lacks the key ${verdict.keyId}, which this database's personal data needs`
      : `has another key ${verdict.keyId} than the one this database's personal data is encrypted with`;
  return `PERSONAL_DATA_KEY ${why}. Is it the key file of this installation? Nothing was written.`;
}

/**
 * Stops whoever comes with other keys than the database's, before anything is read or written with them;
 * notes keys that the database meets for the first time. A key that is gone and that no value needs is forgotten.
 *
 * @throws PersonalDataKeyError naming the key
 */
export async function guardKeys({
  checks,
  values,
  keys,
  now,
}: {
  checks: KeyCheckStore;
  values: Pick<PersonalValuesStore, 'countAllByKey'>;
  keys: PersonalDataKeys;
  now: Date;
}): Promise<void> {
  if (!(await checks.isThere())) return;
  const known = await judge(checks, values, keys);
  const added = keys.all().filter(({ id }) => !known.has(id));
  for (const key of added) await checks.note(key, now);
  // Two that start at once on a new database must not each write with a key of their own.
  if (added.length > 0) await judge(checks, values, keys);
}

async function judge(
  checks: KeyCheckStore,
  values: Pick<PersonalValuesStore, 'countAllByKey'>,
  keys: PersonalDataKeys,
): Promise<ReadonlyMap<string, string>> {
  for (;;) {
    const known = await checks.all();
    const verdict = judgeKeys(known, keys.all());
    if (verdict.kind === 'right') return known;
    const isNeeded = verdict.kind === 'wrong' || (await values.countAllByKey()).has(verdict.keyId);
    if (isNeeded) throw new PersonalDataKeyError(describeVerdict(verdict));
    await checks.forget(verdict.keyId);
  }
}
