import assert from 'node:assert/strict';
import { TimelineStore } from '../../src/checkins/timeline-store.js';
import { onBothDatabases } from '../support/both-databases.js';
import { seedAttempt, seedCheckin, seedStation, seedSubscriber } from '../support/builders.js';
import { testCodec } from '../support/test-codec.js';

const codec = testCodec();
const day = '2026-11-24';
const at = (time: string): number => Date.parse(`${day}T${time}+09:00`);

describe('the timeline of a check-in', () => {
  onBothDatabases((open) => {
    it('tells each step of the calls, the keys, the alert and the call back in order', async () => {
      const database = await open();
      const station = await seedStation(database, codec);
      const person = await seedSubscriber(database, codec, station);
      const { subscriberId } = person;
      const checkinId = await seedCheckin(database, person, day, {
        state: 'alerted',
        result: 'unwell',
        attempts: 2,
        settled_at: at('09:31:40'),
      });
      await seedAttempt(database, { checkinId, subscriberId }, at('09:00:00'), { id: 'first' });
      const talked = {
        id: 'second',
        answered_at: at('09:31:10'),
        ended_at: at('09:31:40'),
        outcome: 'unwell',
        cause: 16,
        hung_up_by: 'us',
        settled_by: 'call',
      } as const;
      await seedAttempt(database, { checkinId, subscriberId }, at('09:31:00'), talked, [
        { digit: '5', at: at('09:31:15') },
        { digit: '2', answer: 'unwell', at: at('09:31:20') },
      ]);
      await database('alerts').insert({
        check_in_id: checkinId,
        reason: 'unwell',
        state: 'closed',
        opened_at: at('09:31:40'),
        closed_at: at('11:00:00'),
      });
      for (const time of ['10:00:00', '23:59:59']) {
        await database('call_ins').insert({
          call_id: time,
          pbx_id: 'pbx1',
          subscriber_id: subscriberId,
          number: '',
          number_lookup: '',
          called_at: at(time),
          message_file: time === '10:00:00' ? 'a.wav' : null,
        });
      }

      const timeline = await new TimelineStore({ database }).of(checkinId);
      assert.deepEqual(
        timeline?.events.map((event) => [
          new Date(event.at.getTime() + 9 * 3_600_000).toISOString().slice(11, 19),
          event.kind,
          'attemptId' in event ? event.attemptId : undefined,
        ]),
        [
          ['09:00:00', 'due', undefined],
          ['09:00:00', 'callStarted', 'first'],
          ['09:00:02', 'ringing', 'first'],
          ['09:00:47', 'callEnded', 'first'],
          ['09:31:00', 'callStarted', 'second'],
          ['09:31:02', 'ringing', 'second'],
          ['09:31:10', 'answered', 'second'],
          ['09:31:15', 'key', 'second'],
          ['09:31:20', 'key', 'second'],
          ['09:31:40', 'callEnded', 'second'],
          ['09:31:40', 'settled', undefined],
          ['09:31:40', 'alertOpened', undefined],
          ['10:00:00', 'phonedBack', undefined],
          ['11:00:00', 'alertClosed', undefined],
          ['23:59:59', 'phonedBack', undefined],
        ],
      );
      assert.deepEqual(
        timeline.events.find(({ kind, at: when }) => kind === 'callEnded' && when.getTime() > at('09:30:00')),
        {
          kind: 'callEnded',
          at: new Date(at('09:31:40')),
          attemptId: 'second',
          started: true,
          outcome: 'unwell',
          hungUpBy: 'us',
          cause: 16,
          sipStatus: undefined,
          settledBy: 'call',
        },
      );
      const keys = timeline.events.flatMap((event) => (event.kind === 'key' ? [event.answer] : []));
      assert.deepEqual(keys, [undefined, 'unwell']);
    });

    it('ends with the next call while the check-in is due', async () => {
      const database = await open();
      const person = await seedSubscriber(database, codec, await seedStation(database, codec));
      const checkinId = await seedCheckin(database, person, day, { next_call_at: at('09:30:00') });
      const timeline = await new TimelineStore({ database }).of(checkinId);
      assert.deepEqual(timeline?.events.at(-1), { kind: 'nextCall', at: new Date(at('09:30:00')) });
    });

    it('is not there for a check-in that is not', async () => {
      assert.equal(await new TimelineStore({ database: await open() }).of(4711), undefined);
    });
  });
});
