import { createHash } from 'node:crypto';
import { z } from 'zod';
import { personFields, personFormLabels } from '../subscribers/person-form.js';
import type { PersonPatch } from '../subscribers/person-changes.js';
import type { ChangeKind } from '../subscribers/person-changes.js';
import { contactsForm } from '../subscribers/contact.js';
import type { PauseStore } from '../subscribers/pause-store.js';
import type { Changed, RecordChangeStore } from '../subscribers/record-change-store.js';
import type { RecordStore } from '../subscribers/record-store.js';
import type { SubscriberStore } from '../subscribers/subscriber-store.js';
import { readFields } from '../consultations/read-fields.js';
import { date, line, whole } from '../consultations/field-kinds.js';
import { mayDo } from '../users/permissions.js';
import { ApiError } from './api-error.js';
import { badFields, readBody } from './bounded-json.js';
import { idParameter, readParameters } from './parameters.js';
import type { Asking, Route } from './route.js';
import {
  changingOf,
  noSuchStation,
  noSuchSubscriber,
  peopleRoutesOf,
  subscriberId,
  type PeopleSource,
} from './subscriber-scopes.js';

export interface SubscriberEditSource extends PeopleSource {
  subscribers: Pick<SubscriberStore, 'enrol'>;
  records: RecordStore;
  changes: RecordChangeStore;
  pauses: Pick<PauseStore, 'addTo' | 'end'>;
}

const version = whole(1, 2 ** 31 - 1);
const enrolment = z.object({
  stationId: whole(1, 2 ** 31 - 1),
  /** Made by the form when it is opened: the same form enrols once. */
  key: z.string({ error: '様式の番号です。' }).regex(/^[\w-]{8,64}$/, '様式の番号です。'),
  person: z.unknown(),
});
const pauseFields = z.strictObject({ fromOn: date(), untilOn: date(), reason: line(200).default('') });
const pauseIds = z.object({ id: idParameter, pauseId: idParameter });
const longestPauseDays = 400;

