import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';

export interface FormDraft {
  /** What was typed so far: the form's own, as JSON. */
  body: unknown;
  savedAt: Date;
}

/** Forms that somebody has begun and not sent: whatever happens to their browser, they go on where they were. */
export class DraftStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  /** @param subject whom or what the form is about, such as an id; `new` */
  async find(userId: number, form: string, subject: string): Promise<FormDraft | undefined> {
    const row = await this.#database('form_drafts')
      .where({ user_id: userId, form, subject })
      .first<{ body: string; updated_at: number } | undefined>('body', 'updated_at');
    return (
      row && { body: JSON.parse(this.#codec.decode(row.body)) as unknown, savedAt: new Date(row.updated_at) }
    );
  }

  async save(userId: number, form: string, subject: string, body: unknown, now: Date): Promise<void> {
    await this.#database('form_drafts')
      .insert({
        ...{ user_id: userId, form, subject, updated_at: now.getTime() },
        body: this.#codec.encode(JSON.stringify(body)),
      })
      .onConflict(['user_id', 'form', 'subject'])
      .merge(['body', 'updated_at']);
  }

  async drop(userId: number, form: string, subject: string): Promise<void> {
    await this.#database('form_drafts').where({ user_id: userId, form, subject }).delete();
  }

  /** @returns how many were forgotten */
  async sweep(before: Date): Promise<number> {
    return this.#database('form_drafts').where('updated_at', '<', before.getTime()).delete();
  }
}
