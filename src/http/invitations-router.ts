import type { InvitationStore } from '../users/invitation-store.js';
import type { StationStore } from '../organizations/station-store.js';
import { mayDo } from '../users/permissions.js';
import { readIds } from './organization-scope.js';
import { route, type Route } from './route.js';
import { tenantRoutes, type TenantSource } from './tenant-routes.js';

export interface InvitationsSource extends TenantSource {
  invitationStates: InvitationStore;
  stations: StationStore;
  hasMailServer: boolean;
}

/** What has become of invitations, and what one needs to invite. */
export function invitationsRoutes(source: InvitationsSource): Route[] {
  const { invitationStates, stations, hasMailServer } = source;
  const { at } = tenantRoutes(source);
  return [
    route(
      { method: 'get', path: '/invitations', permission: 'user.see', scope: 'narrowed' },
      async (_request, response, { actor }) => {
        const all = await invitationStates.waiting(actor.organizationId);
        response.json({
          hasMailServer,
          waiting: all.filter(({ organizationId }) => mayDo(actor, 'user.see', { organizationId })),
        });
      },
    ),
    at('get', '/places', 'user.see', async ({ params }, response) => {
      const { organizationId } = readIds(params);
      response.json({
        stations: (await stations.of(organizationId)).map(({ id, name }) => ({ id, name })),
        counsellors: await invitationStates.counsellors(organizationId),
      });
    }),
  ];
}
