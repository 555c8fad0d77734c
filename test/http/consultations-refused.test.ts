import assert from 'node:assert/strict';
import { usualRules } from '../../src/consultations/counting-rules.js';
import { seedCounsellor } from '../support/consultation-builders.js';
import { machineToken } from '../support/http-visitor.js';
import { codec, serveConsultations, type ConsultationsServer } from '../support/consultations-server.js';

describe('requests about consultations that cannot be granted', () => {
  let served: ConsultationsServer;
  beforeEach(async () => (served = await serveConsultations()));
  afterEach(() => served.close());

  const openCard: ConsultationsServer['openCard'] = (...call) => served.openCard(...call);

  it('are refused for a card with a field that cannot be used, name it, and change nothing', async () => {
    const { ask, desk, other } = served;
    const cardId = await openCard();
    const save = { version: 1, savedBy: desk.counsellorId };
    for (const [body, field] of [
      [
        { ...save, draft: { freeText: 'あ'.repeat(33_400) } },
        'draft.freeText: 相談票の相談内容は、10,000文字まで',
      ],
      [{ ...save, draft: { colour: 'red' } }, 'draft.colour: '],
      [{ ...save, draft: { triage: 'panic' } }, 'draft.triage: '],
      [{ ...save, draft: { situation: { leaveBy: '2月30日' } } }, 'draft.situation.leaveBy: '],
      [{ ...save, draft: { receivedBy: other.counsellorId } }, 'receivedBy: '],
      [{ ...save, version: '1', draft: {} }, 'version: '],
      [{ ...save, draft: [] }, 'draft: '],
      [{ ...save, draft: {}, admin: true }, 'admin: '],
    ] as const) {
      const { status, message } = await ask('PUT', `/cards/${cardId}`, body);
      assert.equal(status, 400, message);
      assert.ok(message.startsWith(field), message);
    }
    const { card } = (await ask('GET', `/cards/${cardId}`)).json;
    assert.deepEqual([card.version, card.content], [1, { callerNumber: '0473912345' }]);
  });

  it('are refused for everything else that cannot be used, name the field, and write nothing', async () => {
    const { ask, desk, other, database } = served;
    const cardId = await openCard();
    const { id: caseId } = (await ask('POST', '/cases', { title: '入居' })).json;
    const by = desk.counsellorId;
    const action = {
      kind: 'visit',
      category: 'preMoveIn',
      workerId: by,
      startedAt: '2026-11-25T13:00:00+09:00',
      minutes: 5,
      note: '',
    };
    const plan = { kind: 'daily', time: '09:00' };
    const enrolment = { by, stationId: desk.stationId, memberNumber: '7', plan };
    for (const [method, path, body, field] of [
      ['POST', '/cases', { title: ' ' }, 'title'],
      ['POST', '/cases', { title: 'あ'.repeat(201) }, 'title'],
      ['PATCH', `/cases/${caseId}`, { state: 'gone' }, 'state'],
      ['POST', `/cases/${caseId}/persons`, { role: 'principal' }, 'person'],
      ['POST', `/cases/${caseId}/persons`, { role: 'principal', personId: 99 }, 'personId'],
      ['POST', `/cases/${caseId}/actions`, { ...action, minutes: 1441 }, 'minutes'],
      ['POST', `/cases/${caseId}/actions`, { ...action, kind: 'fax' }, 'kind'],
      ['POST', `/cases/${caseId}/leases`, { signedOn: '2026-02-30', address: 'a' }, 'signedOn'],
      ['POST', `/cases/${caseId}/leases`, { signedOn: '2026-02-28', address: '' }, 'address'],
      [
        'POST',
        `/cases/${caseId}/referrals`,
        { destinationId: 9, told: 'a', consent: 'spoken', askedOn: '2026-11-25', askedBy: by },
        'destinationId',
      ],
      ['POST', '/referral-destinations', { name: 'a', kind: 'selfReliance', phone: '110' }, 'phone'],
      ['POST', '/persons/find', { number: 'abc' }, 'number'],
      ['POST', '/cards', { channel: 'telepathy', receivedBy: by }, 'channel'],
      ['POST', '/cards/for-call', { pbxId: 'pbx1', callId: 'b.1', lineId: other.lineId }, 'lineId'],
      [
        'POST',
        `/cards/${cardId}/enrol`,
        { ...enrolment, plan: { kind: 'weekly', days: [], time: '09:00' } },
        'plan.days',
      ],
      ['POST', `/cards/${cardId}/enrol`, { ...enrolment, stationId: other.stationId }, 'stationId'],
      ['POST', `/cards/${cardId}/enrol`, enrolment, 'name'],
      ['POST', `/cards/${cardId}/finish`, { version: 1, savedBy: by }, 'triage'],
      ['GET', '/cards?limit=0', undefined, 'limit'],
      ['GET', '/counts?from=2026-04-01&until=2026-03-31', undefined, 'until'],
      ['GET', '/counts/years/20260', undefined, 'fiscalYear'],
      ['GET', '/cards/0', undefined, 'cardId'],
    ] as const) {
      const { status, message } = await ask(method, path, body);
      assert.deepEqual([status, message.split(':')[0]], [400, field], `${method} ${path}: ${message}`);
    }
    const admin = { cookie: await served.logIn(desk, 'tenantAdmin') };
    for (const [path, body, field] of [
      ['/counting-rules', { version: 0, ...usualRules, yearStartsInMonth: 0 }, 'yearStartsInMonth'],
      ['/card-design/troubles', { version: 0, choices: [{ label: '', retired: false }] }, 'choices.0.label'],
    ] as const) {
      const { status, message } = await ask('PUT', path, body, admin);
      assert.deepEqual([status, message.split(':')[0]], [400, field], message);
      assert.equal((await ask('PUT', path, body)).status, 403);
    }
    const tables = [
      'support_actions',
      'concluded_leases',
      'referrals',
      'referral_destinations',
      'counting_rules',
      'consultation_persons',
      'subscribers',
    ];
    for (const table of tables) assert.deepEqual(await database(table).select('*'), [], table);
    assert.equal((await ask('GET', '/cards')).list.length, 1);
  });

  it('are refused when they name somebody else as the one who acts, and write nothing', async () => {
    const { ask, desk, database } = served;
    const cardId = await openCard();
    const { caseId } = (await ask('PUT', `/cards/${cardId}/case`, { title: '立退き' })).json;
    const { id: destinationId } = (await ask('POST', '/referral-destinations', { name: 'a', kind: 'other' }))
      .json;
    const colleague = await seedCounsellor(database, codec, desk.organizationId, '899');
    const action = {
      kind: 'visit',
      category: 'preMoveIn',
      startedAt: '2026-11-25T13:00:00+09:00',
      minutes: 5,
    };
    const referral = { destinationId, told: 'a', consent: 'spoken', askedOn: '2026-11-25' };
    const enrolment = {
      stationId: desk.stationId,
      memberNumber: '7',
      plan: { kind: 'daily', time: '09:00' },
    };
    const call = { pbxId: 'pbx1', callId: 'b.1', lineId: desk.lineId };
    const before = await database('consultation_cards').select('*');
    for (const [method, path, body] of [
      ['PUT', `/cards/${cardId}`, { version: 1, savedBy: colleague, draft: { freeText: 'x' } }],
      ['POST', `/cards/${cardId}/finish`, { version: 1, savedBy: colleague }],
      ['POST', `/cards/${cardId}/reopen`, { version: 1, savedBy: colleague }],
      ['POST', '/cards', { channel: 'visit', receivedBy: colleague }],
      ['POST', '/cards/for-call', { ...call, extension: '899' }],
      ['POST', `/cards/${cardId}/enrol`, { ...enrolment, by: colleague }],
      ['POST', `/cases/${caseId}/actions`, { ...action, note: '', workerId: colleague }],
      ['POST', `/cases/${caseId}/referrals`, { ...referral, askedBy: colleague }],
    ] as const) {
      const { status, json } = await ask(method, path, body);
      assert.deepEqual([status, json.error.code], [403, 'somebodyElse'], `${method} ${path}`);
    }
    assert.deepEqual(await database('consultation_cards').select('*'), before);
    for (const table of ['support_actions', 'referrals', 'subscribers'])
      assert.deepEqual(await database(table).select('*'), [], table);
  });

  it('are refused to the machine account, but for the counts', async () => {
    const { ask } = served;
    const cardId = await openCard();
    const machine = { authorization: `Bearer ${machineToken}`, cookie: '' };
    for (const path of ['/cards', `/cards/${cardId}`, '/cases', '/referrals/open', '/card-choices', '/voice'])
      assert.equal((await ask('GET', path, undefined, machine)).status, 403, path);
    assert.equal((await ask('GET', '/counts/years/2026', undefined, machine)).status, 200);
  });

  it('are refused when they are no JSON, or too much of it, in words that people understand', async () => {
    const { ask, askAt, desk } = served;
    const address = `/api/organizations/${desk.organizationId}/cases`;
    const broken = await ask('POST', '/cases', '{"title":');
    assert.deepEqual([broken.status, broken.json.error.code], [400, 'badJson']);
    const huge = await ask('POST', '/cases', { title: 'あ'.repeat(1_000_000) });
    assert.deepEqual([huge.status, huge.json.error.code], [413, 'tooLarge']);
    const form = await askAt('POST', address, 'title=a', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    assert.deepEqual([form.status, form.json.error.code], [400, 'badJson']);
  });

  it('are told nothing of another organization, whatever is asked', async () => {
    const { ask, askAt, other, desk } = served;
    const cardId = await openCard();
    const { caseId } = (await ask('PUT', `/cards/${cardId}/case`, { title: '立退き' })).json;
    const personId = (await ask('GET', `/cases/${caseId}`)).json.persons[0]?.id ?? 0;
    const destination = { name: 'a', kind: 'other' };
    const { id: destinationId } = (await ask('POST', '/referral-destinations', destination)).json;
    const by = other.counsellorId;
    const save = { version: 1, savedBy: by };
    const action = {
      kind: 'visit',
      category: 'preMoveIn',
      workerId: by,
      startedAt: '2026-11-25T13:00:00+09:00',
      minutes: 5,
      note: '',
    };
    const enrolment = {
      by,
      stationId: other.stationId,
      memberNumber: '7',
      plan: { kind: 'daily', time: '09:00' },
    };
    const referral = { destinationId, told: 'a', consent: 'spoken', askedOn: '2026-11-25', askedBy: by };
    for (const [method, path, body] of [
      ['GET', `/cards/${cardId}`],
      ['GET', `/cards/${cardId}/revisions`],
      ['PUT', `/cards/${cardId}`, { ...save, draft: { freeText: 'x' } }],
      ['POST', `/cards/${cardId}/finish`, save],
      ['POST', `/cards/${cardId}/reopen`, save],
      ['PUT', `/cards/${cardId}/case`, { title: 'x' }],
      ['POST', `/cards/${cardId}/calls`, { pbxId: 'pbx1', callId: 'x.1' }],
      ['POST', `/cards/${cardId}/enrol`, enrolment],
      ['GET', `/cases/${caseId}`],
      ['PATCH', `/cases/${caseId}`, { state: 'closed' }],
      ['POST', `/cases/${caseId}/persons`, { role: 'visitor', person: {} }],
      ['POST', `/cases/${caseId}/actions`, action],
      ['POST', `/cases/${caseId}/leases`, { signedOn: '2026-11-25', address: 'a' }],
      ['POST', `/cases/${caseId}/referrals`, referral],
      ['GET', `/persons/${personId}`],
      ['PUT', `/persons/${personId}`, { version: 1, person: { name: 'x' } }],
      ['PUT', `/referral-destinations/${destinationId}`, destination],
      ['DELETE', `/referral-destinations/${destinationId}`],
      ['PUT', '/referrals/1/answer', { result: 'refused', answeredOn: '2026-11-25' }],
      ['POST', '/leases/1/void', {}],
    ] as const) {
      const { status } = await askAt(method, `/api/organizations/${other.organizationId}${path}`, body);
      assert.equal(status, 404, `${method} ${path}`);
    }
    for (const path of ['/cards', '/cases', '/referral-destinations', '/referrals/open'])
      assert.deepEqual((await askAt('GET', `/api/organizations/${other.organizationId}${path}`)).json, []);
    assert.equal((await ask('GET', `/cards/${cardId}`)).json.card.version, 1);
    assert.equal((await askAt('GET', '/api/organizations/4711/cards')).status, 404);
    const noToken = await askAt('GET', `/api/organizations/${desk.organizationId}/cards`, undefined, {
      cookie: '',
    });
    assert.equal(noToken.status, 401);
  });
});
