import { z } from 'zod';
import type { Clock } from '../clock.js';
import type { TrunkTestCalls } from '../test-calls/trunk-test-calls.js';
import type { CallCause } from '../trunk/call-causes.js';
import { ApiError } from './api-error.js';
import { authorOf } from './changes.js';
import { readBody } from './parameters.js';
import { route, type Route } from './route.js';

/** The line's settings as this process has them; no password, no key. */
export interface LineSettings {
  pbxId: string;
  callerNumber: string;
  channelCap: number;
  reservedChannels: number;
  startsPerSecond: number;
  exchange: string;
}

export interface TrunkSource {
  settings: LineSettings;
  /** What the exchange tells of the line; undefined when it does not answer. */
  look: () => Promise<object | undefined>;
  causesOfToday: () => Promise<CallCause[]>;
  /** The doctor's findings, each with what to do. */
  examine: () => Promise<readonly object[]>;
  testCalls: TrunkTestCalls;
  clock: Clock;
}

const callBody = z.object({
  /** Of one press of the button. */
  key: z.uuid(),
  number: z.string().min(1).max(40),
  /** It is the operator's own, or its owner agrees. */
  confirmed: z.literal(true),
});

/** The line to the carrier: how it is set, whether it works, and trying it. */
export function trunkRoutes(source: TrunkSource): Route[] {
  const { settings, look, causesOfToday, examine, testCalls, clock } = source;
  const see = { permission: 'trunk.see', scope: 'service' } as const;
  const edit = { permission: 'trunk.edit', scope: 'service' } as const;
  return [
    route({ method: 'get', path: '/trunk', ...see }, async (_request, response) => {
      response.json({
        settings,
        trunk: await look(),
        causes: await causesOfToday(),
        testCalls: await testCalls.latest(),
      });
    }),
    route({ method: 'post', path: '/trunk/examination', ...edit }, async (_request, response) => {
      response.json({ findings: await examine(), at: clock() });
    }),
    route(
      { method: 'post', path: '/trunk/test-calls', ...edit, input: { body: callBody } },
      async (request, response, asking) => {
        const { key, number } = readBody(callBody, request);
        const answer = await testCalls.begin({ key, number }, authorOf(asking, clock));
        if (answer.kind === 'badNumber')
          throw new ApiError(422, 'notDialable', `This number cannot be called: ${answer.reason}.`);
        if (answer.kind === 'busy') throw new ApiError(409, 'testCallRuns', 'A test call goes on already.');
        response.status(202).json(await testCalls.latest());
      },
    ),
  ];
}