/** Enrolling people and changing their records. */
export function subscriberEditRoutes(source: SubscriberEditSource): Route[] {
  const { subscribers, records, changes, pauses, clock } = source;
  const { atPerson, forStation, todayAt, look } = peopleRoutesOf(source);

  /** What came of a change, as an answer. @throws ApiError when nothing was changed */
  async function settle(id: number, changed: Changed): Promise<object> {
    switch (changed.kind) {
      case 'changed':
        return { version: changed.version, changed: changed.fields.map(({ field }) => field) };
      case 'notFound':
        throw noSuchSubscriber();
      case 'memberNumberTaken':
        throw memberNumberTaken();
      case 'noSuchStation':
        throw noSuchStation();
      case 'changedMeanwhile':
        throw new ApiError(409, 'changedMeanwhile', 'Somebody else has changed this record.', {
          present: await changes.present(id),
        });
    }
  }

  async function change(
    id: number,
    { version: from, patch, kind }: { version: number; patch: PersonPatch; kind: ChangeKind },
    asking: Asking,
  ): Promise<object> {
    await look(asking, id, 'subscriber.edit');
    return settle(id, await changes.change(id, from, { patch, kind }, changingOf(asking, clock)));
  }

  const todayOf = async (id: number): Promise<string> => {
    const place = await source.places.ofSubscriber(id);
    return todayAt(place?.stationId ?? 0);
  };
  /** A part of a record: the version it was made from, and some of the fields. */
  const part = async (id: number, fields?: readonly string[]) => {
    const all = personFields(await todayOf(id)).partial();
    const picked = fields ? z.strictObject(pick(all.shape, fields)) : all;
    return z.strictObject({ version, person: picked });
  };

  return [
    forStation('post', '/check', 'subscriber.edit', async (request, response) => {
      const { stationId, person, except } = readBody(checked, request.body, personFormLabels);
      const place = await source.places.ofStation(stationId);
      const fields = personFields(await todayAt(stationId)).partial();
      const reading = readFields(fields, person, personFormLabels);
      const problems = reading.ok ? [] : reading.problems;
      const { memberNumber, phones = [], plan } = usable(fields, person, problems);
      const taken =
        memberNumber !== undefined && (await records.memberNumberTaken(stationId, memberNumber, except));
      const numbers = phones.map(({ number }) => number);
      const inUse = await records.numbersInUse(place?.organizationId ?? 0, numbers, except);
      response.json({
        problems: taken ? [...problems, memberTaken] : problems,
        /** As they will be stored. */
        numbers,
        sharedNumbers: numbers.filter((number) => inUse.has(number)),
        sameMinute: plan ? await records.calledAt(stationId, plan, except) : undefined,
      });
    }),
    forStation('post', '', 'subscriber.edit', async (request, response, asking) => {
      const { stationId, key, person } = readBody(enrolment, request.body, personFormLabels);
      const reading = readFields(personFields(await todayAt(stationId)), person, personFormLabels);
      if (!reading.ok) throw badFields(reading.problems);
      const given = Object.entries(reading.value).filter(([, value]) => value !== undefined);
      const whole = Object.fromEntries(given) as unknown as Parameters<SubscriberStore['enrol']>[1];
      const done = await subscribers.enrol(
        stationId,
        { ...whole, promptLanguage: 'ja' },
        // Of this user alone: nobody learns of another's enrolment by guessing its key.
        createHash('sha256').update(`${asking.signedIn?.user.id} ${key}`).digest('hex'),
        changingOf(asking, clock),
      );
      if (done.kind === 'memberNumberTaken') throw memberNumberTaken();
      await look(asking, done.subscriberId, 'subscriber.edit');
      response.status(done.kind === 'enrolled' ? 201 : 200).json({ id: done.subscriberId });
    }),
    atPerson('put', '', 'subscriber.edit', async (request, response, asking) => {
      const id = subscriberId(request);
      const { version: from, person } = readBody(await part(id), request.body, personFormLabels);
      response.json(await change(id, { version: from, patch: person, kind: 'edited' }, asking));
    }),
    atPerson('put', '/plans', 'subscriber.edit', async (request, response, asking) => {
      const id = subscriberId(request);
      const shape = await part(id, ['plan', 'policyPreset']);
      const { version: from, person } = readBody(shape, request.body, personFormLabels);
      response.json(await change(id, { version: from, patch: person, kind: 'edited' }, asking));
    }),
    atPerson('put', '/numbers', 'subscriber.edit', async (request, response, asking) => {
      const id = subscriberId(request);
      const { version: from, person } = readBody(await part(id, ['phones']), request.body, personFormLabels);
      response.json(await change(id, { version: from, patch: person, kind: 'edited' }, asking));
    }),
    atPerson('put', '/contacts', 'subscriber.edit', async (request, response, asking) => {
      const id = subscriberId(request);
      const { version: from, contacts } = readBody(contactsBody, request.body, personFormLabels);
      await look(asking, id, 'subscriber.edit');
      response.json(
        await settle(id, await changes.changeContacts(id, from, contacts, changingOf(asking, clock))),
      );
    }),
    atPerson('post', '/withdraw', 'subscriber.edit', async (request, response, asking) => {
      const id = subscriberId(request);
      const { version: from, withdrawnOn = await todayOf(id) } = readBody(
        withdrawal,
        request.body,
        personFormLabels,
      );
      const present = await changes.present(id);
      if (present && withdrawnOn < present.person.enrolledOn)
        throw problem('withdrawnOn', '加入日より前です。');
      response.json(await change(id, { version: from, patch: { withdrawnOn }, kind: 'withdrawn' }, asking));
    }),
    atPerson('post', '/return', 'subscriber.edit', async (request, response, asking) => {
      const { version: from } = readBody(z.strictObject({ version }), request.body, personFormLabels);
      const patch = { withdrawnOn: undefined };
      response.json(await change(subscriberId(request), { version: from, patch, kind: 'returned' }, asking));
    }),
    atPerson('post', '/move', 'subscriber.edit', async (request, response, asking) => {
      const id = subscriberId(request);
      const { version: from, ...wanted } = readBody(moveBody, request.body, { reason: '移す理由' });
      const [present, to] = [
        await source.places.ofSubscriber(id),
        await source.places.ofStation(wanted.stationId),
      ];
      if (!to || to.organizationId !== present?.organizationId) throw noSuchStation();
      // Whoever hands somebody over must answer for both ends.
      if (!mayDo(asking.actor, 'subscriber.edit', to, asking.reason))
        throw new ApiError(403, 'stationNotYours', 'You may not hand people over to this station.');
      await look({ ...asking, reason: wanted.reason }, id, 'subscriber.edit');
      response.json(await settle(id, await changes.move(id, from, wanted, changingOf(asking, clock))));
    }),
    atPerson('post', '/pauses', 'subscriber.edit', async (request, response, asking) => {
      const id = subscriberId(request);
      const pause = readBody(pauseFields, request.body, personFormLabels);
      if (pause.untilOn < pause.fromOn) throw problem('untilOn', '始まりの日より前です。');
      if (pause.untilOn < (await todayOf(id))) throw problem('untilOn', 'もう過ぎた日です。');
      const days = (Date.parse(pause.untilOn) - Date.parse(pause.fromOn)) / 86_400_000;
      if (days > longestPauseDays) throw problem('untilOn', 'お休みは、長くても1年ほどにしてください。');
      await look(asking, id, 'subscriber.edit');
      response.status(201).json({ id: await pauses.addTo(id, pause, changingOf(asking, clock)) });
    }),
    atPerson('delete', '/pauses/:pauseId', 'subscriber.edit', async (request, response, asking) => {
      const { id, pauseId } = readParameters(pauseIds, request.params);
      await look(asking, id, 'subscriber.edit');
      const ended = await pauses.end(id, pauseId, await todayOf(id), changingOf(asking, clock));
      if (!ended) throw new ApiError(404, 'noSuchPause', 'There is no such pause.');
      response.json(ended);
    }),
  ];
}

