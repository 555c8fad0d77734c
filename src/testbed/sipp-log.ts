/** One message in SIPp's short log. */
export interface SippMessage {
  /** Epoch ms. */
  at: number;
  sent: boolean;
  callId: string;
  /** Of the CSeq: of an answer, what it answers. */
  method: string;
  /** Of an answer; 0 for a request. */
  status: number;
}

/** What became of one call, as a phone of SIPp saw it. Instants are epoch ms. */
export interface SippCall {
  callId: string;
  /** A caller's number, or a counsellor's extension. */
  who: string;
  invitedAt: number;
  ringingAt?: number;
  answeredAt?: number;
  /** The final status of a call that was not answered. */
  refusedWith?: number;
  endedAt?: number;
  /** `phone` is SIPp's side. */
  endedBy?: 'phone' | 'exchange';
}

/** Reads what `-trace_shortmsg` writes; a last line still being written is left out. */
export function parseShortLog(text: string): SippMessage[] {
  const complete = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return complete.flatMap((line) => {
    const [, , seconds, direction, callId, cseq = '', firstLine = ''] = line.split('\t');
    const method = /^CSeq: ?\d+ (\w+)/.exec(cseq)?.[1];
    if (seconds === undefined || callId === undefined || method === undefined) return [];
    const status = Number(/^SIP\/2\.0 (\d{3})/.exec(firstLine)?.[1] ?? 0);
    return [{ at: Math.round(Number(seconds) * 1000), sent: direction === 'S', callId, method, status }];
  });
}

/**
 * Puts messages together to calls, in the order in which they came or were placed.
 *
 * @param whoOf the number or extension of a Call-ID
 */
export function callsOf(messages: readonly SippMessage[], whoOf: (callId: string) => string): SippCall[] {
  const calls = new Map<string, SippCall>();
  for (const { at, sent, callId, method, status } of messages) {
    const call = calls.get(callId);
    if (!call) {
      if (method === 'INVITE' && status === 0)
        calls.set(callId, { callId, who: whoOf(callId), invitedAt: at });
      continue;
    }
    const open = call.answeredAt === undefined && call.refusedWith === undefined;
    if (method === 'INVITE' && open) {
      if (status === 180 || status === 183) call.ringingAt ??= at;
      else if (status >= 200 && status < 300) call.answeredAt = at;
      else if (status >= 300) {
        call.refusedWith = status;
        call.endedAt ??= at;
        call.endedBy ??= sent ? 'phone' : 'exchange';
      }
    }
    // Before an answer the caller's side cancels, after it either side says goodbye.
    if ((method === 'BYE' || method === 'CANCEL') && status === 0 && call.endedAt === undefined) {
      call.endedAt = at;
      call.endedBy = sent ? 'phone' : 'exchange';
    }
  }
  return [...calls.values()];
}

/** SIPp numbers its calls from 1 and begins the Call-ID with it; undefined for a call from outside. */
export function callNumberOf(callId: string): number | undefined {
  const found = /^(\d+)-\d+@/.exec(callId)?.[1];
  return found === undefined ? undefined : Number(found);
}
