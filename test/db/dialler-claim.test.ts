import assert from 'node:assert/strict';
import { AlertStore } from '../../src/alerts/alert-store.js';
import { AttemptStore } from '../../src/checkins/attempt-store.js';
import { presetPolicies, type CallPolicy } from '../../src/checkins/call-policy.js';
import { ClaimStore } from '../../src/checkins/claim-store.js';
import { Dialler } from '../../src/checkins/dialler.js';
import type { CallOrder, Phone } from '../../src/checkins/phone.js';
import { ResultKeeper } from '../../src/checkins/result-keeper.js';
import { createLog } from '../../src/log.js';
import type { Organization } from '../../src/organizations/organization-store.js';
import { until } from '../../src/testbed/until.js';
import { onBothDatabases } from '../support/both-databases.js';
import { seedCheckin, seedStation, seedSubscriber } from '../support/builders.js';
import { testCodec } from '../support/test-codec.js';

const now = new Date('2026-11-04T10:00:00+09:00');
const codec = testCodec('a lookup key of a test');
const log = createLog('silent');

/** Loses the exchange while it claims, as a process does that is frozen right then. */
class FrozenWhileClaiming extends ClaimStore {
  ownsExchange = true;
  override async claim(...claim: Parameters<ClaimStore['claim']>): ReturnType<ClaimStore['claim']> {
    const attempt = await super.claim(...claim);
    this.ownsExchange = false;
    return attempt;
  }
}

class SilentPhone implements Phone {
  readonly isUp = true;
  readonly placed: CallOrder[] = [];
  place(order: CallOrder): never {
    this.placed.push(order);
    throw new Error('nobody may be called');
  }
  takeUp(): never {
    throw new Error('no call lives');
  }
  liveCalls = () => Promise.resolve([]);
  hangUp = () => Promise.resolve();
}

describe('the dialler', () => {
  onBothDatabases((open) => {
    it('calls nobody when the exchange was lost during the claim: its new owner settles the attempt', async () => {
      const database = await open();
      const person = await seedSubscriber(database, codec, await seedStation(database, codec));
      await seedCheckin(database, person, '2026-11-04');
      const policy: CallPolicy = presetPolicies.sameDay;
      const organization: Organization = {
        id: person.organizationId,
        kind: 'municipality',
        name: '試験市',
        timeZone: 'Asia/Tokyo',
        weight: 1,
        spokenName: undefined,
        keyMap: new Map([['1', 'ok']]),
        policies: { matsudo: policy, sameDay: policy },
      };
      const claims = new FrozenWhileClaiming({ database, codec });
      const phone = new SilentPhone();
      const dialler = new Dialler({
        pbxId: 'pbx1',
        limits: { channelCap: 2, reservedForOthers: 0, startsPerSecond: 10 },
        phone,
        claims,
        alerts: new AlertStore(database),
        keeper: new ResultKeeper({ attempts: new AttemptStore({ database, codec }), log }),
        scriptFor: () => {
          throw new Error('nobody talks');
        },
        organizations: () => new Map([[organization.id, organization]]),
        mayDial: () => claims.ownsExchange,
        isHeld: () => false,
        exchangeIsStrained: () => false,
        clock: () => now,
        log,
        watch: () => undefined,
      });
      dialler.start();
      await until(() => !claims.ownsExchange, { what: 'the check-in is claimed' });
      dialler.stop();
      await dialler.finish();
      assert.deepEqual(phone.placed, []);
      const states = await database('attempts').select<{ state: string }[]>('state');
      assert.deepEqual(states, [{ state: 'calling' }]);
    });
  });
});
