import { DateTime } from 'luxon';
import { z } from 'zod';
import { localDate } from '../checkins/local-day.js';
import type { Clock } from '../clock.js';
import type { LineHoursStore } from '../hotline/line-hours-store.js';
import { hoursOf, type Line } from '../hotline/line.js';
import { openingHours, weekSchema } from '../hotline/opening-hours.js';
import type { ClosedDayStore } from '../organizations/closed-day-store.js';
import type { Holiday } from '../organizations/holiday-store.js';
import type { StationStore } from '../organizations/station-store.js';
import type { NoteChange } from '../users/change-log.js';
import { ApiError } from './api-error.js';
import { authorOf, versionOf } from './changes.js';
import { readIds } from './organization-scope.js';
import { dateParameter, readBody, readParameters } from './parameters.js';
import type { Route } from './route.js';
import { tenantRoutes, type TenantSource } from './tenant-routes.js';

export interface HoursSource extends TenantSource {
  lines: { all: () => Promise<Line[]> };
  lineHours: LineHoursStore;
  closedDays: ClosedDayStore;
  /** With whether they were loaded: who plans the calls knows only these. */
  holidays: (from: string, until: string) => Promise<{ list: Holiday[]; areLoaded: boolean }>;
  stations: StationStore;
  zoneOf: (organizationId: number) => Promise<string | undefined>;
  note: NoteChange;
  clock: Clock;
}

const monthQuery = z.object({
  month: z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'a month such as 2026-12'),
});
const dayParameters = z.object({ date: dateParameter });
const reason = z.string().trim().max(200).default('');
const daysBody = z.object({
  stationIds: z.array(z.number().int().positive()).min(1).max(500),
  dates: z.array(dateParameter).min(1).max(31),
  reason,
});
const hoursBody = z.object({
  version: z.number().int().min(0),
  week: weekSchema,
  closedOnHolidays: z.boolean(),
  closedAtYearEnd: z.boolean(),
});
const reasonBody = z.object({ reason });
const inputs = {
  'get /hours': { query: monthQuery },
  'post /closed-days': { body: daysBody },
  'post /open-days': { body: daysBody },
  'put /lines/:lineId/hours': { body: hoursBody },
  'put /lines/:lineId/closed-days/:date': { params: dayParameters, body: reasonBody },
  'delete /lines/:lineId/closed-days/:date': { params: dayParameters },
};
/** Check-ins are written so many days ahead, and those stand. */
const daysPlanned = 3;

