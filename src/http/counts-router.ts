import { z } from 'zod';
import type { CountStore } from '../consultations/count-store.js';
import { countingLabels, countingRulesSchema, describeRules } from '../consultations/counting-rules.js';
import type { TenantStore } from '../consultations/tenant-store.js';
import type { Clock } from '../clock.js';
import { whole } from '../consultations/field-kinds.js';
import { noSuchOrganization } from './acting.js';
import { ApiError } from './api-error.js';
import { readBody } from './bounded-json.js';
import { readIds } from './organization-scope.js';
import { dateParameter, readParameters } from './parameters.js';
import type { Route } from './route.js';
import { tenantRoutes, type TenantInputs, type TenantSource } from './tenant-routes.js';

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

/** The rules, and the version that they were made from. */
const rulesFields = countingRulesSchema.extend({ version: whole(0, 2 ** 31 - 1) });

const inputs: TenantInputs = {
  'get /counts/years/:fiscalYear': { params: yearFields },
  'get /counts': { query: rangeFields },
  'put /counting-rules': { body: rulesFields },
};

export interface CountsSource extends TenantSource {
  counts: CountStore;
  tenants: TenantStore;
  clock: Clock;
}

/** The figures for reports, and the rules behind them. */
export function countsRoutes(source: CountsSource): Route[] {
  const { counts, tenants, clock } = source;
  const { at } = tenantRoutes(source, inputs);
  const zoneOf = async (organizationId: number): Promise<string> => {
    const zone = await tenants.zoneOf(organizationId);
    if (zone === undefined) throw noSuchOrganization();
    return zone;
  };

  return [
    at('get', '/counts/years/:fiscalYear', 'figures.see', async (request, response) => {
      const { organizationId } = readIds(request.params);
      const { fiscalYear } = readParameters(yearFields, request.params);
      response.json(await counts.year(organizationId, await zoneOf(organizationId), fiscalYear));
    }),
    at('get', '/counts', 'figures.see', async (request, response) => {
      const { organizationId } = readIds(request.params);
      const { from, until } = readParameters(rangeFields, request.query);
      response.json(await counts.between(organizationId, await zoneOf(organizationId), from, until));
    }),
    at('get', '/counting-rules', 'figures.see', async (request, response) => {
      const { organizationId } = readIds(request.params);
      const rules = await counts.rules(organizationId);
      const version = await counts.rulesVersion(organizationId);
      response.json({ version, rules, texts: describeRules(rules) });
    }),
    at('put', '/counting-rules', 'cardDesign.edit', async (request, response) => {
      const { organizationId } = readIds(request.params);
      const { version, ...rules } = readBody(rulesFields, request.body, countingLabels);
      if (!(await counts.changeRules(organizationId, { version, rules }, clock())))
        throw new ApiError(409, 'changedMeanwhile', 'Somebody else changed these rules meanwhile.');
      response.json({ version: version + 1, rules, texts: describeRules(rules) });
    }),
  ];
}
