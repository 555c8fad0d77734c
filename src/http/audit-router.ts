import { z } from 'zod';
import { boundsOfDay } from '../checkins/local-day.js';
import type { Clock } from '../clock.js';
import { accessKinds } from '../users/access-log-store.js';
import { auditSheet } from '../users/audit-sheet.js';
import type { AuditEntry, AuditFilter, AuditStore } from '../users/audit-store.js';
import type { Change } from '../users/change-log.js';
import { narrowTo } from './acting.js';
import { authorOf } from './changes.js';
import { pageLimit } from './organization-scope.js';
import { dateParameter, idParameter, readParameters } from './parameters.js';
import { route, whoIsIn, type Asking, type Route } from './route.js';

export interface AuditSource {
  audit: AuditStore;
  /** Notes what changes nothing else. */
  note: (change: Change) => Promise<void>;
  zoneOf: (organizationId: number) => Promise<string | undefined>;
  clock: Clock;
}

const filterQuery = z.object({
  organization: idParameter.optional(),
  user: idParameter.optional(),
  kind: z.enum(accessKinds).optional(),
  day: dateParameter.optional(),
});
const pageQuery = filterQuery.extend({ before: idParameter.optional(), limit: pageLimit });
/** Rows of one sheet: a spreadsheet takes them, and the service's memory does too. */
const mostRows = 20_000;
const rowsPerRead = 500;

/** Who came in, looked at whom and changed what. */
export function auditRoutes({ audit, note, zoneOf, clock }: AuditSource): Route[] {
  const zoneFor = async (organizationId: number | undefined): Promise<string> =>
    (organizationId === undefined ? undefined : await zoneOf(organizationId)) ?? 'Asia/Tokyo';
  const filterOf = async (asking: Asking, given: z.infer<typeof filterQuery>): Promise<AuditFilter> => {
    const organizationId = narrowTo(asking, 'audit.see', given.organization);
    const during =
      given.day === undefined ? undefined : boundsOfDay(given.day, await zoneFor(organizationId));
    return { organizationId, userId: given.user, kind: given.kind, during };
  };
  return [
    route(
      {
        method: 'get',
        path: '/audit',
        permission: 'audit.see',
        scope: 'narrowed',
        input: { query: pageQuery },
      },
      async (request, response, asking) => {
        const query = readParameters(pageQuery, request.query);
        const filter = await filterOf(asking, query);
        // One more tells whether there are older ones.
        const found = await audit.page(filter, query.limit + 1, query.before);
        const entries = found.slice(0, query.limit);
        response.json({
          entries,
          timeZone: await zoneFor(filter.organizationId),
          before: found.length > query.limit ? entries.at(-1)?.id : undefined,
        });
      },
    ),
    route(
      {
        method: 'get',
        path: '/audit.csv',
        permission: 'audit.see',
        scope: 'narrowed',
        input: { query: filterQuery },
      },
      async (request, response, asking) => {
        const query = readParameters(filterQuery, request.query);
        const filter = await filterOf(asking, query);
        const by = authorOf(asking, clock);
        // Before it goes out: what cannot be noted is not handed over.
        await note({
          ...{ by, organizationId: asking.actor.organizationId, subject: 'accessLog', subjectId: by.userId },
          detail: 'accessLog.export',
          fields: Object.entries(query).map(([field, to]) => ({ field, to: to ?? null })),
        });
        const entries: AuditEntry[] = [];
        for (;;) {
          const more = await audit.page(filter, rowsPerRead, entries.at(-1)?.id);
          entries.push(...more);
          if (more.length < rowsPerRead || entries.length >= mostRows) break;
        }
        const zone = await zoneFor(filter.organizationId);
        response.attachment('genkidesu-access-log.csv');
        response.type('text/csv; charset=utf-8');
        response.send(auditSheet(entries, { zone, by: whoIsIn(asking).user.name, at: by.at }));
      },
    ),
  ];
}
