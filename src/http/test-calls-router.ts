import { z } from 'zod';
import { isWithinCallingHours } from '../checkins/calling-hours.js';
import type { CallScript } from '../checkins/call-script.js';
import type { Organization } from '../organizations/organization-store.js';
import type { RecordStore } from '../subscribers/record-store.js';
import type { PersonTestCalls } from '../test-calls/person-test-calls.js';
import type { TestCallStore } from '../test-calls/test-call-store.js';
import { whole } from '../consultations/field-kinds.js';
import { ApiError } from './api-error.js';
import { readBody } from './bounded-json.js';
import { idParameter, readParameters } from './parameters.js';
import type { Route } from './route.js';
import { noSuchSubscriber, peopleRoutesOf, subscriberId, type PeopleSource } from './subscriber-scopes.js';

export interface TestCallsSource extends PeopleSource {
  testCalls: PersonTestCalls;
  callStates: Pick<TestCallStore, 'isCalling'>;
  records: Pick<RecordStore, 'find'>;
  /** What is said: as in a check-in of this person. */
  scriptFor: (
    person: { promptLanguage: string; speechRate: string; stationId: number },
    organization: Organization,
  ) => Promise<CallScript>;
}

const order = z.strictObject({
  phonePosition: whole(1, 3),
  /** Yes, also now, outside the calling hours. */
  outsideHours: z.boolean().optional(),
});
const callIds = z.object({ id: idParameter, callId: z.string().max(64) });

/** Test calls to a person's telephone, and how they go. */
export function testCallsRoutes(source: TestCallsSource): Route[] {
  const { testCalls, callStates, records, scriptFor, organizations, clock } = source;
  const { atPerson, look } = peopleRoutesOf(source);
  return [
    atPerson('post', '/test-call', 'subscriber.edit', async (request, response, asking) => {
      const id = subscriberId(request);
      const { phonePosition, outsideHours } = readBody(order, request.body, {});
      await look(asking, id, 'subscriber.edit');
      const record = await records.find(id, clock());
      const organization = organizations().get(record?.organizationId ?? 0);
      if (!record || !organization) throw noSuchSubscriber();
      const { person, stationId } = record;
      const phone = person.phones[phonePosition - 1];
      if (!phone) throw new ApiError(404, 'noSuchNumber', 'This person has no such number.');
      const { callingHours } = organization.policies[person.policyPreset];
      if (!isWithinCallingHours(clock(), callingHours, organization.timeZone) && outsideHours !== true)
        throw new ApiError(409, 'outsideCallingHours', 'Nobody is called at this hour; confirm it.');
      if (await callStates.isCalling(id))
        throw new ApiError(409, 'beingCalled', 'A check-in call to this person goes on.');
      const { promptLanguage, speechRate, ringSeconds } = person;
      const script = await scriptFor({ promptLanguage, speechRate, stationId }, organization);
      const userId = asking.signedIn?.user.id;
      const to = { subscriberId: id, phonePosition, number: phone.number, ringSeconds };
      const call = await testCalls.begin({ ...to, script, userId });
      if (call === 'noLine') throw new ApiError(503, 'noLine', 'The telephone exchange does not answer.');
      response.status(202).json(call);
    }),
    atPerson('get', '/test-call/:callId', 'subscriber.edit', (request, response) => {
      const { id, callId } = readParameters(callIds, request.params);
      const call = testCalls.find(id, callId);
      if (!call) throw new ApiError(404, 'noSuchCall', 'There is no such call.');
      response.json(call);
    }),
  ];
}
