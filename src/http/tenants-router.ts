import { IANAZone } from 'luxon';
import { z } from 'zod';
import type { OperatorAlertStore } from '../alerts/operator-alert-store.js';
import type { Clock } from '../clock.js';
import { organizationKinds, type OrganizationStore } from '../organizations/organization-store.js';
import type { TenantStore } from '../organizations/tenant-store.js';

import type { PlaceStore } from '../users/place-store.js';
import { missingOrganization } from './acting.js';
import { ApiError } from './api-error.js';
import { authorOf, nameTaken, versionOf } from './changes.js';
import { idParameter, readBody, readParameters } from './parameters.js';
import { route, type Route } from './route.js';
import { spokenName } from './settings-router.js';

export interface TenantsSource {
  tenants: TenantStore;
  organizations: Pick<OrganizationStore, 'add'>;
  alerts: OperatorAlertStore;
  places: Pick<PlaceStore, 'ofOrganization'>;
  clock: Clock;
}

const tenantBody = z.object({
  name: z.string().trim().min(1, 'a name').max(200),
  kind: z.enum(organizationKinds),
  weight: z.number().int().min(1).max(100),
  spokenName,
});
const changedTenantBody = tenantBody.extend({ version: z.number().int().min(0) });
const newTenantBody = tenantBody.extend({
  timeZone: z
    .string()
    .refine((name) => IANAZone.isValidZone(name), 'a time zone such as Asia/Tokyo')
    .default('Asia/Tokyo'),
});
const parameters = z.object({ id: idParameter });

/** The tenants and the service's own alerts, for the operator: figures and settings, no people. */
export function tenantsRoutes({ tenants, organizations, alerts, places, clock }: TenantsSource): Route[] {
  return [
    route(
      { method: 'get', path: '/tenants', permission: 'service.see', scope: 'service' },
      async (_request, response) => {
        response.json(await tenants.all(clock()));
      },
    ),
    route(
      {
        ...{ method: 'post', path: '/tenants', permission: 'organization.edit', scope: 'service' },
        input: { body: newTenantBody },
      },
      async (request, response, asking) => {
        const { spokenName: spoken, ...wanted } = readBody(newTenantBody, request);
        if (await tenants.isTaken(wanted.name)) throw nameTaken();
        const by = authorOf(asking, clock);
        const id = await organizations.add(
          { ...wanted, ...(spoken !== null && { spokenName: spoken }) },
          by.at,
        );
        await tenants.noteAdded(id, { ...wanted, spokenName: spoken }, by);
        response.status(201).json({ id });
      },
    ),
    route(
      {
        ...{ method: 'put', path: '/tenants/:id', permission: 'organization.edit' },
        scope: ({ params }) => places.ofOrganization(readParameters(parameters, params).id),
        missing: missingOrganization,
        input: { body: changedTenantBody },
      },
      async (request, response, asking) => {
        const { id } = readParameters(parameters, request.params);
        const wanted = readBody(changedTenantBody, request);
        const changed = await tenants.change(id, wanted, authorOf(asking, clock));
        response.json({ version: versionOf(changed, missingOrganization.code) });
      },
    ),
    route(
      { method: 'get', path: '/operator-alerts', permission: 'service.see', scope: 'service' },
      async (_request, response) => {
        response.json(await alerts.open());
      },
    ),
    route(
      {
        ...{ method: 'post', path: '/operator-alerts/:id/acknowledge' },
        ...{ permission: 'service.edit', scope: 'service' },
      },
      async (request, response, asking) => {
        const { id } = readParameters(parameters, request.params);
        if (!(await alerts.acknowledge(id, authorOf(asking, clock))))
          throw new ApiError(404, 'noSuchAlert', 'There is no such open alert.');
        response.json(await alerts.open());
      },
    ),
  ];
}
