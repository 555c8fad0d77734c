import type { Clock } from '../clock.js';
import type { Config } from '../config.js';
import { asteriskChecks } from './asterisk-checks.js';
import { certificateChecks } from './certificate-check.js';
import type { Check } from './check.js';
import { clockCheckApart } from './clock-check.js';
import { databaseCheck } from './database-check.js';
import { machineChecks, promptsCheck } from './machine-checks.js';
import { personalDataCheck } from './personal-data-check.js';
import { voiceCheck } from './voice-check.js';

export const checkTimeoutMs = 5000;

/** Everything that the service needs, once its settings are read. */
export function serviceChecks(config: Config, clock: Clock): Check[] {
  return [
    ...machineChecks(config),
    databaseCheck(config, clock),
    personalDataCheck(config),
    voiceCheck(config),
    ...certificateChecks(config, clock),
    ...asteriskChecks(config),
    clockCheckApart(config),
    promptsCheck,
  ];
}
