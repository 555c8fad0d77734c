import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import type { PictureView } from '../../src/hotline/picture-view.js';
import type { ServerToClient } from '../../src/live/live-events.js';
import { liveEntry } from '../../src/live/live-entry.js';
import { LiveServer } from '../../src/live/live-server.js';
import { createLog } from '../../src/log.js';
import { until } from '../../src/testbed/until.js';

const view = (asOf: string): PictureView => ({ asOf, heard: true, lines: [], counsellors: [] });

describe('the live picture', () => {
  let http: Server;
  let live: LiveServer;
  const screens: Socket<ServerToClient>[] = [];
  let shown: Map<number, PictureView>;

  beforeEach(async () => {
    shown = new Map([
      [1, view('one')],
      [2, view('two')],
    ]);
    http = createServer();
    live = new LiveServer({
      server: http,
      enter: liveEntry({
        isApiToken: (token) => token === 'the token',
        signedIn: () => Promise.resolve(undefined),
        enterScreen: () => Promise.resolve(undefined),
      }),
      watchSession: () => () => undefined,
      picture: (id) => shown.get(id),
      wallboard: () => Promise.resolve(undefined),
      log: createLog('silent'),
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    for (const screen of screens.splice(0)) screen.disconnect();
    live.close();
    await new Promise((resolve) => http.close(resolve));
  });

  /** Connects a screen; gives what it is told. */
  function connect(auth: Record<string, unknown>, query: Record<string, string> = {}) {
    const { port } = http.address() as AddressInfo;
    const screen: Socket<ServerToClient> = io(`http://127.0.0.1:${port}`, { path: '/live', auth, query });
    screens.push(screen);
    const told: { pictures: string[]; calls: string[]; refusals: string[] } = {
      pictures: [],
      calls: [],
      refusals: [],
    };
    screen.on('picture', ({ asOf }) => told.pictures.push(asOf));
    screen.on('call', ({ callId }) => told.calls.push(callId));
    screen.on('connect_error', ({ message }) => told.refusals.push(message));
    return { told, screen };
  }

  it('is whole as soon as a screen connects', async () => {
    const { told } = connect({ token: 'the token', organizationId: 1 });
    await until(() => told.pictures.length > 0, { what: 'a picture came' });
    assert.deepEqual(told.pictures, ['one']);
  });

  it('shows each organization its own, and whose call it is to nobody else', async () => {
    const [own, other] = [1, 2].map((organizationId) => connect({ token: 'the token', organizationId }).told);
    await until(() => [own, other].every((told) => told?.pictures.length === 1), {
      what: 'both are connected',
    });
    shown.set(1, view('one, later'));
    live.tellCall(1, { callId: 'c', extension: '101', lineId: 7, answeredAt: '', card: null });
    live.tellPicture();
    await until(() => own?.pictures.length === 2 && other?.pictures.length === 2, { what: 'both are told' });
    assert.deepEqual(
      [own, other],
      [
        { pictures: ['one', 'one, later'], calls: ['c'], refusals: [] },
        { pictures: ['two', 'two'], calls: [], refusals: [] },
      ],
    );
  });

  for (const [who, auth, query] of [
    ['without a token', { organizationId: 1 }, {}],
    ['with another token', { token: 'guessed', organizationId: 1 }, {}],
    ['with the token in the address', { organizationId: 1 }, { token: 'the token' }],
    ['of an organization that there is not', { token: 'the token', organizationId: 3 }, {}],
    ['of no organization', { token: 'the token' }, {}],
  ] as const) {
    it(`is not for a screen ${who}`, async () => {
      const { told } = connect(auth, query);
      await until(() => told.refusals.length > 0, { what: 'it is refused' });
      assert.deepEqual(told.pictures, []);
    });
  }

  it('cuts off a client that sends more than a login', async () => {
    const { told, screen } = connect({ token: 'the token', organizationId: 1 });
    await until(() => told.pictures.length > 0, { what: 'it is connected' });
    let cutOff = false;
    screen.on('disconnect', () => (cutOff = true));
    (screen as unknown as { emit: (name: string, text: string) => void }).emit('x', 'y'.repeat(10_000));
    await until(() => cutOff, { what: 'it is cut off' });
  });

  it('tells other sites nothing that lets them read it', async () => {
    const { port } = http.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/live/?EIO=4&transport=polling`, {
      headers: { origin: 'https://elsewhere.example' },
    });
    assert.equal(answer.headers.get('access-control-allow-origin'), null);
  });
});
