import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import type { CallIn } from './call-in.js';

/** Those who phoned back, beside the person whose number it is. */
export class CallInStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  /** Keeps a call, once; a message that was left meanwhile is added. */
  async keep(pbxId: string, callIn: CallIn): Promise<void> {
    const lookup = this.#codec.lookup('number', callIn.number);
    // A couple shares a number: the one who was called last is the one who phones back.
    const owner = await this.#database('phone_numbers as n')
      .join('subscribers as s', 's.id', 'n.subscriber_id')
      .where('n.number_lookup', lookup)
      .orderBy('s.last_called_at', 'desc')
      .first<{ id: number } | undefined>('s.id');
    await this.#database('call_ins')
      .insert({
        call_id: callIn.callId,
        pbx_id: pbxId,
        subscriber_id: owner?.id ?? null,
        number: this.#codec.encode(callIn.number),
        number_lookup: lookup,
        called_at: callIn.calledAt.getTime(),
        message_file: callIn.messageFile ?? null,
      })
      .onConflict(['pbx_id', 'call_id'])
      .merge(['message_file']);
  }
}
