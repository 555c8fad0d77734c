import assert from 'node:assert/strict';
import type { Database } from '../../src/storage/database.js';
import { hashToken, newToken } from '../../src/users/secrets.js';
import { LinkStore } from '../../src/users/link-store.js';
import { LoginFailureStore } from '../../src/users/login-failure-store.js';
import { PlaceStore } from '../../src/users/place-store.js';
import { onBothDatabases } from '../support/both-databases.js';
import { seedCheckin, seedStation, seedSubscriber } from '../support/builders.js';
import { codec, goodPassword, openLogins, type Logins } from '../support/logins.js';

const mail = 'hanako@city.example.jp';
const from = { address: '192.0.2.1', device: 'a browser' };

describe('users', () => {
  onBothDatabases((open) => {
    let database: Database;
    let logins: Logins;
    let place: { organizationId: number; stationId: number };

    beforeEach(async () => {
      database = await open();
      logins = await openLogins({ given: database });
      place = await seedStation(database, codec);
    });
    afterEach(() => logins.close());

    const join = () =>
      logins.join({
        organizationId: place.organizationId,
        role: 'station',
        stationIds: [place.stationId, place.stationId],
        mail,
      });

    it('are kept with their stations, and found by mail', async () => {
      const id = await join();
      const found = await logins.users.users.findByMail(' HANAKO@city.example.jp');
      assert.deepEqual([found?.id, found?.stationIds, found?.state], [id, [place.stationId], 'active']);
      assert.match(found?.passwordHash ?? '', /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
      assert.deepEqual(await logins.users.users.list(place.organizationId + 1), []);
    });

    it('have one account for a mail, whoever invites first', async () => {
      const invite = () =>
        logins.users.invitations.invite(
          { organizationId: place.organizationId, role: 'auditor', name: 'A', mail },
          undefined,
        );
      const answers = await Promise.all([invite(), invite(), invite()]);
      assert.deepEqual(answers.map(({ kind }) => kind).sort(), ['invited', 'mailTaken', 'mailTaken']);
    });

    it('are invited with a mail in the same transaction, or not at all', async () => {
      await database.schema.renameTable('mails', 'mails_away');
      const invited = logins.users.invitations.invite(
        { organizationId: place.organizationId, role: 'auditor', name: 'A', mail },
        undefined,
      );
      await assert.rejects(invited);
      await database.schema.renameTable('mails_away', 'mails');
      assert.equal(await logins.users.users.findByMail(mail), undefined);
    });

    it('come in, and are logged by id', async () => {
      const id = await join();
      assert.equal((await logins.users.signIn.withPassword(mail, goodPassword, from)).kind, 'in');
      assert.equal((await logins.users.signIn.withPassword(mail, 'wrong', from)).kind, 'wrong');
      assert.equal((await logins.users.signIn.withPassword('who@b.jp', 'wrong', from)).kind, 'wrong');
      const entries = await logins.users.accessLog.list(undefined, 3);
      assert.deepEqual(
        entries.map(({ userId, what }) => [userId, what]),
        [
          [undefined, 'loginRefused'],
          [id, 'loginRefused'],
          [id, 'login'],
        ],
      );
      assert.deepEqual((await logins.users.accessLog.list(place.organizationId, 1))[0]?.userId, id);
      const [older] = await logins.users.accessLog.list(undefined, 1, entries[1]?.id);
      assert.equal(older?.what, 'login');
    });

    it('have one of two who use a link at one time come through', async () => {
      const id = await join();
      const links = new LinkStore(database);
      const token = newToken();
      const now = logins.clock.read();
      const expiresAt = new Date(now.getTime() + 1000);
      await database.transaction((trx) =>
        links.add(trx, { userId: id, kind: 'login', tokenHash: hashToken(token), expiresAt }, now),
      );
      const use = () => database.transaction((trx) => links.use(trx, hashToken(token), 'login', now));
      assert.deepEqual((await Promise.all([use(), use(), use()])).filter(Boolean), [true]);
    });

    it('have one of two with the same code come through', async () => {
      const id = await join();
      const { recoveryCodes } = await logins.giveTotp(id);
      const { factors } = logins.users;
      const steps = await Promise.all([factors.takeStep(id, 2e9), factors.takeStep(id, 2e9)]);
      assert.deepEqual(steps.filter(Boolean), [true]);
      const [code = ''] = recoveryCodes;
      const half = await logins.users.sessions.begin(id, 'totp', '');
      const signedIn = await logins.users.sessions.find(half.token);
      assert.ok(signedIn);
      const take = () => logins.users.signIn.withCode(signedIn, code, from);
      assert.deepEqual((await Promise.all([take(), take()])).map(({ kind }) => kind).sort(), ['in', 'wrong']);
      assert.equal(await factors.recoveryCodesLeft(id), 9);
      const stored = JSON.stringify(await database('recovery_codes').select('*'));
      assert.ok(!stored.includes(code));
    });

    it('are shut out when many guess at one time, as by one after another', async () => {
      const failures = new LoginFailureStore({ database, codec });
      const now = logins.clock.read();
      const tries = await Promise.all(Array.from({ length: 12 }, () => failures.countTry(mail, now)));
      assert.equal(tries.filter(({ kind }) => kind === 'counted').length, 5);
      assert.equal((await failures.lockedUntil(mail, now))?.getTime(), now.getTime() + 30_000);
      logins.clock.goOn(30);
      const next = await failures.countTry(mail, logins.clock.read());
      assert.deepEqual(next, { kind: 'counted', failures: 6 });
      await failures.clear(mail);
      assert.equal(await failures.lockedUntil(mail, logins.clock.read()), undefined);
    });

    it('are forgiven a slip after an hour', async () => {
      const failures = new LoginFailureStore({ database, codec });
      await failures.countTry(mail, logins.clock.read());
      logins.clock.goOn(3601);
      await logins.users.sessions.tidy();
      assert.deepEqual(await database('login_failures').select('*'), []);
    });

    it('lose their sessions by rest, by the clock and when another process shuts the account, and sockets are told', async () => {
      const id = await join();
      const { sessions } = logins.users;
      const ended: number[] = [];
      sessions.onEnded(({ sessionId }) => ended.push(sessionId));
      const one = await sessions.begin(id, 'full', '');
      const two = await sessions.begin(id, 'full', '');
      sessions.watch(one.sessionId);
      const second = sessions.watch(two.sessionId);
      await sessions.lookAtWatched();
      assert.deepEqual(ended, []);
      second.stop();
      await open.another()('users').where({ id }).update({ state: 'disabled' });
      await sessions.lookAtWatched();
      assert.deepEqual(ended, [one.sessionId]);
      await sessions.lookAtWatched();
      assert.deepEqual(ended, [one.sessionId]);
      logins.clock.goOn(3600);
      await sessions.tidy();
      assert.deepEqual(await database('user_sessions').select('*'), []);
    });

    it('do not rest at a board that they look at, but come to the end of their hours', async () => {
      const id = await join();
      const { sessions } = logins.users;
      const ended: number[] = [];
      sessions.onEnded(({ sessionId }) => ended.push(sessionId));
      const [seen, hidden, over] = [
        await sessions.begin(id, 'full', ''),
        await sessions.begin(id, 'full', ''),
        await sessions.begin(id, 'full', ''),
      ];
      sessions.watch(seen.sessionId).keepAlive(true);
      const left = sessions.watch(hidden.sessionId);
      left.keepAlive(true);
      left.keepAlive(false);
      // Half an hour at a time: the sockets are looked at far more often than that.
      for (let halfHours = 0; halfHours < 4; halfHours++) {
        logins.clock.goOn(1800);
        await sessions.lookAtWatched();
        await sessions.tidy();
      }
      assert.deepEqual(ended, [hidden.sessionId]);
      assert.ok(await sessions.find(seen.token));
      // Whose rest was too long already is not called back by looking.
      const late = sessions.watch(over.sessionId);
      late.keepAlive(true);
      await sessions.lookAtWatched();
      assert.deepEqual(ended, [hidden.sessionId, over.sessionId]);
      for (let halfHours = 4; halfHours < 24; halfHours++) {
        logins.clock.goOn(1800);
        await sessions.lookAtWatched();
      }
      assert.deepEqual(ended, [hidden.sessionId, over.sessionId, seen.sessionId]);
    });

    it('find whose a thing is', async () => {
      const id = await join();
      const places = new PlaceStore(database);
      const subscriber = await seedSubscriber(database, codec, place);
      const checkin = await seedCheckin(database, subscriber, '2026-11-24');
      assert.deepEqual(await places.ofStation(place.stationId), place);
      assert.deepEqual(await places.ofCheckin(checkin), place);
      assert.deepEqual(await places.ofSubscriber(subscriber.subscriberId), place);
      assert.deepEqual(await places.ofUser(id), { organizationId: place.organizationId });
      assert.equal(await places.ofCounsellor(1), undefined);
      assert.equal(await places.ofStation(9999), undefined);
    });
  });
});
