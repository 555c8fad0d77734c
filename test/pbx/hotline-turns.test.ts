import assert from 'node:assert/strict';
import { join } from 'node:path';
import { projectRoot } from '../../src/project-root.js';
import { until } from '../../src/testbed/until.js';
import { openHotlineStage, openHour, phoneHotline } from '../support/hotline-stage.js';
import type { Caller, HotlineStage } from '../support/hotline-stage.js';
import { townTimeoutMs } from '../support/pbx-town.js';

/** Line 1 asks for a key: 2 is line 2, 3 is a message. Line 3 has one counsellor who does not answer. */
const withMenu = '0120386117';
const lonely = '0473900203';

describe('a call to the hotline that takes a turn', function () {
  this.timeout(townTimeoutMs);

  let hotline: HotlineStage;
  before(async () => {
    hotline = await openHotlineStage();
    await hotline.setClock(openHour);
    await hotline.put('hotline-did', lonely, '3');
    for (const slot of ['1', '2', '3']) await hotline.shortGreeting(slot);
    await hotline.put('hotline-line/1', 'menu', join(projectRoot, 'sounds/silence-1'));
    await hotline.put('hotline-line/1/menu', '2', '2');
    await hotline.put('hotline-line/1/menu', '3', 'message');
    for (const extension of ['101', '102', '103']) await hotline.counsellor(extension, `0473909${extension}`);
    for (const slot of [1, 2, 3]) await hotline.logIn(`10${slot}`, slot);
  });
  after(() => hotline.close());

  /** Presses the keys one after the other, each when it is asked for. */
  async function rings(from: string, keys: string): Promise<Caller> {
    const caller = await phoneHotline(hotline.carrier, { from, to: withMenu });
    for (const key of keys) {
      const asked = async (): Promise<boolean> =>
        (await hotline.pbx.action({ action: 'CoreShowChannels' }, { list: true })).some(
          ({ calleridnum, context, application }) =>
            calleridnum === from && context === 'hotline-menu' && application === 'Read',
        );
      await until(asked, { what: 'the menu is heard', timeoutMs: 20_000, everyMs: 20 });
      await caller.press(key);
      await until(async () => !(await asked()), { what: 'the key is heard', timeoutMs: 8000, everyMs: 20 });
    }
    return caller;
  }

  async function queueOf(number: string): Promise<string> {
    return (await hotline.event(number, 'ENTERQUEUE')).queue;
  }

  it('waits for the line that was chosen', async () => {
    const caller = await rings('0473100001', '2');
    assert.equal(await queueOf('0473100001'), 'line-2');
    await caller.hangUp();
  });

  it('hears of a wrong key and may choose again', async () => {
    const caller = await rings('0473100002', '72');
    assert.equal(await queueOf('0473100002'), 'line-2');
    await caller.hangUp();
  });

  it('stays on its line when no key is pressed', async () => {
    const caller = await rings('0473100003', '');
    assert.equal(await queueOf('0473100003'), 'line-1');
    await caller.hangUp();
  });

  it('leaves a message when it wants to', async () => {
    const caller = await rings('0473100004', '3');
    const isAsked = async (): Promise<boolean> =>
      (await hotline.pbx.action({ action: 'CoreShowChannels' }, { list: true })).some(
        ({ context }) => context === 'hotline-message',
      );
    await until(isAsked, { what: 'a message is asked for' });
    await caller.hangUp();
    const story = await hotline.story('0473100004');
    assert.deepEqual(
      story.map(({ event }) => event),
      ['ARRIVED', 'LEFT'],
    );
  });

  it('does not wait for nobody: the last counsellor logs out', async () => {
    const caller = await phoneHotline(hotline.carrier, { from: '0473100005', to: lonely });
    await hotline.event('0473100005', 'ENTERQUEUE');
    await hotline.pbx.action({ action: 'QueueRemove', queue: 'line-3', interface: 'PJSIP/103' });
    await hotline.event('0473100005', 'EXITEMPTY');
    await caller.hangUp();
    assert.deepEqual((await hotline.story('0473100005')).at(-1)?.data[1], 'message');
  });

  it('says how long it will take, when that is known and fresh', async () => {
    const now = new Date(openHour).getTime() / 1000;
    for (const [from, age, isSaid] of [
      ['0473100006', 299, true],
      ['0473100007', 301, false],
    ] as const) {
      await hotline.put('hotline-line/1', 'wait', `7|${now - age}`);
      // Nobody is free: the counsellor is away from the queue for a while.
      await hotline.pbx.action({ action: 'QueuePause', interface: 'PJSIP/101', paused: 'true' });
      const caller = await rings(from, '');
      const said = new Set<string>();
      const entered = async (): Promise<boolean> => {
        const channels = await hotline.pbx.action({ action: 'CoreShowChannels' }, { list: true });
        for (const { applicationdata } of channels) said.add(String(applicationdata));
        return hotline.lines().some(({ event, data }) => event === 'ENTERQUEUE' && data[1] === from);
      };
      await until(entered, { what: 'the caller waits', timeoutMs: 60_000, everyMs: 100 });
      assert.equal(
        [...said].some((data) => data.endsWith('wait-minutes-7')),
        isSaid,
      );
      await caller.hangUp();
      await hotline.story(from);
    }
  });
});
