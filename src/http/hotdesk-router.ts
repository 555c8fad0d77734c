import { z } from 'zod';
import type { CardSearchStore } from '../consultations/card-search-store.js';
import { flag, instant, id, line, whole } from '../consultations/field-kinds.js';
import type { DeskStore } from '../hotline/desk-store.js';
import { ownCounsellor, noSuchOrganization } from './acting.js';
import { readBody } from './bounded-json.js';
import { notHere, readIds } from './organization-scope.js';
import { readParameters } from './parameters.js';
import type { Route } from './route.js';
import { tenantRoutes, type TenantSource } from './tenant-routes.js';

export interface HotdeskSource extends TenantSource {
  desks: Pick<DeskStore, 'of'>;
  search: Pick<CardSearchStore, 'find' | 'ofCall'>;
}

const callParameters = z.object({ callId: z.string().regex(/^[\w.-]{1,48}$/, 'the id of a call') });
const searchFields = z.strictObject({
  text: line(100).default(''),
  mine: flag().default(false),
  state: z.enum(['draft', 'finished']).optional(),
  pressing: flag().default(false),
  after: z.strictObject({ receivedAt: instant(), id: id() }).optional(),
  limit: whole(1, 100).default(30),
});
const labels = { text: '探す言葉', mine: '自分の相談票', pressing: '急ぎ', after: '続き', limit: '件数' };

/** What the pages of counsellors and supervisors ask for besides. */
export function hotdeskRoutes(source: HotdeskSource): Route[] {
  const { desks, search } = source;
  const { at, look } = tenantRoutes(source, { 'post /cards/search': { body: searchFields } });
  return [
    at('get', '/desk', 'hotline.see', async (request, response, { actor }) => {
      const { organizationId } = readIds(request.params);
      const desk = await desks.of(organizationId, actor.counsellorId);
      if (!desk) throw noSuchOrganization();
      response.json(desk);
    }),
    // For a page that was not open, or not connected, when the call was answered.
    at('get', '/calls/:callId/card', 'card.see', async (request, response) => {
      const { organizationId } = readIds(request.params);
      const { callId } = readParameters(callParameters, request.params);
      const cardId = await search.ofCall(organizationId, callId);
      if (cardId === undefined) throw notHere('Card');
      response.json({ cardId });
    }),
    // A name or a number never stands in an address: addresses are logged.
    at('post', '/cards/search', 'card.see', async (request, response, asking) => {
      const { organizationId } = readIds(request.params);
      const { mine, ...wanted } = readBody(searchFields, request.body, labels);
      const receivedBy = mine ? ownCounsellor(asking) : undefined;
      await look(asking, 'organization', organizationId, organizationId);
      response.json(await search.find(organizationId, { ...wanted, receivedBy }));
    }),
  ];
}
