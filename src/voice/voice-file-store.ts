import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import { toInstant } from '../storage/instants.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';

export type VoiceKind = 'recording' | 'message';
export type VoiceState = 'spooled' | 'kept' | 'lost' | 'deleted';

export interface SpooledVoice {
  id: number;
  spoolFile: string;
  createdAt: Date;
  callEndedAt: Date | undefined;
  callIsKnown: boolean;
}

export interface VoiceFile {
  id: number;
  pbxId: string;
  callId: string;
  lineId: number;
  kind: VoiceKind;
  state: VoiceState;
  seconds: number | undefined;
  createdAt: Date;
  deleteAt: Date;
  /** Below the voice folder; undefined until it is taken in. */
  place: string | undefined;
}

export interface Listening {
  counsellorId: number;
  counsellorName: string;
  reason: string;
  at: Date;
}

/** The rows of recordings and messages; `spooled` ones are written with the calls they belong to. */
export class VoiceFileStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  /** Announced and not taken in yet, in the order of their coming, after the given id. */
  async spooled(pbxId: string, afterId: number, limit: number): Promise<SpooledVoice[]> {
    const rows = await this.#database('voice_files as v')
      .leftJoin('hotline_calls as c', (join) =>
        join.on('c.pbx_id', 'v.pbx_id').andOn('c.call_id', 'v.call_id'),
      )
      .where({ 'v.state': 'spooled', 'v.pbx_id': pbxId })
      .where('v.id', '>', afterId)
      .orderBy('v.id')
      .limit(limit)
      .select<
        {
          id: number;
          spool_file: string;
          created_at: number;
          call_row: number | null;
          ended_at: number | null;
        }[]
      >('v.id', 'v.spool_file', 'v.created_at', 'c.id as call_row', 'c.ended_at');
    return rows.map((row) => ({
      id: row.id,
      spoolFile: row.spool_file,
      createdAt: new Date(row.created_at),
      callEndedAt: toInstant(row.ended_at),
      callIsKnown: row.call_row !== null,
    }));
  }

  /** How many of an exchange's recordings are in each state. */
  async countByState(pbxId: string): Promise<Map<VoiceState, number>> {
    const rows = await this.#database('voice_files')
      .where({ pbx_id: pbxId })
      .groupBy('state')
      .select<{ state: VoiceState; count: number | string }[]>(
        'state',
        this.#database.raw('count(*) as count'),
      );
    return new Map(rows.map(({ state, count }) => [state, Number(count)]));
  }

  /** spooled → kept. */
  async markKept(id: number, place: string, seconds: number | undefined): Promise<boolean> {
    const updated = await this.#database('voice_files')
      .where({ id, state: 'spooled' })
      .update({ state: 'kept', stored_file: place, ...(seconds !== undefined && { seconds }) });
    return updated > 0;
  }

  /** spooled → lost. */
  async markLost(id: number): Promise<boolean> {
    const updated = await this.#database('voice_files')
      .where({ id, state: 'spooled' })
      .update({ state: 'lost' });
    return updated > 0;
  }

  /** Kept ones whose plain file may still lie in the spool. */
  async notCleared(pbxId: string): Promise<{ id: number; spoolFile: string }[]> {
    const rows = await this.#database('voice_files')
      .where({ state: 'kept', pbx_id: pbxId })
      .whereNot('spool_file', '')
      .select<{ id: number; spool_file: string }[]>('id', 'spool_file');
    return rows.map((row) => ({ id: row.id, spoolFile: row.spool_file }));
  }

  /** The plain file is gone from the spool. */
  async markCleared(id: number): Promise<void> {
    await this.#database('voice_files').where({ id }).update({ spool_file: '' });
  }

  /** Those whose time is over. */
  async due(
    pbxId: string,
    now: Date,
    limit: number,
  ): Promise<{ id: number; state: 'kept' | 'spooled'; place: string | undefined; spoolFile: string }[]> {
    const rows = await this.#database('voice_files')
      .whereIn('state', ['kept', 'spooled'])
      .where('delete_at', '<=', now.getTime())
      .where({ pbx_id: pbxId })
      .orderBy('delete_at')
      .limit(limit)
      .select<{ id: number; state: 'kept' | 'spooled'; stored_file: string | null; spool_file: string }[]>(
        'id',
        'state',
        'stored_file',
        'spool_file',
      );
    return rows.map((row) => ({
      id: row.id,
      state: row.state,
      place: row.stored_file ?? undefined,
      spoolFile: row.spool_file,
    }));
  }

  /** kept or spooled → deleted, with the record of it. */
  async markDeleted(id: number, what: 'kept' | 'spooled', now: Date): Promise<boolean> {
    return againAfterDeadlock(this.#database, async (trx) => {
      const updated = await trx('voice_files')
        .where({ id, state: what })
        .update({ state: 'deleted', deleted_at: now.getTime(), stored_file: null, spool_file: '' });
      if (updated === 0) return false;
      await trx('voice_deletions').insert({ voice_file_id: id, what, at: now.getTime() });
      return true;
    });
  }

  async find(organizationId: number, id: number): Promise<VoiceFile | undefined> {
    const row = await this.#files(organizationId).where('v.id', id).first();
    return row && toVoiceFile(row);
  }

  /** The recording and the message of a call. */
  async ofCall(organizationId: number, pbxId: string, callId: string): Promise<VoiceFile[]> {
    const rows = await this.#files(organizationId)
      .where({ 'v.pbx_id': pbxId, 'v.call_id': callId })
      .orderBy('v.id');
    return rows.map(toVoiceFile);
  }

  async addListening(id: number, counsellorId: number, reason: string, at: Date): Promise<void> {
    await this.#database('voice_listenings').insert({
      voice_file_id: id,
      counsellor_id: counsellorId,
      reason: this.#codec.encode(reason),
      at: at.getTime(),
    });
  }

  async listenings(organizationId: number, id: number): Promise<Listening[]> {
    const rows = await this.#database('voice_listenings as h')
      .join('voice_files as v', 'v.id', 'h.voice_file_id')
      .join('hotline_lines as l', 'l.id', 'v.line_id')
      .join('counsellors as c', 'c.id', 'h.counsellor_id')
      .where({ 'h.voice_file_id': id, 'l.organization_id': organizationId })
      .orderBy(['h.at', 'h.id'])
      .select<{ counsellor_id: number; name: string; reason: string; at: number }[]>(
        'h.counsellor_id',
        'c.name',
        'h.reason',
        'h.at',
      );
    return rows.map((row) => ({
      counsellorId: row.counsellor_id,
      counsellorName: this.#codec.decode(row.name),
      reason: this.#codec.decode(row.reason),
      at: new Date(row.at),
    }));
  }

  /** A recording belongs to whose line it is. */
  #files(organizationId: number) {
    return this.#database('voice_files as v')
      .join('hotline_lines as l', 'l.id', 'v.line_id')
      .where('l.organization_id', organizationId)
      .select<VoiceRow[]>('v.*');
  }
}

interface VoiceRow {
  id: number;
  pbx_id: string;
  call_id: string;
  line_id: number;
  kind: VoiceKind;
  state: VoiceState;
  seconds: number | null;
  created_at: number;
  delete_at: number;
  stored_file: string | null;
}

function toVoiceFile(row: VoiceRow): VoiceFile {
  return {
    id: row.id,
    pbxId: row.pbx_id,
    callId: row.call_id,
    lineId: row.line_id,
    kind: row.kind,
    state: row.state,
    seconds: row.seconds ?? undefined,
    createdAt: new Date(row.created_at),
    deleteAt: new Date(row.delete_at),
    place: row.stored_file ?? undefined,
  };
}
