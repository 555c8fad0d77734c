import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Clock } from '../clock.js';
import { figuresCsv } from '../figures/figures-csv.js';
import { fiscalYearOf } from '../figures/fiscal-year.js';
import type { FiguresReader } from '../figures/figures-reader.js';
import { plannedKinds, targetMeasures, type FigureScope, type TargetMeasure } from '../figures/target.js';
import type { TargetStore } from '../figures/target-store.js';
import { mayDo } from '../users/permissions.js';
import type { UsersModule } from '../users/users-module.js';
import { missingOrganization, narrowTo, noSuchOrganization } from './acting.js';
import { idParameter, readBody, readParameters } from './parameters.js';
import { route, type Asking, type FindScope, type Route } from './route.js';

const firstYear = 2000;
const yearField = z.int().min(firstYear).max(2200);
const question = z.object({
  year: z
    .string()
    .regex(/^\d{4}$/, 'a year such as 2026')
    .transform(Number)
    .pipe(yearField)
    .optional(),
  organization: idParameter.optional(),
});
/** A place in words; a slash parts it from the kind. */
const regionField = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(/^[^/\p{Cc}]+$/u, 'a name without a slash');
const owner = z.object({ organizationId: z.int().positive().optional() });
const targetBody = owner.extend({
  fiscalYear: yearField,
  measure: z.enum(Object.keys(targetMeasures) as [TargetMeasure, ...TargetMeasure[]]),
  kind: z.enum(plannedKinds).optional(),
  region: regionField.optional(),
  /** Null takes the target away. */
  value: z.int().min(0).max(10_000_000).nullable(),
  version: z.int().min(0),
});
const regionBody = z.object({ organizationId: z.int().positive(), region: regionField.nullable() });

export interface FiguresSource {
  reader: FiguresReader;
  targets: TargetStore;
  users: Pick<UsersModule, 'places' | 'accessLog'>;
  clock: Clock;
}

/** A year's figures, the same as a spreadsheet, and what was promised. Nothing in them is about a person. */
export function figuresRoutes({ reader, targets, users, clock }: FiguresSource): Route[] {
  const { places, accessLog } = users;
  const read = async (query: unknown, asking: Asking) => {
    const { year, organization } = readParameters(question, query);
    const organizationId = narrowTo(asking, 'figures.see', organization);
    if (organizationId !== undefined && !(await places.ofOrganization(organizationId)))
      throw noSuchOrganization();
    const fiscalYear = year ?? fiscalYearOf(reader.today());
    return { organizationId, answer: await reader.year(fiscalYear, organizationId) };
  };
  /** Without an organization it is about the whole service. */
  const ofBody: FindScope = ({ body }) => {
    const { organizationId } = readParameters(owner, body ?? {});
    return organizationId === undefined
      ? { organizationId: undefined }
      : places.ofOrganization(organizationId);
  };

  return [
    route(
      { method: 'get', path: '/figures', permission: 'figures.see', scope: 'narrowed' },
      async (request, response, asking) => {
        const { organizationId, answer } = await read(request.query, asking);
        const mayEdit = mayDo(asking.actor, 'figures.edit', { organizationId });
        // Who sees all of them may choose one.
        const seesAll = mayDo(asking.actor, 'figures.see', { organizationId: undefined });
        const choices = seesAll ? await reader.tenants() : [];
        const regions = mayEdit && organizationId === undefined ? await targets.regions() : [];
        response.json({
          ...answer.report,
          organizationId: organizationId ?? null,
          mayEdit,
          regions,
          choices,
        });
      },
    ),
    route(
      { method: 'get', path: '/figures.csv', permission: 'figures.see', scope: 'narrowed' },
      async (request, response, asking) => {
        const { organizationId, answer } = await read(request.query, asking);
        const { signedIn, address } = asking;
        const now = clock();
        await accessLog.add({
          ...{ at: now, userId: signedIn?.user.id, organizationId, what: 'looked' },
          ...{ detail: 'figures.csv', subject: 'organization', address },
          ...(organizationId !== undefined && { subjectId: organizationId }),
        });
        const who = signedIn?.user.name ?? 'API';
        const at = DateTime.fromJSDate(now, { zone: 'Asia/Tokyo' }).toFormat('yyyy-MM-dd HH:mm');
        const name = `figures-${answer.report.fiscalYear}.csv`;
        response
          .type('text/csv; charset=utf-8')
          .set('Content-Disposition', `attachment; filename="${name}"`)
          .send(figuresCsv(answer.report, answer.each, `出力：${who}　${at}（日本時間）`));
      },
    ),
    route(
      {
        ...{ method: 'put', path: '/figures/targets', permission: 'figures.edit' },
        ...{ scope: ofBody, missing: missingOrganization },
      },
      async (request, response, { signedIn }) => {
        const { organizationId, region, kind, value, ...rest } = readBody(targetBody, request);
        const scope: FigureScope = organizationId === undefined ? { region, kind } : { organizationId };
        const change = { ...rest, scope, value: value ?? undefined };
        const now = clock();
        const result = await targets.change(change, signedIn?.user.id, now);
        if (result.kind === 'changedMeanwhile') {
          response.status(409).json({
            error: { code: 'changedMeanwhile', message: 'Somebody else changed this target meanwhile.' },
            current: result.target ?? null,
          });
          return;
        }
        await accessLog.add({
          ...{ at: now, userId: signedIn?.user.id, organizationId },
          ...{ what: 'changed', detail: 'figures.edit', subject: 'target' },
        });
        if (result.target) response.json(result.target);
        else response.status(204).end();
      },
    ),
    route(
      {
        ...{ method: 'put', path: '/figures/regions', permission: 'organization.edit' },
        ...{ scope: ofBody, missing: missingOrganization },
      },
      async (request, response) => {
        const { organizationId, region } = readBody(regionBody, request);
        await targets.moveTo(organizationId, region ?? undefined);
        response.status(204).end();
      },
    ),
  ];
}
