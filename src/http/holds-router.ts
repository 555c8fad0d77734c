import { z } from 'zod';
import type { Clock } from '../clock.js';
import { calledChoices, type HoldRelease } from '../checkins/hold-release.js';
import type { DiallingHold } from '../checkins/dialling-hold.js';
import type { Hold, HoldStore } from '../checkins/hold-store.js';
import type { ClockSkew } from '../checkins/clock-skew.js';
import { mayDo } from '../users/permissions.js';
import { ApiError } from './api-error.js';
import { authorOf } from './changes.js';
import { idParameter, readBody, readParameters } from './parameters.js';
import { route, type Route } from './route.js';

export interface HoldsSource {
  hold: DiallingHold;
  holds: HoldStore;
  release: HoldRelease;
  /** Compares the clocks now. */
  clocks: () => Promise<ClockSkew>;
  /** Beyond which clocks are too far apart. */
  mostSkewMs: number;
  /** Writes down who did what. */
  note: (
    holdId: number,
    what: 'hold.open' | 'hold.release',
    by: { userId: number; address: string; at: Date },
    fields: readonly { field: string; to: string | number }[],
  ) => Promise<void>;
  clock: Clock;
}

const parameters = z.object({ id: idParameter });
const openBody = z.object({ detail: z.string().trim().max(200).default('') });
const releaseBody = z.object({ called: z.enum(calledChoices).default('alert') });

const service = { organizationId: undefined };
const missing = () => new ApiError(404, 'noSuchHold', 'There is no such open hold.');

/** Times in which no check-in call starts: everybody may know of them, the operator alone may change them. */
export function holdsRoutes({ hold, holds, release, clocks, mostSkewMs, note, clock }: HoldsSource): Route[] {
  const edit = { permission: 'hold.edit', scope: 'service' } as const;
  const find = async (id: number): Promise<Hold> => {
    const found = (await holds.findOpen()).find((one) => one.id === id);
    if (!found) throw missing();
    return found;
  };
  return [
    route({ method: 'get', path: '/holds', permission: 'known' }, async (_request, response, { actor }) => {
      const all = mayDo(actor, 'hold.edit', service);
      response.json(
        (await holds.findOpen()).map(({ id, reason, detail, unknownSince, openedAt }) => ({
          id,
          reason,
          openedAt,
          ...(all && { detail, unknownSince }),
        })),
      );
    }),
    route({ method: 'get', path: '/holds/:id/facts', ...edit }, async (request, response) => {
      const facts = await release.look(await find(readParameters(parameters, request.params).id));
      const { checkins, settledCalls, unknownCalls, since, recordIsWhole, unsettled } = facts;
      response.json({
        since,
        recordIsWhole,
        unsettled,
        called: checkins.length,
        answered: checkins.filter(({ answered }) => answered).length,
        settledCalls,
        unknownCalls,
      });
    }),
    route(
      { method: 'post', path: '/holds', ...edit, input: { body: openBody } },
      async (request, response, asking) => {
        const by = authorOf(asking, clock);
        const opened = await hold.hold('operator', readBody(openBody, request).detail);
        const open = await holds.findOpen();
        const own = open.find(({ reason }) => reason === 'operator');
        if (opened && own) await note(own.id, 'hold.open', by, []);
        response.status(opened ? 201 : 200).json(open);
      },
    ),
    route(
      { method: 'post', path: '/holds/:id/release', ...edit, input: { body: releaseBody } },
      async (request, response, asking) => {
        const { id } = readParameters(parameters, request.params);
        const { called } = readBody(releaseBody, request);
        const by = authorOf(asking, clock);
        const { reason } = await find(id);
        if (reason === 'clockSkew' && (await clocks()).worstMs > mostSkewMs)
          throw new ApiError(409, 'clocksApart', 'The clocks still disagree.');
        const released = await release.release(id, called, by.userId);
        if (released.kind === 'noSuchHold') throw missing();
        if (released.kind === 'unsettled')
          throw new ApiError(409, 'callsUnsettled', 'The end of earlier calls is not known yet.');
        await note(id, 'hold.release', by, [
          { field: 'called', to: called },
          { field: 'told', to: released.told },
        ]);
        await hold.look();
        response.json({ told: released.told, holds: await holds.findOpen() });
      },
    ),
  ];
}
