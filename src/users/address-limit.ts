/** Old entries go first when there are more: an attacker with a botnet must not eat our memory. */
const mostAddresses = 10_000;

/**
 * How often one network address may try. A bucket of so many tries that refills by the minute; kept in memory,
 * because a restart that forgives a minute's tries does no harm.
 */
export class AddressLimit {
  readonly #buckets = new Map<string, { left: number; at: number }>();
  readonly #perMinute: number;

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
  }

  /** Takes one try. @returns 0 when it may go on, else the seconds to wait */
  take(address: string, now: Date): number {
    const key = network(address);
    const known = this.#buckets.get(key);
    const perMs = this.#perMinute / 60_000;
    const left = known
      ? Math.min(this.#perMinute, known.left + Math.max(0, now.getTime() - known.at) * perMs)
      : this.#perMinute;
    // Deleted first: a map keeps the order of entering, and the first is the one longest unseen.
    this.#buckets.delete(key);
    const granted = left >= 1;
    this.#buckets.set(key, { left: granted ? left - 1 : left, at: now.getTime() });
    if (this.#buckets.size > mostAddresses) {
      const [oldest] = this.#buckets.keys();
      if (oldest !== undefined) this.#buckets.delete(oldest);
    }
    return granted ? 0 : Math.ceil((1 - left) / perMs / 1000);
  }
}

/** One household or office has a whole /64 of IPv6, and would otherwise have endless tries. */
function network(address: string): string {
  if (!address.includes(':')) return address;
  const ofIpv4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (ofIpv4 !== undefined) return ofIpv4;
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const behind = tail === undefined || tail === '' ? 0 : tail.split(':').length;
  while (tail !== undefined && groups.length + behind < 8) groups.push('0');
  return groups.slice(0, 4).join(':');
}
