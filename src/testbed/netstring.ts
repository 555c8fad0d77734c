/** `5:hello,`: how baresip's control connection says where a message ends. The length is in bytes. */
export function encodeNetstring(text: string): string {
  return `${Buffer.byteLength(text)}:${text},`;
}

/** Takes pieces of a stream as they come, and gives the messages that are complete. */
export class NetstringReader {
  #rest = Buffer.alloc(0);

  /** @throws Error when the stream is not made of netstrings */
  push(piece: Buffer): string[] {
    this.#rest = Buffer.concat([this.#rest, piece]);
    const complete: string[] = [];
    for (;;) {
      const colon = this.#rest.indexOf(':');
      const head = this.#rest.subarray(0, colon < 0 ? undefined : colon).toString('latin1');
      if (!/^\d*$/.test(head)) throw new Error(`not a netstring: ${head.slice(0, 20)}`);
      if (colon < 0) return complete;
      const end = colon + 1 + Number(head);
      if (this.#rest.length <= end) return complete;
      complete.push(this.#rest.subarray(colon + 1, end).toString('utf8'));
      // What follows the message is a comma.
      this.#rest = this.#rest.subarray(end + 1);
    }
  }
}
