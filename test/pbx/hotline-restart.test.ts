import assert from 'node:assert/strict';
import { until } from '../../src/testbed/until.js';
import { managerOf } from '../support/exchange.js';
import { openHotlineStage, openHour, phoneHotline } from '../support/hotline-stage.js';
import { townTimeoutMs } from '../support/pbx-town.js';

describe('an exchange that was cut off and starts again', function () {
  this.timeout(townTimeoutMs);

  it('still has its counsellors, their accounts and its lines', async () => {
    const hotline = await openHotlineStage();
    try {
      await hotline.counsellor('101', '0473920101');
      await hotline.logIn('101', 9);
      await hotline.put('hotline-did', '0473900209', '9');
      await hotline.shortGreeting('9');
      const { pbx } = hotline.stage;
      // AstDB writes once a second.
      const saved = performance.now() + 2000;
      await until(() => performance.now() > saved, { what: 'AstDB is on the disk' });
      hotline.pbx.stop();
      await pbx.kill();
      await pbx.restart();
      const manager = await managerOf(pbx);
      const value = String(new Date(openHour).getTime() / 1000);
      await manager.action({ action: 'Setvar', variable: 'HOTLINE_CLOCK', value });
      manager.stop();
      await phoneHotline(hotline.carrier, { from: '0473000001', to: '0473900209' });
      const story = await hotline.story('0473000001');
      assert.deepEqual(
        story.filter(({ event }) => event === 'ANSWERED').map(({ queue, agent }) => [queue, agent]),
        [['line-9', '101']],
      );
    } finally {
      await hotline.close();
    }
  });
});
