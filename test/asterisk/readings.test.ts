import assert from 'node:assert/strict';
import { readAriEvent } from '../../src/asterisk/ari/ari-event.js';
import { readCallRecords } from '../../src/asterisk/cel/cel-lines.js';
import { fillTemplate } from '../../src/asterisk/config/template.js';
import { hangupReason } from '../../src/asterisk/hangup-cause.js';

describe('why a call ended', () => {
  for (const [cause, sipStatus, rang, reason] of [
    [17, 486, true, 'busy'],
    [1, 404, false, 'numberInvalid'],
    [19, undefined, true, 'noAnswer'],
    [0, 480, true, 'noAnswer'],
    [19, 480, false, 'networkFault'],
    [19, undefined, false, 'networkFault'],
    [21, 603, true, 'rejected'],
    [21, 403, false, 'networkFault'],
    [21, 403, true, 'rejected'],
    [34, 503, false, 'networkFault'],
    [38, undefined, false, 'networkFault'],
    [0, undefined, true, 'networkFault'],
  ] as const) {
    it(`is ${reason} for cause ${cause}, SIP ${sipStatus ?? 'nothing'}, ${rang ? 'ringing' : 'no ring'}`, () => {
      assert.equal(hangupReason({ cause, sipStatus, rang }), reason);
    });
  }
});

describe('an event of Asterisk', () => {
  const timestamp = '2026-11-23T09:00:00.000+0900';
  const [channel, at] = [{ id: 'c', state: 'Ringing' }, new Date('2026-11-23T00:00:00Z')];
  const playback = { id: 'p', target_uri: 'channel:c', state: 'failed' };
  for (const [raw, event] of [
    [{ type: 'StasisStart' }, { type: 'answered' }],
    [{ type: 'ChannelStateChange' }, { type: 'ringing' }],
    [
      { type: 'ChannelDtmfReceived', digit: '1' },
      { type: 'key', digit: '1' },
    ],
    [
      { type: 'ChannelTalkingFinished', duration: 1500 },
      { type: 'talking', seconds: 1.5 },
    ],
    [
      { type: 'ChannelDestroyed', cause: 17, tech_cause: 486 },
      { type: 'ended', cause: 17, sipStatus: 486 },
    ],
    [
      { type: 'PlaybackFinished', playback },
      { type: 'played', playbackId: 'p', failed: true },
    ],
    [{ type: 'Dial', peer: channel, dialstatus: 'PROGRESS', channel: undefined }, { type: 'ringing' }],
    [{ type: 'Dial', peer: channel, dialstatus: '', channel: undefined }, undefined],
    [{ type: 'ChannelVarset' }, undefined],
    [{ type: 'StasisStart', timestamp: 'never' }, undefined],
  ] as const) {
    it(`${JSON.stringify(raw)} is read as ${event?.type ?? 'nothing'}`, () => {
      const read = readAriEvent(JSON.stringify({ timestamp, channel, ...raw }));
      assert.deepEqual(read, event && { channelId: 'c', at, ...event });
    });
  }
});

describe('the exchange’s own record', () => {
  const line = (type: string, time: number, id = 'checkin-a', extra = '') =>
    `"${type}","${time}","${id}","${extra.replaceAll('"', '""')}"\n`;

  it('tells start, answer and end of the wanted calls', () => {
    const text =
      line('CHAN_START', 10) +
      line('CHAN_START', 11, 'other-b') +
      line('ANSWER', 20) +
      line('HANGUP', 30, 'checkin-a', '{"hangupcause":16}') +
      line('CHAN_START', 40, 'checkin-unwanted');
    const records = readCallRecords(text, new Set(['a', 'missing']));
    const [startedAt, answeredAt, end] = [new Date(10_000), new Date(20_000), new Date(30_000)];
    assert.deepEqual(
      [...records],
      [
        [
          'a',
          {
            attemptId: 'a',
            mark: undefined,
            startedAt,
            answeredAt,
            end: { at: end, reason: 'normal', cause: 16 },
          },
        ],
      ],
    );
  });

  it('tells of every call with its mark when none is named', () => {
    const marked = (type: string, time: number, mark: string) =>
      `"${type}","${time}","checkin-a","","${mark}"\n`;
    const text =
      marked('CHAN_START', 10, '') + marked('HANGUP', 20, 'm') + line('CHAN_START', 30, 'checkin-b');
    const records = [...readCallRecords(text, undefined).values()];
    assert.deepEqual(
      records.map(({ attemptId, mark }) => [attemptId, mark]),
      [
        ['a', 'm'],
        ['b', undefined],
      ],
    );
  });

  it('leaves a half-written line for the next time', () => {
    const text = line('CHAN_START', 10) + line('HANGUP', 30).slice(0, -4);
    assert.equal(readCallRecords(text, new Set(['a'])).get('a')?.end, undefined);
  });
});

describe('a configuration template', () => {
  it('is filled, and refuses what is missing or would add a line', () => {
    assert.equal(fillTemplate('a={{one}};{{two}}', { one: 1, two: 'x' }), 'a=1;x');
    assert.throws(() => fillTemplate('{{one}}', {}), /no value for \{\{one\}\}/);
    for (const bad of ['a\nb', 'a\rb', 'a\0b']) assert.throws(() => fillTemplate('{{one}}', { one: bad }));
  });
});
