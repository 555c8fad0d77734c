import type { Counsellor } from './counsellor.js';
import type { Line } from './line.js';
import type { Entries } from './line-entries.js';

export const ownedCounsellorPaths = /^hotline-counsellor\/\d+\/(lines|cap)$/;

/** What the dialplan needs to know of those who may log in. */
export function entriesOfCounsellors(counsellors: readonly Counsellor[], lines: readonly Line[]): Entries {
  const slotOf = new Map(lines.map(({ id, slot }) => [id, slot]));
  return new Map(
    counsellors.flatMap(({ extension, lineIds, outgoingSecondsPerDay }): [string, string][] => {
      const under = `hotline-counsellor/${extension}`;
      const slots = lineIds.flatMap((id) => slotOf.get(id) ?? []).sort((one, other) => one - other);
      return [
        [`${under}/lines`, slots.join(',')],
        [`${under}/cap`, String(outgoingSecondsPerDay)],
      ];
    }),
  );
}
