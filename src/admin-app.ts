import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorAlertStore } from './alerts/operator-alert-store.js';
import { viewTrunk } from './asterisk/ami/trunk-view.js';
import { EndedCallStore } from './checkins/ended-call-store.js';
import type { ConsoleAppOptions, ConsolePart } from './console-app.js';
import { checkTimeoutMs, serviceChecks } from './doctor/all-checks.js';
import { examine } from './doctor/check.js';
import type { Finding } from './doctor/findings.js';
import { LineHoursStore } from './hotline/line-hours-store.js';
import { LineStore } from './hotline/line-store.js';
import { auditRoutes } from './http/audit-router.js';
import { hoursRoutes, type HoursSource } from './http/hours-router.js';
import { invitationsRoutes } from './http/invitations-router.js';
import { settingsRoutes } from './http/settings-router.js';
import { tenantsRoutes } from './http/tenants-router.js';
import { trunkRoutes, type TrunkSource } from './http/trunk-router.js';
import { ClosedDayStore } from './organizations/closed-day-store.js';
import { HolidayStore } from './organizations/holiday-store.js';
import { japaneseHolidays } from './organizations/japanese-holidays.js';
import { OrganizationStore } from './organizations/organization-store.js';
import { SettingsStore } from './organizations/settings-store.js';
import { StationStore } from './organizations/station-store.js';
import { TenantStore } from './organizations/tenant-store.js';
import { installedSoundsRoot } from './prompts/sound-files.js';
import { usualScript } from './test-call-app.js';
import { TestCallStore } from './test-calls/test-call-store.js';
import { TrunkTestCalls } from './test-calls/trunk-test-calls.js';
import { causesOf } from './trunk/call-causes.js';
import { AuditStore } from './users/audit-store.js';
import { createNoteChange } from './users/change-log.js';
import { InvitationStore } from './users/invitation-store.js';

const houseZone = 'Asia/Tokyo';

/** The administrators' part of the composition: constructed by console-app.ts, and only there. */
export function createAdminApp(options: ConsoleAppOptions): ConsolePart {
  const { database, codec, users, clock } = options;
  const { places, recordLook, accessLog, hasMailServer } = users;
  const note = createNoteChange(accessLog);
  const changing = { database, note };
  const organizations = new OrganizationStore(database);
  const stations = new StationStore(changing);
  // Read each time: one that was added now is not in the memory of the clockwork yet.
  const zoneOf = async (organizationId: number): Promise<string | undefined> =>
    (await organizations.all()).find(({ id }) => id === organizationId)?.timeZone;
  const tenant = { places, recordLook, stations, zoneOf, clock };
  return {
    routes: [
      ...invitationsRoutes({
        ...tenant,
        invitationStates: new InvitationStore({ database, codec }),
        hasMailServer,
      }),
      ...settingsRoutes({ ...tenant, settings: new SettingsStore(changing), spokenNames }),
      ...hoursRoutes({
        ...tenant,
        lines: new LineStore(database),
        lineHours: new LineHoursStore(changing),
        closedDays: new ClosedDayStore(database),
        holidays: holidaysOf(new HolidayStore(database)),
        note,
      }),
      ...tenantsRoutes({
        tenants: new TenantStore(changing),
        organizations,
        alerts: new OperatorAlertStore({ database, codec, note }),
        places,
        clock,
      }),
      ...trunkRoutes(trunkOf(options, new TestCallStore({ database, codec, note }))),
      ...auditRoutes({
        audit: new AuditStore({ database, codec }),
        note: (change) => note(database, change),
        zoneOf,
        clock,
      }),
    ],
  };
}

/** Recordings of names in the pace that most people hear. */
async function spokenNames(): Promise<string[]> {
  const folder = join(installedSoundsRoot(), 'ja/slow/names');
  if (!existsSync(folder)) return [];
  const files = await readdir(folder);
  return files
    .filter((file) => file.endsWith('.wav'))
    .map((file) => `names/${file.slice(0, -4)}`)
    .sort();
}

/** A year that nobody has loaded is shown from the table that we ship. */
function holidaysOf(store: HolidayStore): HoursSource['holidays'] {
  return async (from, until) => {
    const years = [...new Set([Number(from.slice(0, 4)), Number(until.slice(0, 4))])];
    const loaded = await store.between(`${years[0]}-01-01`, `${years.at(-1)}-12-31`);
    const known = new Set(loaded.map(({ date }) => Number(date.slice(0, 4))));
    const missing = years.filter((year) => !known.has(year));
    const all = [...loaded, ...japaneseHolidays(missing)].sort((one, other) =>
      one.date < other.date ? -1 : 1,
    );
    return {
      list: all.filter(({ date }) => from <= date && date <= until),
      areLoaded: missing.length === 0,
    };
  };
}

function trunkOf(
  { config, database, ami, testLine, clock, log }: ConsoleAppOptions,
  store: TestCallStore,
): TrunkSource {
  const endedCalls = new EndedCallStore(database);
  let examination: Promise<Finding[]> | undefined;
  return {
    settings: {
      pbxId: config.PBX_ID,
      callerNumber: config.CALLER_NUMBER,
      channelCap: config.CHANNEL_CAP,
      reservedChannels: config.RESERVED_CHANNELS,
      startsPerSecond: config.STARTS_PER_SECOND,
      exchange: new URL(config.ARI_URL).host,
    },
    look: () => (ami.isUp ? viewTrunk(ami).catch(() => undefined) : Promise.resolve(undefined)),
    causesOfToday: async () => causesOf(await endedCalls.ofToday(clock(), houseZone)),
    // Asked twice at once, it is one examination.
    examine: () => {
      examination ??= examine(serviceChecks(config, clock), checkTimeoutMs).finally(() => {
        examination = undefined;
      });
      return examination;
    },
    testCalls: new TrunkTestCalls({
      ...{ store, clock, log },
      line: testLine,
      script: () => usualScript({ config, clock }),
    }),
    clock,
  };
}
