import type { Channel } from 'ari-client';
import type { DeskPhone } from '../../desk/desk-phone.js';
import type { StationCallSight } from '../../desk/station-call.js';
import { isDialable } from '../../subscribers/phone-number.js';
import type { AmiEvent, AmiLink } from '../ami/ami-link.js';
import type { CelRecords } from '../cel/cel-records.js';
import { stationCallContext, stationCallFamily, stationChannelPrefix, trunkEndpoint } from '../names.js';
import type { AriPhone } from './ari-phone.js';
import { AriError } from './harden-ari-client.js';
import { trunkAddress } from './trunk-address.js';

const deskRingSeconds = 40;

/** Calls that connect a station with a person, over ARI; they live in the dialplan, and so without us too. */
export class AriDeskPhone implements DeskPhone {
  readonly #phone: Pick<AriPhone, 'isUp' | 'client'>;
  readonly #ami: Pick<AmiLink, 'action'>;
  readonly #records: CelRecords;
  readonly #callerNumber: string;

  constructor(parts: {
    phone: Pick<AriPhone, 'isUp' | 'client'>;
    ami: Pick<AmiLink, 'action'>;
    /** Of the stations' channels. */
    records: CelRecords;
    callerNumber: string;
  }) {
    this.#phone = parts.phone;
    this.#ami = parts.ami;
    this.#records = parts.records;
    this.#callerNumber = parts.callerNumber;
  }

  get isUp(): boolean {
    return this.#phone.isUp;
  }

  async linesInUse(): Promise<number> {
    const channels = await this.#channels();
    return channels.filter(({ name }) => name.startsWith(`PJSIP/${trunkEndpoint}-`)).length;
  }

  async place({ callId, deskNumber, number }: { callId: string; deskNumber: string; number: string }) {
    // The last guard before a number leaves the house: never 110 or 119, nor what costs or is no person's.
    if (!isDialable(deskNumber) || !isDialable(number)) return 'refused';
    const { client } = this.#phone;
    if (!client) return 'refused';
    try {
      await client.channels.originate({
        endpoint: await trunkAddress(client, deskNumber),
        context: stationCallContext,
        extension: number,
        priority: 1,
        channelId: stationChannelPrefix + callId,
        callerId: this.#callerNumber,
        timeout: deskRingSeconds,
        variables: { STATION_CALL: callId },
      });
      return 'placed';
    } catch (error) {
      if (!(error instanceof AriError)) throw error;
      return error.status === 0 || error.status === 409 ? 'unknown' : 'refused';
    }
  }

  async look(callIds: readonly string[]): Promise<Map<string, StationCallSight>> {
    // First who lives, then what was noted: a call that ends in between has noted its end.
    const live = new Set((await this.#channels()).map(({ id }) => id));
    const records = await this.#records.find(callIds);
    const sights = await Promise.all(
      callIds.map(async (callId): Promise<[string, StationCallSight]> => {
        const end = records.get(callId)?.end;
        return [
          callId,
          {
            isLive: live.has(stationChannelPrefix + callId),
            noted: await this.#noted(callId),
            record: end && { at: end.at, reason: end.reason },
          },
        ];
      }),
    );
    return new Map(sights);
  }

  async forget(callId: string): Promise<void> {
    await this.#ami.action({ action: 'DBDel', family: stationCallFamily, key: callId });
  }

  #channels(): Promise<Channel[]> {
    const { client } = this.#phone;
    if (!client || !this.#phone.isUp) throw new AriError('no link to Asterisk', 'EARIDOWN', 0);
    return client.channels.list();
  }

  async #noted(callId: string): Promise<StationCallSight['noted']> {
    const family = `${stationCallFamily}/${callId}`;
    const events = await this.#ami.action({ action: 'DBGetTree', family }, { list: true });
    return events.map(readNoted).find((noted) => noted !== undefined);
  }
}

/** Reads an AstDB entry that dialplan/station.conf wrote. */
export function readNoted(event: AmiEvent): StationCallSight['noted'] {
  if (typeof event.val !== 'string') return undefined;
  const [desk = '', answered = '', ended = '', status = ''] = event.val.split('|');
  const deskAnsweredAt = instant(desk);
  return deskAnsweredAt && { deskAnsweredAt, answeredAt: instant(answered), endedAt: instant(ended), status };
}

function instant(text: string): Date | undefined {
  return /^\d{13}$/.test(text) ? new Date(Number(text)) : undefined;
}