/** When lines are open and stations closed, as a calendar. */
export function hoursRoutes(source: HoursSource): Route[] {
  const { lines, lineHours, closedDays, holidays, stations, zoneOf, note, clock } = source;
  const { at } = tenantRoutes(source, inputs);
  const todayOf = async (organizationId: number): Promise<DateTime> => {
    const zone = (await zoneOf(organizationId)) ?? 'Asia/Tokyo';
    return DateTime.fromISO(localDate(clock(), zone), { zone: 'utc' });
  };
  const iso = (day: DateTime): string => day.toISODate() ?? '';
  /** @throws ApiError when a day is over: nothing of it can be changed any more */
  const checkDays = async (organizationId: number, dates: readonly string[]) => {
    const today = await todayOf(organizationId);
    if (dates.some((date) => date < iso(today)))
      throw new ApiError(422, 'dayIsOver', 'This day is over already.');
    return { arePlanned: dates.some((date) => date < iso(today.plus({ days: daysPlanned }))) };
  };
  const ownStations = async (organizationId: number, ids: readonly number[]): Promise<void> => {
    const own = new Set((await stations.of(organizationId)).map(({ id }) => id));
    if (!ids.every((id) => own.has(id)))
      throw new ApiError(404, 'noSuchStation', 'There is no such station here.');
  };
  const ownLine = async (organizationId: number, lineId: number): Promise<void> => {
    if (!(await lineHours.versions(organizationId)).has(lineId))
      throw new ApiError(404, 'noSuchLine', 'There is no such line here.');
  };

  return [
    at('get', '/hours', 'hours.see', async (request, response) => {
      const { organizationId } = readIds(request.params);
      const { month } = readParameters(monthQuery, request.query);
      const today = await todayOf(organizationId);
      const first = DateTime.fromISO(`${month}-01`, { zone: 'utc' });
      const [from, until] = [iso(first), iso(first.endOf('month'))];
      const shown = await holidays(from, until);
      const coming = await holidays(iso(today), iso(today.plus({ days: 400 })));
      const dates = new Set(coming.list.map(({ date }) => date));
      const versions = await lineHours.versions(organizationId);
      const own = (await lines.all()).filter((line) => line.organizationId === organizationId);
      response.json({
        today: iso(today),
        timeZone: await zoneOf(organizationId),
        holidays: shown.list,
        holidaysAreLoaded: shown.areLoaded,
        stations: await stations.of(organizationId),
        closedDays: await closedDays.of(organizationId, from, until),
        lines: own.map((line) => {
          const hours = openingHours(hoursOf(line, dates));
          const { id, name, week, closedOnHolidays, closedAtYearEnd, closures } = line;
          const isOpen = hours.isOpen(clock());
          return {
            ...{ id, name, week, closedOnHolidays, closedAtYearEnd, isOpen, version: versions.get(id) ?? 0 },
            closures: closures.filter(({ fromOn, untilOn }) => fromOn <= until && untilOn >= from),
            nextOpening: isOpen ? undefined : hours.nextOpening(clock()),
          };
        }),
      });
    }),
    at('post', '/closed-days', 'station.edit', async (request, response, asking) => {
      const { organizationId } = readIds(request.params);
      const wanted = readBody(daysBody, request);
      await ownStations(organizationId, wanted.stationIds);
      const { arePlanned } = await checkDays(organizationId, wanted.dates);
      const changed = await closedDays.closeAll(organizationId, wanted, authorOf(asking, clock), note);
      response.json({ changed, arePlanned });
    }),
    at('post', '/open-days', 'station.edit', async (request, response, asking) => {
      const { organizationId } = readIds(request.params);
      const wanted = readBody(daysBody, request);
      await ownStations(organizationId, wanted.stationIds);
      const { arePlanned } = await checkDays(organizationId, wanted.dates);
      const dates = [...wanted.dates].sort();
      const changed = await closedDays.openAll(
        organizationId,
        { ...wanted, dates },
        authorOf(asking, clock),
        note,
      );
      response.json({ changed, arePlanned });
    }),
    at('put', '/lines/:lineId/hours', 'hotline.edit', async (request, response, asking) => {
      const { organizationId, lineId } = readIds(request.params, 'lineId');
      await ownLine(organizationId, lineId);
      const changed = await lineHours.change(
        organizationId,
        lineId,
        readBody(hoursBody, request),
        authorOf(asking, clock),
      );
      response.json({ version: versionOf(changed, 'noSuchLine') });
    }),
    at('put', '/lines/:lineId/closed-days/:date', 'hotline.edit', async (request, response, asking) => {
      const { organizationId, lineId } = readIds(request.params, 'lineId');
      const { date } = readParameters(dayParameters, request.params);
      await ownLine(organizationId, lineId);
      await checkDays(organizationId, [date]);
      const given = readBody(reasonBody, request);
      const by = authorOf(asking, clock);
      response.json({ changed: await lineHours.close(organizationId, lineId, date, given.reason, by) });
    }),
    at('delete', '/lines/:lineId/closed-days/:date', 'hotline.edit', async (request, response, asking) => {
      const { organizationId, lineId } = readIds(request.params, 'lineId');
      const { date } = readParameters(dayParameters, request.params);
      await ownLine(organizationId, lineId);
      await checkDays(organizationId, [date]);
      response.json({ changed: await lineHours.open(organizationId, lineId, date, authorOf(asking, clock)) });
    }),
  ];
}
