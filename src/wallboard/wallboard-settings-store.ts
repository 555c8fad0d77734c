import type { Database } from '../storage/database.js';
import { usualSettings, wallboardSettingsSchema, type WallboardSettings } from './wallboard-settings.js';

/** What each tenant's board shows. */
export class WallboardSettingsStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The usual ones, as long as the tenant has none of its own. */
  async of(organizationId: number): Promise<WallboardSettings> {
    const row = await this.#database('wallboard_settings')
      .where({ organization_id: organizationId })
      .first<{ settings: string } | undefined>('settings');
    if (!row) return usualSettings;
    const stored = wallboardSettingsSchema.safeParse(JSON.parse(row.settings));
    // Written by another version of ours: a board with the usual limits is better than none.
    return stored.success ? stored.data : usualSettings;
  }

  async save(organizationId: number, settings: WallboardSettings, now: Date): Promise<void> {
    await this.#database('wallboard_settings')
      .insert({
        organization_id: organizationId,
        settings: JSON.stringify(settings),
        updated_at: now.getTime(),
      })
      .onConflict('organization_id')
      .merge(['settings', 'updated_at']);
  }
}
