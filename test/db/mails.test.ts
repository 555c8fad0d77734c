import assert from 'node:assert/strict';
import { createLog } from '../../src/log.js';
import type { PostAnswer } from '../../src/mails/mail-post.js';
import { MailSender } from '../../src/mails/mail-sender.js';
import { MailStore } from '../../src/mails/mail-store.js';
import type { Database } from '../../src/storage/database.js';
import { onBothDatabases } from '../support/both-databases.js';
import { codec, HandClock } from '../support/logins.js';

describe('mails that wait', () => {
  onBothDatabases((open) => {
    let database: Database;
    let mails: MailStore;
    let clock: HandClock;
    let sent: string[];
    let logged: string[];

    beforeEach(async () => {
      database = await open();
      mails = new MailStore({ database, codec });
      [clock, sent, logged] = [new HandClock(), [], []];
    });

    /** A mail server that answers so, and then takes everything. */
    function sender(...answers: PostAnswer[]): MailSender {
      const post = {
        send: ({ recipient }: { recipient: string }) => {
          const answer = answers.shift() ?? ({ kind: 'sent' } as const);
          sent.push(`${recipient} ${answer.kind}`);
          return Promise.resolve(answer);
        },
        close: () => undefined,
      };
      const log = createLog('info', { write: (line) => logged.push(line) });
      return new MailSender({ mails, post, clock: clock.read, log });
    }
    const write = (recipient: string, hours = 24) =>
      database.transaction((trx) =>
        mails.write(
          trx,
          {
            recipient,
            subject: '件名',
            body: 'ひみつのリンク',
            expiresAt: new Date(clock.at + hours * 3_600_000),
          },
          clock.read(),
        ),
      );
    const rows = () =>
      database('mails')
        .orderBy('id')
        .select<{ state: string; body: string; tries: number; last_fault: string | null }[]>(
          'state',
          'body',
          'tries',
          'last_fault',
        );

    it('are sent once, and lose their words then', async () => {
      await write('a@b.jp');
      const one = sender();
      await one.runOnce();
      await one.runOnce();
      assert.deepEqual(sent, ['a@b.jp sent']);
      assert.deepEqual(await rows(), [{ state: 'sent', body: '', tries: 0, last_fault: null }]);
      assert.doesNotMatch(logged.join(), /a@b\.jp|ひみつ/);
    });

    it('are claimed by one of two processes', async () => {
      await write('a@b.jp');
      const other = new MailStore({ database: open.another(), codec });
      const claimed = await Promise.all([mails.claimDue(5, clock.read()), other.claimDue(5, clock.read())]);
      assert.equal(claimed.flat().length, 1);
      clock.goOn(121);
      // Who claimed it has died meanwhile.
      assert.equal((await mails.claimDue(5, clock.read())).length, 1);
    });

    it('leave a dead server alone for longer and longer, and go when it is back', async () => {
      await write('a@b.jp');
      await write('c@d.jp');
      const down = { kind: 'down', fault: 'ECONNECTION' } as const;
      const one = sender(down, down);
      await one.runOnce();
      await one.runOnce();
      assert.deepEqual(sent, ['a@b.jp down']);
      clock.goOn(60);
      await one.runOnce();
      assert.equal(sent.length, 2);
      clock.goOn(60);
      await one.runOnce();
      assert.equal(sent.length, 2);
      clock.goOn(60);
      await one.runOnce();
      assert.deepEqual(sent.slice(2).sort(), ['a@b.jp sent', 'c@d.jp sent']);
    });

    it('stop with an address that is refused, and go on with the next', async () => {
      await write('nobody@b.jp');
      await write('c@d.jp');
      await sender({ kind: 'refused', fault: 'EENVELOPE 550' }).runOnce();
      const [first, second] = await rows();
      assert.deepEqual(first, { state: 'refused', body: '', tries: 0, last_fault: 'EENVELOPE 550' });
      assert.equal(second?.state, 'sent');
    });

    it('try again later when the server says so', async () => {
      await write('a@b.jp');
      const one = sender({ kind: 'later', fault: '450' });
      await one.runOnce();
      clock.goOn(59);
      await one.runOnce();
      assert.equal(sent.length, 1);
      clock.goOn(1);
      await one.runOnce();
      assert.deepEqual(sent, ['a@b.jp later', 'a@b.jp sent']);
    });

    it('are dropped when they say nothing true any more', async () => {
      await write('a@b.jp', 1);
      clock.goOn(3600);
      await sender().runOnce();
      assert.deepEqual(sent, []);
      assert.deepEqual(await rows(), [{ state: 'expired', body: '', tries: 0, last_fault: null }]);
    });

    it('wait without a server, and the log says so once', async () => {
      await write('a@b.jp');
      const log = createLog('info', { write: (line) => logged.push(line) });
      const one = new MailSender({ mails, post: undefined, clock: clock.read, log });
      await one.runOnce();
      await one.runOnce();
      assert.equal(logged.filter((line) => line.includes('mail.noServer')).length, 1);
      const { count, oldestAt } = await mails.waiting();
      assert.deepEqual([count, oldestAt], [1, clock.read()]);
      assert.deepEqual(one.standing(), { configured: false });
    });

    it('tell since when the server takes none, and in which way, until it takes one', async () => {
      await write('a@b.jp');
      const one = sender({ kind: 'down', fault: 'ECONNECTION' }, { kind: 'later', fault: '450' });
      assert.deepEqual(one.standing(), { configured: true });
      const since = clock.read();
      await one.runOnce();
      assert.deepEqual(one.standing().failing, { kind: 'down', since });
      clock.goOn(60);
      await one.runOnce();
      assert.deepEqual(one.standing().failing, { kind: 'later', since });
      clock.goOn(120);
      await one.runOnce();
      assert.deepEqual(one.standing(), { configured: true });
    });
  });
});
