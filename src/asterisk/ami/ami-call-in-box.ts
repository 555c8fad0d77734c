import type { CallIn, CallInBox } from '../../checkins/call-in.js';
import { domesticNumber } from '../domestic-number.js';
import { callInFamily } from '../names.js';
import type { AmiEvent, AmiLink } from './ami-link.js';

/** Reads an AstDB entry that dialplan/checkin.conf wrote: `epoch|number|message file`. */
export function readCallIn(key: string, value: string): CallIn | undefined {
  const [epoch = '', number = '', messageFile = ''] = value.split('|');
  const calledAt = new Date(Number(epoch) * 1000);
  const callId = key.split('/').at(-1) ?? '';
  if (callId === '' || epoch === '' || Number.isNaN(calledAt.getTime())) return undefined;
  return {
    callId,
    number: domesticNumber(number),
    calledAt,
    messageFile: messageFile === '' ? undefined : messageFile,
  };
}

/** The exchange's AstDB as the box of those who phoned back. */
export class AmiCallInBox implements CallInBox {
  readonly #link: AmiLink;

  constructor(link: AmiLink) {
    this.#link = link;
  }

  async read(): Promise<CallIn[]> {
    if (!this.#link.isUp) return [];
    const events = await this.#link.action({ action: 'DBGetTree', family: callInFamily }, { list: true });
    return events.flatMap((event) => {
      const callIn = readCallIn(text(event, 'key'), text(event, 'val'));
      return callIn ? [callIn] : [];
    });
  }

  async forget(callIn: CallIn): Promise<void> {
    await this.#link.action({ action: 'DBDel', family: callInFamily, key: callIn.callId });
  }
}

function text(event: AmiEvent, field: string): string {
  const value = event[field];
  return typeof value === 'string' ? value : '';
}
