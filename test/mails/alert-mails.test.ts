import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { AlertMailStore } from '../../src/alerts/alert-mail-store.js';
import { writeAlert } from '../../src/alerts/alert-store.js';
import { StationContactStore } from '../../src/alerts/station-contact-store.js';
import { createLog } from '../../src/log.js';
import { MailSender } from '../../src/mails/mail-sender.js';
import { MailStore } from '../../src/mails/mail-store.js';
import { smtpPost } from '../../src/mails/smtp-post.js';
import { migrate, openDatabase, type Database } from '../../src/storage/database.js';
import { freeTcpPort } from '../../src/testbed/free-ports.js';
import { seedCheckin, seedStation, seedSubscriber } from '../support/builders.js';
import { testCodec } from '../support/test-codec.js';

const codec = testCodec();
const opened = new Date('2026-11-24T01:00:00Z');
const later = (minutes: number): Date => new Date(opened.getTime() + minutes * 60_000);

describe('an alert by mail', () => {
  let database: Database;
  let server: Server | undefined;
  beforeEach(async () => {
    database = openDatabase({ engine: 'sqlite', file: ':memory:' });
    await migrate(database);
    const station = await seedStation(database, codec);
    const contacts = new StationContactStore({ database, codec });
    await contacts.addContact(station.stationId, { name: '民生委員', mail: 'm@example.jp' }, opened);
    await contacts.addContact(station.stationId, { name: '町会', mail: 't@example.jp' }, opened);
    const person = await seedSubscriber(database, codec, station, {
      name: '山田 花子',
      kana: 'やまだ はなこ',
    });
    const checkinId = await seedCheckin(database, person, '2026-11-24', { state: 'alerted' });
    await writeAlert(database, { ...person, checkinId, reason: 'unwell', at: opened });
  });
  afterEach(async () => {
    server?.close();
    server = undefined;
    await database.destroy();
  });
  const mails = (): MailStore => new MailStore({ database, codec });
  const letters = (write: MailStore['write'] = (...given) => mails().write(...given)): AlertMailStore =>
    new AlertMailStore({ database, codec, mails: { write }, baseUrl: () => 'https://g.test' });

  /** A mail server that takes everything. */
  async function listen(port: number): Promise<string[]> {
    const heard: string[] = [];
    server = createServer((socket) => {
      let inData = false;
      socket.on('error', () => undefined);
      socket.write('220 test\r\n');
      socket.on('data', (data) => {
        for (const line of data.toString('utf8').split('\r\n').filter(Boolean)) {
          heard.push(line);
          if (inData && line !== '.') continue;
          inData = !inData && line.startsWith('DATA');
          socket.write(inData ? '354 go on\r\n' : '250 ok\r\n');
        }
      });
    });
    await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', resolve));
    return heard;
  }

  it('waits for a dead mail server, says so meanwhile, and arrives', async () => {
    const port = await freeTcpPort();
    let now = opened;
    const post = smtpPost({
      ...{ host: '127.0.0.1', port, security: 'none', user: undefined, password: '', from: 'g@x.jp' },
    });
    const sender = new MailSender({ mails: mails(), post, clock: () => now, log: createLog('silent') });
    await letters().tellDue(now);
    await sender.runOnce();
    const missing = await letters().undelivered(now);
    assert.deepEqual(missing.map(({ name, state }) => [name, state]).sort(), [
      ['民生委員', 'waiting'],
      ['町会', 'waiting'],
    ]);
    assert.ok(missing.some(({ fault }) => fault !== ''));
    const heard = await listen(port);
    now = later(5);
    await sender.runOnce();
    await sender.stop();
    assert.deepEqual(
      heard.filter((line) => line.startsWith('RCPT')),
      ['RCPT TO:<m@example.jp>', 'RCPT TO:<t@example.jp>'],
    );
    assert.deepEqual(await letters().undelivered(now), []);
  });

  it('is told once although the first try dies in the middle', async () => {
    let written = 0;
    const dying = letters(async (...given) => {
      if (++written === 2) throw new Error('killed');
      return mails().write(...given);
    });
    await assert.rejects(dying.tellDue(opened), /killed/);
    assert.equal(await database('mails').first('id'), undefined);
    await letters().tellDue(opened);
    await letters().tellDue(opened);
    assert.equal((await database('mails').select('id')).length, 2);
  });
});
