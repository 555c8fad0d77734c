import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import type { HotlineCall } from './hotline-call.js';
import { toCall, type CallRow } from './hotline-call-row.js';
import { readLines } from './known-lines-store.js';

/** A call as it was kept. */
export interface StoredCall extends HotlineCall {
  id: number;
  pbxId: string;
  lineId: number | undefined;
}

/** The calls as they were kept, for those who look at them. */
export class CallListStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  /**
   * Calls that arrived between two moments, in that order.
   *
   * @param organizationId whose lines; undefined for everybody's
   * @param lineId undefined for all lines, and for calls of none when nobody's organization is asked for
   */
  async arrivedBetween({
    from,
    until,
    organizationId,
    lineId,
    limit,
  }: {
    from: Date;
    until: Date;
    organizationId?: number | undefined;
    lineId?: number | undefined;
    limit: number;
  }): Promise<StoredCall[]> {
    const known = await readLines(this.#database);
    const everybodys = organizationId === undefined;
    const lines = known.all.filter((line) => everybodys || line.organizationId === organizationId);
    const all = [...(everybodys ? [null] : []), ...lines.map(({ id }) => id)];
    const lineIds = lineId === undefined ? all : all.filter((id) => id === lineId);
    const rows: CallRow[] = [];
    // Line by line: the index begins with it.
    for (const id of lineIds) {
      rows.push(
        ...(await this.#database<CallRow>('hotline_calls')
          .where({ line_id: id })
          .whereBetween('arrived_at', [from.getTime(), until.getTime() - 1])
          .orderBy(['arrived_at', 'id'])
          .limit(limit)),
      );
    }
    return rows
      .sort((one, other) => one.arrived_at - other.arrived_at || one.id - other.id)
      .slice(0, limit)
      .map((row) => ({
        id: row.id,
        pbxId: row.pbx_id,
        lineId: row.line_id ?? undefined,
        ...toCall(row, this.#codec, known),
      }));
  }
}
