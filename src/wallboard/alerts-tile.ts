import { lightUpTo, worstLight, type Light } from './light.js';
import type { Limits } from './wallboard-settings.js';

/** Alerts that nobody has closed. */
export interface AlertFacts {
  open: readonly { reason: string; openedAt: Date }[];
  readAt: Date;
}

export interface AlertsTile {
  open: number;
  openLight: Light;
  /** From young to old; `upToMinutes` null: all that are older still. */
  byAge: { upToMinutes: number | null; count: number }[];
  byReason: { reason: string; count: number }[];
  /** ISO 8601. */
  oldestAt: string | null;
  oldestLight: Light;
}

/** A quarter of an hour, an hour, half a day, longer. */
const ages: readonly (number | null)[] = [15, 60, 240, null];

/** The open alerts by how long they have been waiting for a person. */
export function alertsTile({ open }: AlertFacts, limits: Limits, now: Date): AlertsTile {
  const minutes = open.map(({ openedAt }) => Math.max(0, now.getTime() - openedAt.getTime()) / 60_000);
  const oldest = open.reduce<Date | undefined>(
    (found, { openedAt }) => (found && found <= openedAt ? found : openedAt),
    undefined,
  );
  const reasons = [...new Set(open.map(({ reason }) => reason))].sort();
  return {
    open: open.length,
    openLight: lightUpTo(open.length, limits.openAlerts),
    byAge: ages.map((upToMinutes, index) => {
      const from = ages[index - 1] ?? 0;
      const isIn = (age: number): boolean => age >= from && (upToMinutes === null || age < upToMinutes);
      return { upToMinutes, count: minutes.filter(isIn).length };
    }),
    byReason: reasons.map((reason) => ({
      reason,
      count: open.filter((one) => one.reason === reason).length,
    })),
    oldestAt: oldest?.toISOString() ?? null,
    oldestLight: open.length === 0 ? 'green' : lightUpTo(Math.max(...minutes), limits.alertMinutes),
  };
}

/** The light of the whole tile. */
export function alertsLight({ openLight, oldestLight }: AlertsTile): Light {
  return worstLight([openLight, oldestLight]);
}
