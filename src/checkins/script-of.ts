import { join } from 'node:path';
import { DateTime } from 'luxon';
import type { Clock } from '../clock.js';
import { projectRoot } from '../project-root.js';
import { zoneNamed } from '../time-zone.js';
import type { Organization } from '../organizations/organization-store.js';
import type { CallScript } from './call-script.js';
import type { DueCheckin } from './due-checkin.js';
import { scriptSounds } from './script-sounds.js';

/** Whom a call is made to. */
interface Spoken {
  checkin: Pick<DueCheckin, 'promptLanguage' | 'speechRate' | 'spokenName'>;
}

/** What is said in each call: in the person's language and pace, with the tenant's key map, by the time of day there. */
export function scriptOf({
  maxAsks,
  keySeconds,
  clock,
}: {
  maxAsks: number;
  keySeconds: number;
  clock: Clock;
}): (call: Spoken, organization: Organization) => CallScript {
  const soundsRoot = join(projectRoot, 'sounds');
  return ({ checkin }, organization) =>
    scriptSounds({
      soundsRoot,
      language: checkin.promptLanguage,
      speechRate: checkin.speechRate,
      localHour: DateTime.fromJSDate(clock(), { zone: zoneNamed(organization.timeZone) }).hour,
      spokenNames: [organization.spokenName, checkin.spokenName].filter((name) => typeof name === 'string'),
      keyMap: organization.keyMap,
      maxAsks,
      keySeconds,
    });
}