const checked = z.object({
  stationId: whole(1, 2 ** 31 - 1),
  person: z.unknown(),
  /** The person whose record is changed: their own numbers are theirs. */
  except: whole(1, 2 ** 31 - 1).optional(),
});
const moveBody = z.strictObject({
  version,
  stationId: whole(1, 2 ** 31 - 1),
  reason: line(200).refine((text) => text !== '', { error: '理由を書いてください。' }),
});
const contactsBody = z.strictObject({ version, contacts: contactsForm });
const withdrawal = z.strictObject({ version, withdrawnOn: date().optional() });
const memberTaken = {
  field: 'memberNumber',
  label: '会員番号',
  message: 'このステーションの別の方が使っています。',
};

function memberNumberTaken(): ApiError {
  return new ApiError(409, 'memberNumberTaken', memberTaken.message, { problems: [memberTaken] });
}

function problem(field: string, message: string): ApiError {
  return badFields([{ field, label: personFormLabels[field] ?? field, message }]);
}

function pick<Shape extends object>(shape: Shape, names: readonly string[]): Shape {
  return Object.fromEntries(Object.entries(shape).filter(([name]) => names.includes(name))) as Shape;
}

/** What can be read of a form whose other fields cannot. */
function usable(
  fields: ReturnType<ReturnType<typeof personFields>['partial']>,
  person: unknown,
  problems: readonly { field: string }[],
): z.output<typeof fields> {
  const bad = new Set(problems.map(({ field }) => field.split('.')[0]));
  const good = Object.entries(person ?? {}).filter(([name]) => !bad.has(name));
  const parsed = fields.safeParse(Object.fromEntries(good));
  return parsed.success ? parsed.data : {};
}
