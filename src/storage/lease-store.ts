import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Database } from './database.js';

/** A second process takes over when the owner has not renewed for this long. */
export const leaseExpiryMs = 12_000;
export const leaseRenewalMs = 3000;

/** One process on one machine; `started` tells a process from a later one with the same pid. */
export interface ProcessIdentity {
  ownerId: string;
  host: string;
  pid: number;
  started: string;
}

export type LeaseAnswer = { kind: 'ours' } | { kind: 'theirs'; host: string; pid: number; since: Date };

interface LeaseRow {
  pbx_id: string;
  owner_id: string;
  host: string;
  pid: number;
  process_started: string;
  since: number;
  renewed_at: number;
}

/** Who owns an exchange: exactly one process conducts its calls. */
export class LeaseStore {
  readonly #database: Database;
  readonly #isAlive: (owner: { host: string; pid: number; started: string }) => boolean;

  constructor(database: Database, isAlive = mayBeAlive) {
    this.#database = database;
    this.#isAlive = isAlive;
  }

  /** Takes the lease when it is free, expired, or its owner is known to be dead; renews it when it is ours. */
  async take(pbxId: string, self: ProcessIdentity, now: Date): Promise<LeaseAnswer> {
    const own = {
      owner_id: self.ownerId,
      host: self.host,
      pid: self.pid,
      process_started: self.started,
      renewed_at: now.getTime(),
    };
    if (await this.renew(pbxId, self, now)) return { kind: 'ours' };
    await this.#database('pbx_leases')
      .insert({ pbx_id: pbxId, since: now.getTime(), ...own })
      .onConflict('pbx_id')
      .merge(['pbx_id']);
    const row = await this.#database<LeaseRow>('pbx_leases').where({ pbx_id: pbxId }).first();
    if (!row || row.owner_id === self.ownerId) return { kind: 'ours' };
    const expired = row.renewed_at <= now.getTime() - leaseExpiryMs;
    if (expired || !this.#isAlive({ host: row.host, pid: row.pid, started: row.process_started })) {
      const won = await this.#database('pbx_leases')
        .where({ pbx_id: pbxId, owner_id: row.owner_id, renewed_at: row.renewed_at })
        .update({ since: now.getTime(), ...own });
      if (won === 1) return { kind: 'ours' };
    }
    return { kind: 'theirs', host: row.host, pid: row.pid, since: new Date(row.since) };
  }

  /** @returns false when the lease is somebody else's */
  async renew(pbxId: string, self: ProcessIdentity, now: Date): Promise<boolean> {
    const changed = await this.#database('pbx_leases')
      .where({ pbx_id: pbxId, owner_id: self.ownerId })
      .update({ renewed_at: now.getTime() });
    return changed === 1;
  }

  /** Who took the lease last, be it in force or expired; for those who only want to know. */
  async read(
    pbxId: string,
  ): Promise<{ host: string; pid: number; since: Date; renewedAt: Date } | undefined> {
    const row = await this.#database<LeaseRow>('pbx_leases').where({ pbx_id: pbxId }).first();
    if (!row) return undefined;
    return { host: row.host, pid: row.pid, since: new Date(row.since), renewedAt: new Date(row.renewed_at) };
  }

  async release(pbxId: string, self: ProcessIdentity): Promise<void> {
    await this.#database('pbx_leases').where({ pbx_id: pbxId, owner_id: self.ownerId }).delete();
  }
}

export function thisProcess(ownerId: string): ProcessIdentity {
  return { ownerId, host: machineName(), pid: process.pid, started: startOf(process.pid) ?? '' };
}

/**
 * The machine in its present boot: after a reboot every earlier owner on it is dead. And the space of process ids in
 * it: in a container a process of another one cannot be seen, though it lives.
 */
function machineName(): string {
  let boot = '';
  try {
    boot = `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    // Not Linux: the name alone, and a dead owner is found by its expired lease.
  }
  return `${hostname()}/${boot}`;
}

/** Only a process of this machine and boot can be known to be dead. */
function mayBeAlive({ host, pid, started }: { host: string; pid: number; started: string }): boolean {
  if (host !== machineName() || started === '') return true;
  return startOf(pid) === started;
}

/** When a process started, in ticks since boot (proc(5), field 22 of stat); undefined when there is none. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A killed process that its parent has not collected yet is dead all the same.
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
