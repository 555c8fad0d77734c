import { z } from 'zod';
import type { CountStore } from '../consultations/count-store.js';
import { countingRulesSchema, describeRules, readCountingRules } from '../consultations/counting-rules.js';
import type { TenantStore } from '../consultations/tenant-store.js';
import type { Clock } from '../clock.js';
import { noSuchOrganization } from './acting.js';
import { badFields } from './bounded-json.js';
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

const inputs: TenantInputs = {
  'get /counts/years/:fiscalYear': { params: yearFields },
  'get /counts': { query: rangeFields },
  'put /counting-rules': { body: countingRulesSchema },
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
      response.json({ rules, texts: describeRules(rules) });
    }),
    at('put', '/counting-rules', 'card.design', async (request, response) => {
      const { organizationId } = readIds(request.params);
      const reading = readCountingRules(request.body);
      if (!reading.ok) throw badFields(reading.problems);
      await counts.changeRules(organizationId, reading.value, clock());
      response.json({ rules: reading.value, texts: describeRules(reading.value) });
    }),
  ];
}
