import type { Knex } from 'knex';
import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import type { Author, NoteChange } from '../users/change-log.js';
import { choicesOf, ownListNames, type OwnChoice, type OwnList } from './own-choices.js';

export interface StoredList {
  list: OwnList;
  /** 0 as long as nobody has changed it. */
  version: number;
  choices: OwnChoice[];
}

/** The choices of cards, as each tenant words them. */
export class OwnChoiceStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async lists(organizationId: number): Promise<StoredList[]> {
    const rows = await this.#database('card_choice_lists')
      .where({ organization_id: organizationId })
      .select<{ list: string; choices: string; version: number }[]>('list', 'choices', 'version');
    return ownListNames.map((list) => {
      const row = rows.find((one) => one.list === list);
      const stored = row ? (JSON.parse(row.choices) as OwnChoice[]) : [];
      return { list, version: row?.version ?? 0, choices: choicesOf(list, stored) };
    });
  }

  /** Every list by its name. */
  async byList(organizationId: number): Promise<Record<OwnList, OwnChoice[]>> {
    const lists = await this.lists(organizationId);
    return Object.fromEntries(lists.map(({ list, choices }) => [list, choices])) as Record<
      OwnList,
      OwnChoice[]
    >;
  }

  /** @returns false when somebody changed the list since `version` */
  async change(
    organizationId: number,
    { list, version, choices }: StoredList,
    by: Author,
    note: NoteChange,
  ): Promise<boolean> {
    const row = { choices: JSON.stringify(choices), updated_at: by.at.getTime() };
    const key = { organization_id: organizationId, list };
    const isThere = (on: Knex) =>
      on('card_choice_lists').where(key).first<{ list: string } | undefined>('list');
    try {
      return await againAfterDeadlock(this.#database, async (trx) => {
        const won = await trx('card_choice_lists')
          .where({ ...key, version })
          .update({ ...row, version: version + 1 });
        if (won !== 1) {
          if (version !== 0 || (await isThere(trx))) return false;
          await trx('card_choice_lists').insert({ ...key, ...row, version: 1 });
        }
        await note(trx, {
          ...{ by, organizationId, subject: 'organization', subjectId: organizationId },
          detail: 'card.choices',
          fields: [
            {
              field: list,
              to: choices
                .filter(({ retired }) => !retired)
                .map(({ label }) => label)
                .join('、'),
            },
          ],
        });
        return true;
      });
    } catch (error) {
      // Of two first ones at a time the later meets the other's row.
      if (version === 0 && (await isThere(this.#database))) return false;
      throw error;
    }
  }
}
