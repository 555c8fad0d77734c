import type { Looked, RecordLook } from '../users/looks.js';
import type { Permission } from '../users/permissions.js';
import type { PlaceStore } from '../users/place-store.js';
import { missingOrganization } from './acting.js';
import { boundedJson } from './bounded-json.js';
import { readIds } from './organization-scope.js';
import { route, type Asking, type Handler, type Route, type RouteInput, type RouteSpec } from './route.js';

/** What every route below an organization needs. */
export interface TenantSource {
  places: Pick<PlaceStore, 'ofOrganization' | 'extensionOf'>;
  recordLook: RecordLook;
}

/** What requests bring, by method and path, such as `post /cases`. */
export type TenantInputs = Readonly<Record<string, RouteInput>>;

export interface TenantRoutes {
  /** Declares a route below /organizations/:organizationId, whose all of it is. */
  at: (method: RouteSpec['method'], path: string, permission: Permission, handler: Handler) => Route;
  /** Notes a look at a record, before it is shown. */
  look: (
    asking: Asking,
    subject: Looked['subject'],
    subjectId: number,
    organizationId: number,
    what?: Permission,
  ) => Promise<void>;
}

export function tenantRoutes({ places, recordLook }: TenantSource, inputs: TenantInputs = {}): TenantRoutes {
  return {
    at: (method, path, permission, handler) =>
      route(
        {
          ...{ method, path: `/organizations/:organizationId${path}`, permission, body: boundedJson },
          scope: ({ params }) => places.ofOrganization(readIds(params).organizationId),
          missing: missingOrganization,
          input: inputs[`${method} ${path}`] ?? {},
        },
        handler,
      ),
    look: ({ signedIn, reason }, subject, subjectId, organizationId, what = 'card.see') =>
      recordLook(signedIn?.user.id, what, { subject, subjectId, organizationId }, reason),
  };
}
