import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { liveEntry } from '../../src/live/live-entry.js';
import { LiveServer } from '../../src/live/live-server.js';
import { createLog } from '../../src/log.js';
import { until } from '../../src/testbed/until.js';
import type { WallboardView } from '../../src/wallboard/wallboard-view.js';
import { EndingSessions, enterAsPeople, enterTheScreen, sessionIdOf } from '../support/live-people.js';

const board = { asOf: 'first' } as WallboardView;
const toBoard = { organizationId: 1, show: 'wallboard' };
const nobody = { connected: 0, entering: 0, boards: 0 };

/** Somebody at the other end, as the server cannot trust them to be. */
interface Client {
  socket: Socket;
  isIn: boolean;
  refusal: string;
  boards: number;
}

describe('a live board in bad company', () => {
  let http: Server;
  let live: LiveServer;
  let sessions: EndingSessions;
  let lines: string[];
  let clients: Client[];
  /** A board is given when this has settled. */
  let boardsMayCome: Promise<void>;

  beforeEach(async () => {
    lines = [];
    clients = [];
    boardsMayCome = Promise.resolve();
    sessions = new EndingSessions();
    http = createServer();
    live = new LiveServer({
      server: http,
      enter: liveEntry({ enterSocket: enterAsPeople, enterScreen: enterTheScreen }),
      sessions,
      recordLook: () => Promise.resolve(),
      picture: () => ({ asOf: '', heard: true, lines: [], counsellors: [] }),
      wallboard: () => boardsMayCome.then(() => board),
      log: createLog('info', { write: (line) => lines.push(line) }),
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    for (const { socket } of clients) socket.disconnect();
    live.close();
    await new Promise((resolve) => http.close(resolve));
  });

  function connect(auth: Record<string, unknown>, cookie = ''): Client {
    const { port } = http.address() as AddressInfo;
    const socket = io(`http://127.0.0.1:${port}`, {
      path: '/live',
      transports: ['websocket'],
      auth,
      extraHeaders: { cookie },
      reconnection: false,
      forceNew: true,
    });
    const client: Client = { socket, isIn: false, refusal: '', boards: 0 };
    clients.push(client);
    socket.on('connect', () => (client.isIn = true));
    socket.on('disconnect', () => (client.isIn = false));
    socket.on('wallboard', () => client.boards++);
    socket.on('connect_error', ({ message }) => (client.refusal = message));
    return client;
  }
  const logged = (event: string): Record<string, unknown>[] =>
    lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter((line) => line.event === event);
  const settled = (some: readonly Client[]) =>
    until(() => some.every(({ boards, refusal }) => boards > 0 || refusal !== ''), {
      what: 'all have an answer',
      timeoutMs: 30_000,
    });

  it('keeps nothing of 5,000 screens that came and went, and goes on', async function () {
    this.timeout(120_000);
    const portion = 250;
    for (let come = 0; come < 5000; come += portion) {
      clients = [];
      const some = Array.from({ length: portion }, (_none, index) =>
        index % 2 === 0 ? connect({ screen: 'the screen' }) : connect(toBoard, 'supervisor'),
      );
      await settled(some);
      // Half leave as pages do, half as a cable that is pulled.
      for (const [index, { socket }] of some.entries()) {
        if (index % 4 < 2) socket.disconnect();
        else socket.io.engine.close();
      }
    }
    await until(() => live.holds.connected === 0, { what: 'all have left', timeoutMs: 30_000 });
    assert.deepEqual([live.holds, live.watchedBoards(), sessions.watched], [nobody, [], []]);
    const last = connect(toBoard, 'supervisor');
    await settled([last]);
    assert.deepEqual(live.watchedBoards(), [{ organizationId: 1, showsNames: false }]);
  });

  it('keeps nothing of one that leaves before its first board', async () => {
    let give: () => void = () => undefined;
    boardsMayCome = new Promise((resolve) => (give = resolve));
    const { socket } = connect({ screen: 'the screen' });
    await until(() => live.holds.entering === 1, { what: 'it knocks' });
    socket.disconnect();
    await until(() => live.holds.entering === 0, { what: 'it is forgotten' });
    give();
    const next = connect(toBoard, 'supervisor');
    await settled([next]);
    assert.deepEqual(live.holds, { connected: 1, entering: 0, boards: 1 });
  });

  it('shows nothing to a television that is revoked between its entry and its first board', async () => {
    let give: () => void = () => undefined;
    boardsMayCome = new Promise((resolve) => (give = resolve));
    const television = connect({ screen: 'the screen' });
    const person = connect(toBoard, 'supervisor');
    await until(() => live.holds.entering === 2, { what: 'both knock' });
    live.cutOffScreen(9);
    live.cutOffScreen(8);
    give();
    await settled([person]);
    await until(() => live.holds.connected === 1, { what: 'the television is out' });
    assert.deepEqual([television.boards, television.isIn, live.holds.entering], [0, false, 0]);
  });

  it('shows nothing to somebody whose login ends in the same moment, and says whose', async () => {
    let give: () => void = () => undefined;
    boardsMayCome = new Promise((resolve) => (give = resolve));
    const early = connect(toBoard, 'supervisor');
    await until(() => live.holds.entering === 1, { what: 'it knocks' });
    sessions.end(sessionIdOf('supervisor'));
    give();
    await until(() => live.holds.entering === 0 && live.holds.connected === 0, { what: 'it is out' });
    assert.equal(early.boards, 0);

    const late = connect(toBoard, 'supervisor');
    await settled([late]);
    sessions.end(sessionIdOf('supervisor'));
    await until(() => !late.isIn, { what: 'it is cut off' });
    assert.deepEqual(
      logged('live.cutOff').map(({ why, sessionId, userId }) => ({ why, sessionId, userId })),
      [{ why: 'sessionEnded', sessionId: sessionIdOf('supervisor'), userId: 1 }],
    );
  });

  it('refuses a forged tenant, and logs who asked by their id alone', async () => {
    const forged = connect({ ...toBoard, organizationId: 2, name: '松戸 まもる' }, 'supervisor');
    await settled([forged]);
    assert.equal(forged.refusal, 'forbidden');
    assert.deepEqual(
      logged('live.refused').map(({ code, userId, organizationId }) => ({ code, userId, organizationId })),
      [{ code: 'forbidden', userId: 1, organizationId: 2 }],
    );
    assert.ok(!lines.join('').includes('まもる'));
  });

  it('refuses whatever else is sent, with a code, and logs it once', async () => {
    const person = connect(toBoard, 'supervisor');
    const counsellor = connect({ show: 'hotline' }, 'counsellor');
    await settled([person]);
    await until(() => counsellor.isIn, { what: 'the counsellor is in' });
    const answers: unknown[] = [];
    const take = (answer: unknown) => answers.push(answer);
    person.socket.emit('wallboard', { organizationId: 2, names: true }, take);
    person.socket.emit('join', 'board 2 names', take);
    person.socket.emit('watching', 'yes', take);
    counsellor.socket.emit('watching', true, take);
    await until(() => answers.length === 4, { what: 'each is answered' });
    assert.deepEqual(answers, Array(4).fill({ code: 'forbidden' }));
    assert.deepEqual(live.watchedBoards(), [{ organizationId: 1, showsNames: false }]);
    // Nobody promises which of two connections is heard first.
    const bySession = (one: Record<string, unknown>, other: Record<string, unknown>) =>
      Number(one.sessionId) - Number(other.sessionId);
    assert.deepEqual(
      logged('live.refused')
        .map(({ userId, sessionId }) => ({ userId, sessionId }))
        .sort(bySession),
      ['supervisor', 'counsellor'].map((who) => ({ userId: 1, sessionId: sessionIdOf(who) })).sort(bySession),
    );
    assert.equal(sessions.seen.size, 0);
  });

  it('tells the sessions whether somebody looks', async () => {
    const person = connect(toBoard, 'supervisor');
    await settled([person]);
    person.socket.emit('watching', true);
    await until(() => sessions.seen.has(sessionIdOf('supervisor')), { what: 'somebody looks' });
    person.socket.emit('watching', false);
    await until(() => sessions.seen.size === 0, { what: 'nobody looks' });
  });
});
