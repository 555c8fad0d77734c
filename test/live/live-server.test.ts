import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import type { CardView } from '../../src/consultations/card-view.js';
import type { PictureView } from '../../src/hotline/picture-view.js';
import { liveEntry } from '../../src/live/live-entry.js';
import { liveEvents, type LiveCall, type ServerToClient } from '../../src/live/live-events.js';
import { LiveServer } from '../../src/live/live-server.js';
import { createLog } from '../../src/log.js';
import { until } from '../../src/testbed/until.js';
import { mayDo, type Actor } from '../../src/users/permissions.js';
import type { WallboardView } from '../../src/wallboard/wallboard-view.js';
import {
  EndingSessions,
  enterAsPeople,
  enterTheScreen,
  people,
  sessionIdOf,
} from '../support/live-people.js';

const view = (asOf: string): PictureView => ({ asOf, heard: true, lines: [], counsellors: [] });
const board = (asOf: string): WallboardView => ({ asOf }) as WallboardView;
const television: Actor = { role: 'screen', organizationId: 1, stationIds: [], counsellorId: undefined };
const card = { card: { id: 5 } } as CardView;
const whose = { organizationId: 1, counsellorId: 11 };
const call: LiveCall = { callId: 'c', extension: '101', lineId: 7, answeredAt: '', card };

describe('the live picture', () => {
  let http: Server;
  let live: LiveServer;
  const screens: Socket<ServerToClient>[] = [];
  let shown: Map<number, PictureView>;
  let sessions: EndingSessions;
  const looks: string[] = [];

  beforeEach(async () => {
    sessions = new EndingSessions();
    looks.length = 0;
    shown = new Map([
      [1, view('one')],
      [2, view('two')],
    ]);
    http = createServer();
    live = new LiveServer({
      server: http,
      enter: liveEntry({ enterSocket: enterAsPeople, enterScreen: enterTheScreen }),
      sessions,
      recordLook: ({ actor }, { callId }) => {
        if (callId === 'not to be noted') return Promise.reject(new Error('the disk is full'));
        looks.push(actor.role);
        return Promise.resolve();
      },
      picture: (id) => shown.get(id),
      wallboard: ({ organizationId }) => Promise.resolve(board(`first of ${organizationId}`)),
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
  function connect(auth: Record<string, unknown>, query: Record<string, string> = {}, cookie?: string) {
    const { port } = http.address() as AddressInfo;
    const screen: Socket<ServerToClient> = io(`http://127.0.0.1:${port}`, {
      ...{ path: '/live', auth, query },
      // A screen that still changes from polling may miss a board.
      transports: ['websocket'],
      ...(cookie !== undefined && { extraHeaders: { cookie } }),
    });
    screens.push(screen);
    const told: Record<'pictures' | 'calls' | 'boards' | 'refusals', string[]> = {
      pictures: [],
      calls: [],
      boards: [],
      refusals: [],
    };
    screen.on('picture', ({ asOf }) => told.pictures.push(asOf));
    screen.on('call', ({ callId }) => told.calls.push(callId));
    screen.on('wallboard', ({ asOf }) => told.boards.push(asOf));
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
    live.tellCall(whose, call);
    live.tellPicture();
    await until(() => own?.calls.length === 1 && own.pictures.length === 2 && other?.pictures.length === 2, {
      what: 'both are told',
    });
    assert.deepEqual(
      [own, other],
      [
        { pictures: ['one', 'one, later'], calls: ['c'], boards: [], refusals: [] },
        { pictures: ['two', 'two'], calls: [], boards: [], refusals: [] },
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

  /** Tells everything of organization 1; settles when all of it has been sent, as one who hears it proves. */
  async function tellAll() {
    const watching = connect({ token: 'the token', organizationId: 1 }).told;
    const atBoard = connect({ token: 'the token', organizationId: 1, show: 'wallboard' }).told;
    await until(() => watching.pictures.length > 0 && atBoard.boards.length > 0, {
      what: 'the witnesses are in',
    });
    shown.set(1, view('one, later'));
    live.tellCall(whose, call);
    await until(() => watching.calls.length > 0, { what: 'the call was told' });
    live.tellPicture();
    for (const showsNames of [false, true]) {
      live.tellWallboard({ organizationId: 1, showsNames }, board('one, later'));
    }
    await until(() => watching.pictures.length > 1 && atBoard.boards.length > 1, {
      what: 'the rest was told',
    });
  }
  const listOf = { picture: 'pictures', call: 'calls', wallboard: 'boards' } as const;

  for (const [event, permission] of Object.entries(liveEvents)) {
    const name = event as keyof typeof liveEvents;
    for (const [who, actor] of Object.entries({ ...people, television })) {
      for (const show of ['hotline', 'wallboard'] as const) {
        const isThere = (name === 'wallboard') === (show === 'wallboard' || who === 'television');
        const may = isThere && mayDo(actor, permission, whose);
        it(`${may ? 'tells' : 'never tells'} ${who} at a ${show} of a ${event}`, async () => {
          const login =
            who === 'television'
              ? { screen: 'the screen', show, token: 'the token', organizationId: 1 }
              : { show, names: true, ...(who === 'operator' && { organizationId: 1 }) };
          const { told } = connect(login, {}, who);
          const { refusals, pictures, boards } = told;
          await until(() => refusals.length + pictures.length + boards.length > 0, {
            what: 'it is in, or refused',
          });
          await tellAll();
          const heard = () => told[listOf[name]].filter((one) => !/two|first of/.test(one));
          if (may)
            await until(() => heard().includes(name === 'call' ? 'c' : 'one, later'), { what: 'it is told' });
          else assert.deepEqual(heard(), []);
        });
      }
    }
  }

  it('lets nobody choose another organization, but the operator and the machine', async () => {
    for (const [who, isRefused] of [
      ['supervisor', true],
      ['tenantAdmin', true],
      ['operator', false],
    ] as const) {
      const { told } = connect({ organizationId: 2 }, {}, who);
      await until(() => told.refusals.length + told.pictures.length > 0, { what: 'it is in, or refused' });
      assert.deepEqual(told.refusals, isRefused ? ['forbidden'] : [], who);
    }
  });

  it('writes down who is shown the card of a call; without that it is not shown', async () => {
    const { screen, told } = connect({}, {}, 'supervisor');
    const cards: unknown[] = [];
    screen.on('call', (heard) => cards.push(heard.card));
    await until(() => told.pictures.length > 0, { what: 'it is connected' });
    live.tellCall(whose, call);
    await until(() => cards.length === 1, { what: 'the call came' });
    live.tellCall(whose, { ...call, callId: 'not to be noted' });
    await until(() => cards.length === 2, { what: 'the other call came' });
    assert.deepEqual([cards, looks], [[card, null], ['supervisor']]);
  });

  it('is dark when the session ends, for that one alone', async () => {
    const [own, other] = ['counsellor', 'supervisor'].map((who) => connect({}, {}, who));
    await until(() => own?.told.pictures.length === 1 && other?.told.pictures.length === 1, {
      what: 'both are in',
    });
    const id = sessionIdOf('counsellor');
    assert.ok(sessions.watched.includes(id));
    sessions.end(id);
    await until(() => own?.screen.connected === false, { what: 'the screen is cut off' });
    assert.equal(other?.screen.connected, true);
    await until(() => sessions.watched.length === 1, { what: 'it is watched no more' });
  });

  it('says nothing of why it cannot let somebody in', async () => {
    const { told } = connect({}, {}, 'broken');
    await until(() => told.refusals.length > 0, { what: 'it is refused' });
    assert.deepEqual(told.refusals, ['internal']);
  });

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
