import { DateTime } from 'luxon';
import { z } from 'zod';
import { callPolicySchema, policyPresets } from '../checkins/call-policy.js';
import { localDate } from '../checkins/local-day.js';
import { previewPolicy } from '../checkins/policy-preview.js';
import type { Clock } from '../clock.js';
import type { SettingsStore } from '../organizations/settings-store.js';
import { tenantKeysSchema } from '../organizations/settings-store.js';
import type { StationStore } from '../organizations/station-store.js';
import { zoneNamed } from '../time-zone.js';
import { ApiError } from './api-error.js';
import { authorOf, nameTaken, versionOf } from './changes.js';
import { readIds } from './organization-scope.js';
import { readBody, readParameters } from './parameters.js';
import type { Route } from './route.js';
import { tenantRoutes, type TenantSource } from './tenant-routes.js';

export interface SettingsSource extends TenantSource {
  settings: SettingsStore;
  stations: StationStore;
  /** Undefined when there is no such tenant. */
  zoneOf: (organizationId: number) => Promise<string | undefined>;
  /** Recordings of names that there are. */
  spokenNames: () => Promise<readonly string[]>;
  clock: Clock;
}

const version = z.number().int().min(0);
export const spokenName = z
  .string()
  .regex(/^names\/[a-z0-9]+(-[a-z0-9]+)*$/, 'a recording of names/')
  .nullable();
const stationBody = z.object({
  name: z.string().trim().min(1, 'a name').max(200),
  spokenName,
  closedDays: z.enum(['callAnyway', 'nextOpenDay']),
  closedWeekdays: z.array(z.number().int().min(1).max(7)).max(6, 'open on one weekday at least'),
  closedOnHolidays: z.boolean(),
});
const changedStationBody = stationBody.extend({ version });
const policyBody = z.object({ version, policy: callPolicySchema });
const previewBody = z.object({
  policy: callPolicySchema,
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 09:00'),
});
const keysBody = z.object({ version, keyMap: z.record(z.string(), z.unknown()) });
const presetParameters = z.object({ preset: z.enum(policyPresets) });

const inputs = {
  'post /stations': { body: stationBody },
  'put /stations/:stationId': { body: changedStationBody },
  'put /keys': { body: keysBody },
  'put /policies/:preset': { params: presetParameters, body: policyBody },
  'post /policy-preview': { body: previewBody },
};

/** How a tenant calls its people: stations, keys, tries and gaps. */
export function settingsRoutes(source: SettingsSource): Route[] {
  const { settings, stations, zoneOf, spokenNames, clock } = source;
  const { at } = tenantRoutes(source, inputs);
  /** @throws ApiError when the recording is none that there is: the call would be silent there */
  const checkName = async (name: string | null): Promise<void> => {
    if (name !== null && !(await spokenNames()).includes(name))
      throw new ApiError(422, 'noSuchRecording', 'There is no such recording.');
  };
  return [
    at('get', '/settings', 'settings.see', async ({ params }, response) => {
      const { organizationId } = readIds(params);
      response.json({
        timeZone: await zoneOf(organizationId),
        keys: await settings.keys(organizationId),
        policies: await settings.policies(organizationId),
        stations: await stations.of(organizationId),
        spokenNames: await spokenNames(),
      });
    }),
    at('post', '/stations', 'station.edit', async (request, response, asking) => {
      const { organizationId } = readIds(request.params);
      const wanted = readBody(stationBody, request);
      await checkName(wanted.spokenName);
      const added = await stations.add(organizationId, wanted, authorOf(asking, clock));
      if (added.kind === 'nameTaken') throw nameTaken();
      response.status(201).json({ id: added.id });
    }),
    at('put', '/stations/:stationId', 'station.edit', async (request, response, asking) => {
      const { organizationId, stationId } = readIds(request.params, 'stationId');
      const wanted = readBody(changedStationBody, request);
      await checkName(wanted.spokenName);
      const changed = await stations.change(organizationId, stationId, wanted, authorOf(asking, clock));
      response.json({ version: versionOf(changed, 'noSuchStation') });
    }),
    at('put', '/keys', 'policy.edit', async (request, response, asking) => {
      const { organizationId } = readIds(request.params);
      const wanted = readBody(keysBody, request);
      if (!Object.values(wanted.keyMap).includes('ok'))
        throw new ApiError(422, 'noWellKey', 'One key must mean that all is well.');
      const keyMap = readParameters(tenantKeysSchema, wanted.keyMap);
      const changed = await settings.changeKeys(
        organizationId,
        { version: wanted.version, keyMap },
        authorOf(asking, clock),
      );
      response.json({ version: versionOf(changed, 'noSuchOrganization') });
    }),
    at('put', '/policies/:preset', 'policy.edit', async (request, response, asking) => {
      const { organizationId } = readIds(request.params);
      const { preset } = readParameters(presetParameters, request.params);
      const { policy, version: of } = readBody(policyBody, request);
      checkHours(policy.callingHours);
      const wanted = { preset, policy, version: of };
      const changed = await settings.changePolicy(organizationId, wanted, authorOf(asking, clock));
      response.json({ version: versionOf(changed, 'noSuchOrganization') });
    }),
    // Not kept: what a policy would do, by the functions that do it.
    at('post', '/policy-preview', 'settings.see', async (request, response) => {
      const { policy, time } = readBody(previewBody, request);
      checkHours(policy.callingHours);
      const zone = (await zoneOf(readIds(request.params).organizationId)) ?? 'Asia/Tokyo';
      const today = localDate(clock(), zone);
      const dueAt = DateTime.fromISO(`${today}T${time}`, { zone: zoneNamed(zone) }).toJSDate();
      response.json({
        dueAt,
        noAnswer: previewPolicy(policy, zone, dueAt, 'noAnswer'),
        busy: previewPolicy(policy, zone, dueAt, 'busy'),
      });
    }),
  ];
}

function checkHours({ from, until }: { from: string; until: string }): void {
  if (from >= until) throw new ApiError(422, 'hoursEndBeforeTheyBegin', 'It must end after it begins.');
}
