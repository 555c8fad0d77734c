import assert from 'node:assert/strict';
import { AriCall, type ChannelOrders } from '../../src/asterisk/ari/ari-call.js';

const at = (ms: number): Date => new Date(ms);
const key = (digit: string, ms: number) => ({ type: 'key', channelId: 'c', digit, at: at(ms) }) as const;

function call(play: ChannelOrders['play'] = () => Promise.resolve()) {
  const stopped: string[] = [];
  const orders: ChannelOrders = {
    play,
    stopPlaying: (id) => (stopped.push(id), Promise.resolve()),
    hangUp: () => Promise.resolve(),
  };
  return { call: new AriCall('a', 'c', orders), stopped };
}

describe('a call over ARI', () => {
  it('takes a key that came before the question', async () => {
    const { call: one } = call();
    one.tell(key('1', 0));
    assert.deepEqual(await one.ask(['ask'], { withinSeconds: 1 }), { kind: 'key', digit: '1', at: at(0) });
  });

  it('takes the same key within 300 ms for one press, and another key not', async () => {
    const { call: one } = call();
    for (const press of [key('1', 0), key('1', 200), key('2', 250), key('2', 560)]) one.tell(press);
    const digits: string[] = [];
    for (let n = 0; n < 4; n++) {
      const heard = await one.ask([], { withinSeconds: 0 });
      digits.push(heard.kind === 'key' ? heard.digit : heard.kind);
    }
    assert.deepEqual(digits, ['1', '2', '2', 'silence']);
  });

  it('cuts off what an earlier process left playing, and never asks under a number used before', async () => {
    const played: string[] = [];
    const { call: one, stopped } = call((_channel, id) => (played.push(id), Promise.resolve()));
    const early = one.ask(['opening'], { withinSeconds: 1 });
    one.tell(key('1', 0));
    await early;
    one.silence();
    const again = one.ask(['ask'], { withinSeconds: 1 });
    one.tell(key('2', 1000));
    await again;
    assert.ok(stopped.includes('c-1') && stopped.includes('c-20'));
    assert.equal(new Set(played).size, 2);
  });

  it('stops the sound at a key that means something', async () => {
    const { call: one, stopped } = call();
    const heard = one.ask(['ask'], { withinSeconds: 1, ignoring: '*' });
    one.tell(key('*', 0));
    one.tell(key('3', 1000));
    assert.deepEqual(await heard, { kind: 'key', digit: '3', at: at(1000) });
    assert.equal(stopped.length, 1);
  });

  it('ends a wait with the call, and every later one', async () => {
    const { call: one } = call();
    one.tell({ type: 'answered', channelId: 'c', at: at(0) });
    const heard = one.ask(['ask'], { withinSeconds: 1 });
    one.tell({ type: 'ended', channelId: 'c', cause: 16, sipStatus: undefined, at: at(9) });
    assert.deepEqual(await heard, { kind: 'hungUp' });
    assert.deepEqual(await one.ask(['ask'], { withinSeconds: 1 }), { kind: 'hungUp' });
    const end = await one.ended;
    assert.ok(end.kind === 'ended');
    assert.deepEqual([end.reason, end.hungUpBy, end.started], ['normal', 'them', true]);
  });

  it('says that it cannot know the end when the link is lost', async () => {
    const { call: one } = call();
    const heard = one.ask(['ask'], { withinSeconds: 1 });
    one.tell({ type: 'linkLost' });
    assert.deepEqual(await heard, { kind: 'linkLost' });
    assert.deepEqual([await one.answered, await one.ended], ['over', { kind: 'unknown' }]);
  });

  it('goes on listening when a sound is refused', async () => {
    const { call: one } = call(() => Promise.reject(new Error('refused')));
    assert.deepEqual(await one.ask(['ask'], { withinSeconds: 0 }), { kind: 'silence' });
  });

  it('is our fault when it was refused before it started', async () => {
    const { call: one } = call();
    one.refuse(at(5));
    const end = await one.ended;
    assert.ok(end.kind === 'ended');
    assert.deepEqual([end.reason, end.started], ['networkFault', false]);
  });
});
