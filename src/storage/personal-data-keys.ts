import { createHmac } from 'node:crypto';

/** One key for personal data: 32 bytes, and the short name by which a stored value says which key it needs. */
export interface PersonalDataKey {
  id: string;
  key: Buffer;
}

/** The keys of an instance. */
export interface PersonalDataKeys {
  /** New values are written with it. */
  current(): PersonalDataKey;
  /** A key that values may still need; undefined when there is none of this id. */
  find(id: string): PersonalDataKey | undefined;
  all(): readonly PersonalDataKey[];
}

export type KeysReading = { ok: true; keys: PersonalDataKey[] } | { ok: false; problem: string };

/** No `%`, `_` or `:`, which mean something in a statement or in a stored value. */
const idForm = /^[a-z0-9-]{1,24}$/;

/**
 * Reads the setting PERSONAL_DATA_KEY: lines of a key id and 32 bytes in base64, the last line being the
 * current key. A comma parts as a line end does, for places where a value is one line.
 *
 * @returns the keys in their order, or what is wrong; the problem never repeats a key
 */
export function readPersonalDataKeys(text: string): KeysReading {
  const keys: PersonalDataKey[] = [];
  for (const line of text.split(/[\n,]/).map((one) => one.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const [id = '', secret = '', ...more] = line.split(/\s+/);
    if (!idForm.test(id) || more.length > 0)
      return bad('a line is a key id (small letters, digits, hyphens) and a key');
    if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(secret)) return bad(`the key ${id} is not 32 bytes in base64`);
    if (keys.some((known) => known.id === id)) return bad(`the key id ${id} stands there twice`);
    keys.push({ id, key: Buffer.from(secret, 'base64') });
  }
  return keys.length === 0 ? bad('there is no key in it') : { ok: true, keys };
}

function bad(problem: string): KeysReading {
  return { ok: false, problem };
}

/** Keys as lines of a key file. */
export function writePersonalDataKeys(keys: readonly PersonalDataKey[]): string {
  return keys.map(({ id, key }) => `${id} ${key.toString('base64')}\n`).join('');
}

/** Keys that do not change while the process lives. */
export function fixedKeys(keys: readonly PersonalDataKey[]): PersonalDataKeys {
  const current = keys.at(-1);
  if (!current) throw new Error('there is no key for personal data');
  return { current: () => current, find: (id) => keys.find((key) => key.id === id), all: () => keys };
}

/** Says whether two keys are the same, and nothing else about them: may stand in the database. */
export function keyCheckValue({ key }: PersonalDataKey): string {
  return createHmac('sha256', key).update('genkidesu personal data key check').digest('hex');
}
