import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { nextTryAt } from '../../src/mails/mail-post.js';
import { smtpPost } from '../../src/mails/smtp-post.js';

const mail = { recipient: 'hanako@city.example.jp', subject: '件名', body: 'ことば' };

describe('mail over SMTP', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  /** A mail server that answers these commands so, and the rest with 250. */
  async function serve(answers: Record<string, string>): Promise<{ port: number; heard: string[] }> {
    const heard: string[] = [];
    const server = createServer((socket) => {
      let inData = false;
      socket.on('error', () => undefined);
      socket.write('220 test\r\n');
      socket.on('data', (data) => {
        for (const line of data.toString('utf8').split('\r\n').filter(Boolean)) {
          heard.push(line);
          if (inData && line !== '.') continue;
          const command = line.split(' ')[0] ?? '';
          if (inData) inData = false;
          else if (command === 'DATA' && !answers.DATA) inData = true;
          socket.write(`${answers[command] ?? (inData ? '354 go on' : '250 ok')}\r\n`);
        }
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return { port: typeof address === 'object' && address ? address.port : 0, heard };
  }
  const settings = {
    host: '127.0.0.1',
    security: 'none',
    user: undefined,
    password: '',
    from: 'g@x.jp',
  } as const;
  async function send(port: number, more = {}) {
    const post = smtpPost({ ...settings, port, ...more });
    try {
      return await post.send(mail);
    } finally {
      post.close();
    }
  }

  it('goes to the one it is for', async () => {
    const { port, heard } = await serve({});
    assert.deepEqual(await send(port), { kind: 'sent' });
    assert.deepEqual(
      heard.filter((line) => line.startsWith('RCPT')),
      ['RCPT TO:<hanako@city.example.jp>'],
    );
  });

  for (const [what, answers, expected] of [
    [
      'an address that is not there',
      { RCPT: '550 no such user' },
      { kind: 'refused', fault: 'EENVELOPE 550' },
    ],
    ['a mailbox that is full', { RCPT: '452 full' }, { kind: 'later', fault: 'EENVELOPE 452' }],
    ['a server that wants us not', { MAIL: '550 go away' }, { kind: 'down', fault: 'EENVELOPE 550' }],
  ] as const) {
    it(`tells ${what} from the rest`, async () => {
      const { port } = await serve(answers);
      assert.deepEqual(await send(port), expected);
    });
  }

  it('finds a dead server dead, and one without encryption none of ours', async () => {
    const { port } = await serve({ EHLO: '250 ok', STARTTLS: '502 no' });
    const open = await send(port, { security: 'starttls' });
    assert.equal(open.kind, 'down');
    servers.splice(0).forEach((server) => server.close());
    assert.equal((await send(1)).kind, 'down');
  });

  for (const [tries, minutes] of [
    [0, 1],
    [1, 2],
    [5, 32],
    [6, 60],
    [99, 60],
  ] as const) {
    it(`is tried again ${minutes} minutes after ${tries} tries`, () => {
      assert.deepEqual(nextTryAt(tries, new Date(0)), new Date(minutes * 60_000));
    });
  }
});
