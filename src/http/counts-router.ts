import { Router } from 'express';
import { z } from 'zod';
import type { CountStore } from '../consultations/count-store.js';
import { describeRules, readCountingRules } from '../consultations/counting-rules.js';
import type { TenantStore } from '../consultations/tenant-store.js';
import type { Clock } from '../clock.js';
import { ApiError } from './api-error.js';
import { badFields } from './bounded-json.js';
import { readIds } from './organization-scope.js';
import { dateParameter, readParameters } from './parameters.js';

const yearFields = z.object({
  fiscalYear: z
    .string()
    .regex(/^20\d\d$/, 'a year such as 2026')
    .transform(Number),
});
const rangeFields = z
  .object({ from: dateParameter, until: dateParameter })
  .refine(({ from, until }) => from <= until, { path: ['until'], error: 'not before from' })
  .refine(({ from, until }) => Date.parse(until) - Date.parse(from) <= 366 * 2 * 86_400_000, {
    path: ['until'],
    error: 'two years at most',
  });

/** The figures for reports, and the rules behind them; mounted below /organizations/:organizationId. */
export function countsRouter({
  counts,
  tenants,
  clock,
}: {
  counts: CountStore;
  tenants: TenantStore;
  clock: Clock;
}): Router {
  const router = Router({ mergeParams: true });
  const zoneOf = async (organizationId: number): Promise<string> => {
    const zone = await tenants.zoneOf(organizationId);
    if (zone === undefined) throw new ApiError(404, 'noSuchOrganization', 'There is no such organization.');
    return zone;
  };

  router.get('/counts/years/:fiscalYear', async (request, response) => {
    const { organizationId } = readIds(request.params);
    const { fiscalYear } = readParameters(yearFields, request.params);
    response.json(await counts.year(organizationId, await zoneOf(organizationId), fiscalYear));
  });
  router.get('/counts', async (request, response) => {
    const { organizationId } = readIds(request.params);
    const { from, until } = readParameters(rangeFields, request.query);
    response.json(await counts.between(organizationId, await zoneOf(organizationId), from, until));
  });
  router.get('/counting-rules', async (request, response) => {
    const { organizationId } = readIds(request.params);
    const rules = await counts.rules(organizationId);
    response.json({ rules, texts: describeRules(rules) });
  });
  router.put('/counting-rules', async (request, response) => {
    const { organizationId } = readIds(request.params);
    const reading = readCountingRules(request.body);
    if (!reading.ok) throw badFields(reading.problems);
    await counts.changeRules(organizationId, reading.value, clock());
    response.json({ rules: reading.value, texts: describeRules(reading.value) });
  });
  return router;
}
