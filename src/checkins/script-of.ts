import { join } from 'node:path';
import { DateTime } from 'luxon';
import type { Clock } from '../clock.js';
import { projectRoot } from '../project-root.js';
import { zoneNamed } from '../time-zone.js';
import type { AttemptDependencies } from './attempt.js';
import { scriptSounds } from './script-sounds.js';

/** What is said in each call: in the person's language and pace, with the tenant's key map, by the time of day there. */
export function scriptOf({
  maxAsks,
  keySeconds,
  clock,
}: {
  maxAsks: number;
  keySeconds: number;
  clock: Clock;
}): AttemptDependencies['scriptFor'] {
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
