import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { liveEntry } from '../../src/live/live-entry.js';
import type { ServerToClient } from '../../src/live/live-events.js';
import { LiveServer } from '../../src/live/live-server.js';
import { createLog } from '../../src/log.js';
import { until } from '../../src/testbed/until.js';
import type { WallboardView } from '../../src/wallboard/wallboard-view.js';
import { EndingSessions, enterAsPeople, enterTheScreen, sessionIdOf } from '../support/live-people.js';

const board = (asOf: string): WallboardView => ({ asOf }) as WallboardView;

describe('live wallboards', () => {
  let http: Server;
  let live: LiveServer;
  const clients: Socket<ServerToClient>[] = [];
  let sessions: EndingSessions;

  beforeEach(async () => {
    http = createServer();
    sessions = new EndingSessions();
    live = new LiveServer({
      server: http,
      enter: liveEntry({ enterSocket: enterAsPeople, enterScreen: enterTheScreen }),
      sessions,
      recordLook: () => Promise.resolve(),
      picture: (id) => ({ asOf: '', heard: true, lines: [{ name: String(id) }], counsellors: [] }) as never,
      wallboard: ({ organizationId, showsNames }) =>
        Promise.resolve(organizationId > 2 ? undefined : board(`first ${organizationId} ${showsNames}`)),
      log: createLog('silent'),
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.disconnect();
    live.close();
    await new Promise((resolve) => http.close(resolve));
  });

  function connect(auth: Record<string, unknown>, cookie = '') {
    const { port } = http.address() as AddressInfo;
    const client: Socket<ServerToClient> = io(`http://127.0.0.1:${port}`, {
      path: '/live',
      transports: ['websocket'],
      auth,
      extraHeaders: { cookie },
      reconnection: false,
      forceNew: true,
    });
    clients.push(client);
    const told: { boards: string[]; others: number; refusal: string; isCut: boolean } = {
      boards: [],
      others: 0,
      refusal: '',
      isCut: false,
    };
    client.on('wallboard', ({ asOf }) => told.boards.push(asOf));
    client.on('picture', () => told.others++);
    client.on('call', () => told.others++);
    client.on('connect_error', ({ message }) => (told.refusal = message));
    client.on('disconnect', () => (told.isCut = true));
    return told;
  }
  const ready = (told: { boards: string[]; refusal: string }) =>
    until(() => told.boards.length > 0 || told.refusal !== '', { what: 'an answer came' });

  for (const [who, auth, cookie, answer] of [
    ['a supervisor, without names', { organizationId: 1, show: 'wallboard' }, 'supervisor', 'first 1 false'],
    [
      'a supervisor who asks for names, without them',
      { organizationId: 1, show: 'wallboard', names: true },
      'supervisor',
      'first 1 false',
    ],
    [
      'an administrator, with the names',
      { organizationId: 1, show: 'wallboard', names: true },
      'tenantAdmin',
      'first 1 true',
    ],
    [
      'an operator, who sees no names without a reason',
      { organizationId: 2, show: 'wallboard', names: true },
      'operator',
      'first 2 false',
    ],
    ['a paired television, never with names', { screen: 'the screen', names: true }, '', 'first 1 false'],
    ['somebody of another tenant', { organizationId: 2, show: 'wallboard' }, 'tenantAdmin', 'forbidden'],
    ['a station, which has its own page', { organizationId: 1, show: 'wallboard' }, 'station', 'forbidden'],
    ['a stranger', { organizationId: 1, show: 'wallboard' }, '', 'unauthorized'],
    ['a television that was taken out', { screen: 'an old one' }, '', 'unauthorized'],
    [
      'the machine, of a tenant that there is not',
      { token: 'the token', organizationId: 3, show: 'wallboard' },
      '',
      'noSuchOrganization',
    ],
  ] as const) {
    it(`answer ${who}`, async () => {
      const told = connect(auth, cookie);
      await ready(told);
      assert.equal(told.boards[0] ?? told.refusal, answer);
      assert.equal(told.others, 0);
    });
  }

  it('are sent to those who see the same, and tell a television nothing else', async () => {
    const plain = connect({ screen: 'the screen' });
    const named = connect({ organizationId: 1, show: 'wallboard', names: true }, 'tenantAdmin');
    await Promise.all([ready(plain), ready(named)]);
    assert.deepEqual(
      live.watchedBoards().sort((one) => Number(one.showsNames)),
      [
        { organizationId: 1, showsNames: false },
        { organizationId: 1, showsNames: true },
      ].sort((one) => Number(one.showsNames)),
    );
    live.tellPicture();
    live.tellCall(
      { organizationId: 1 },
      { callId: 'c', extension: '101', lineId: 1, answeredAt: '', card: null },
    );
    live.tellWallboard({ organizationId: 1, showsNames: true }, board('with names'));
    live.tellWallboard({ organizationId: 1, showsNames: false }, board('without'));
    await until(() => plain.boards.length > 1 && named.boards.length > 1, { what: 'both are told' });
    assert.deepEqual([plain.boards[1], named.boards[1]], ['without', 'with names']);
    assert.equal(plain.others + named.others, 0);
  });

  it('end with the session, and with the pairing', async () => {
    const person = connect({ organizationId: 1, show: 'wallboard' }, 'supervisor');
    const screen = connect({ screen: 'the screen' });
    await Promise.all([ready(person), ready(screen)]);
    assert.deepEqual(sessions.watched, [sessionIdOf('supervisor')]);
    sessions.end(sessionIdOf('supervisor'));
    await until(() => person.isCut, { what: 'the person is cut off' });
    await until(() => sessions.watched.length === 0, { what: 'the session is not watched any more' });
    assert.equal(screen.isCut, false);
    live.cutOffScreen(9);
    await until(() => screen.isCut, { what: 'the television is cut off' });
  });
});
