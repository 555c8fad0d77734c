import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';

/** What has become of an invitation. */
export interface InvitationState {
  userId: number;
  organizationId: number | undefined;
  expiresAt: Date;
  /** `failing`: not taken yet, and tried again; `refused`: the address takes no mail. */
  mail: 'waiting' | 'failing' | 'sent' | 'refused' | 'expired' | undefined;
}

/** An account that can be given in a tenant: whose telephone, and who has it already. */
export interface CounsellorChoice {
  id: number;
  name: string;
  extension: string;
  hasAccount: boolean;
}

/** Invitations that nobody has taken up yet, and what one needs to invite. */
export class InvitationStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  /** @param organizationId undefined: of all */
  async waiting(organizationId: number | undefined): Promise<InvitationState[]> {
    const links = await this.#database('users as u')
      .join('user_links as l', 'l.user_id', 'u.id')
      .where('u.state', 'invited')
      .where('l.kind', 'invitation')
      .where((query) => {
        if (organizationId !== undefined) void query.where('u.organization_id', organizationId);
      })
      .orderBy('l.id')
      .select<{ id: number; organization_id: number | null; expires_at: number }[]>(
        'u.id',
        'u.organization_id',
        'l.expires_at',
      );
    const ids = [...new Set(links.map(({ id }) => id))];
    const mails = await this.#database('mails')
      .whereIn('invited_user_id', ids)
      .orderBy('id')
      .select<{ invited_user_id: number; state: string; tries: number }[]>(
        'invited_user_id',
        'state',
        'tries',
      );
    return ids.map((userId) => {
      // The newest of each is the one that counts.
      const link = links.findLast(({ id }) => id === userId);
      const mail = mails.findLast(({ invited_user_id: id }) => id === userId);
      return {
        userId,
        organizationId: link?.organization_id ?? undefined,
        expiresAt: new Date(link?.expires_at ?? 0),
        mail: mail && mailState(mail),
      };
    });
  }

  async counsellors(organizationId: number): Promise<CounsellorChoice[]> {
    const rows = await this.#database('counsellors')
      .where({ organization_id: organizationId, state: 'active' })
      .orderBy('extension')
      .select<{ id: number; name: string; extension: string }[]>('id', 'name', 'extension');
    const taken = await this.#database('users')
      .where({ organization_id: organizationId })
      .whereNot('state', 'disabled')
      .whereNotNull('counsellor_id')
      .select<{ counsellor_id: number }[]>('counsellor_id');
    const having = new Set(taken.map((row) => row.counsellor_id));
    return rows.map(({ id, name, extension }) => ({
      id,
      extension,
      name: this.#codec.decode(name),
      hasAccount: having.has(id),
    }));
  }
}

function mailState({ state, tries }: { state: string; tries: number }): InvitationState['mail'] {
  if (state === 'waiting') return tries > 0 ? 'failing' : 'waiting';
  return state === 'sent' || state === 'refused' ? state : 'expired';
}
