/** The tags of a dialogue as the one who placed the call sees them. */
export interface DialogueTags {
  ours: string;
  theirs: string;
}

/** Reads SIP messages line by line out of what baresip prints with `-s`, for the tags of the calls it places. */
export class SipTrace {
  readonly #tags = new Map<string, DialogueTags>();
  #headers: string[] | undefined;

  line(text: string): void {
    if (/^SIP\/2\.0 2\d\d /.test(text)) this.#headers = [];
    else if (text === '' && this.#headers) this.#finish(this.#headers);
    else this.#headers?.push(text);
  }

  /** Of an answered call; undefined for one that we did not place. */
  tagsOf(callId: string): DialogueTags | undefined {
    return this.#tags.get(callId);
  }

  #finish(headers: readonly string[]): void {
    this.#headers = undefined;
    const value = (name: string): string =>
      headers.find((header) => header.startsWith(`${name}: `))?.slice(name.length + 2) ?? '';
    if (!value('CSeq').endsWith(' INVITE')) return;
    const [ours, theirs] = [tagIn(value('From')), tagIn(value('To'))];
    if (ours && theirs) this.#tags.set(value('Call-ID'), { ours, theirs });
  }
}

function tagIn(header: string): string | undefined {
  return /;tag=([^;>\s]+)/.exec(header)?.[1];
}
