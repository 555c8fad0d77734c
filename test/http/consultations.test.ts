import assert from 'node:assert/strict';
import { serveConsultations, type ConsultationsServer } from '../support/consultations-server.js';

describe('consultations over HTTP', () => {
  let served: ConsultationsServer;
  beforeEach(async () => (served = await serveConsultations()));
  afterEach(() => served.close());

  const openCard: ConsultationsServer['openCard'] = (...call) => served.openCard(...call);

  it('name the tenant’s own choices, also one that is offered no more, and none that nobody has', async () => {
    const { ask, desk } = served;
    const admin = { cookie: await served.logIn(desk, 'tenantAdmin') };
    const { choices } = (await ask('GET', '/card-choices')).json as unknown as {
      choices: { troubles: Record<string, string> };
    };
    const present = Object.entries(choices.troubles).map(([key, label]) => ({ key, label, retired: false }));
    const put = (version: number, list: object[]) =>
      ask('PUT', '/card-design/troubles', { version, choices: list }, admin);
    assert.equal((await put(0, [...present, { label: 'ペット', retired: false }])).status, 200);
    assert.equal((await put(0, present)).json.error.code, 'choiceMissing');
    const own = { key: 'own1', label: 'ペット', retired: true };
    assert.equal((await put(0, [...present, own])).json.error.code, 'changedMeanwhile');
    assert.equal((await put(1, [...present, own])).status, 200);
    const cardId = await openCard();
    const save = (mainTrouble: string) =>
      ask('PUT', `/cards/${cardId}`, { version: 1, savedBy: desk.counsellorId, draft: { mainTrouble } });
    assert.match((await save('own2')).message, /^draft\.mainTrouble: /);
    assert.equal((await save('own1')).status, 200);
  });

  it('lead from a call to a lease, and into the counts', async () => {
    const { ask, desk } = served;
    const by = desk.counsellorId;
    const cardId = await openCard();
    const draft = {
      triage: 'urgent',
      mainTrouble: 'eviction',
      freeText: '<b>来月</b>までに',
      principal: { name: '見守 太郎', phones: ['0473912345'] },
    };
    const saved = await ask('PUT', `/cards/${cardId}`, { version: 1, savedBy: by, draft });
    assert.deepEqual([saved.status, saved.json.version], [200, 2]);
    assert.equal((await ask('POST', `/cards/${cardId}/finish`, { version: 2, savedBy: by })).json.version, 3);
    const { caseId } = (await ask('PUT', `/cards/${cardId}/case`, { title: '立退き' })).json;
    const action = {
      kind: 'accompaniment',
      category: 'preMoveIn',
      workerId: by,
      startedAt: '2026-11-25T13:00:00+09:00',
      minutes: 90,
      note: '内見',
    };
    assert.equal((await ask('POST', `/cases/${caseId}/actions`, action)).status, 201);
    const destination = { name: '自立相談支援センター', kind: 'selfReliance', phone: '047-366-0077' };
    const { id: destinationId } = (await ask('POST', '/referral-destinations', destination)).json;
    const referral = {
      destinationId,
      told: '家賃',
      consent: 'written',
      askedOn: '令和8年11月25日',
      askedBy: by,
    };
    const { id: referralId } = (await ask('POST', `/cases/${caseId}/referrals`, referral)).json;
    assert.equal((await ask('GET', '/referrals/open')).list.length, 1);
    const answer = { result: 'accepted', answeredOn: '2026-11-28', answer: '会います' };
    assert.equal((await ask('PUT', `/referrals/${referralId}/answer`, answer)).status, 204);
    const lease = { signedOn: '2026-12-10', address: '松戸市小根本', rentYen: 42_000 };
    assert.equal((await ask('POST', `/cases/${caseId}/leases`, lease)).status, 201);

    const found = (await ask('GET', `/cases/${caseId}`)).json;
    assert.deepEqual(
      [
        found.persons.length,
        found.cards.length,
        found.actions.length,
        found.referrals[0]?.result,
        found.leases.length,
      ],
      [1, 1, 1, 'accepted', 1],
    );
    const { year, months, rules } = (await ask('GET', '/counts/years/2026')).json;
    assert.deepEqual([year.contactCount, year.personCount, year.handledCount, year.leaseCount], [1, 1, 1, 1]);
    assert.equal(months[8]?.leaseCount, 1);
    assert.match(rules.handledCount, /1回以上/);
  });

  it('give text back as it was typed, as JSON and nothing else', async () => {
    const { ask, desk } = served;
    const cardId = await openCard();
    const freeText = '<script>alert("x")</script> & \'; --';
    await ask('PUT', `/cards/${cardId}`, { version: 1, savedBy: desk.counsellorId, draft: { freeText } });
    const { headers, json } = await ask('GET', `/cards/${cardId}`);
    assert.match(headers.get('content-type') ?? '', /^application\/json/);
    assert.equal(json.card.content.freeText, freeText);
  });

  it('tell the later of two who was first, with the card as it is now', async () => {
    const { ask, desk } = served;
    const cardId = await openCard();
    const savedBy = desk.counsellorId;
    await ask('PUT', `/cards/${cardId}`, { version: 1, savedBy, draft: { freeText: '先' } });
    const { status, json, message } = await ask('PUT', `/cards/${cardId}`, {
      version: 1,
      savedBy,
      draft: { freeText: '後' },
    });
    assert.deepEqual([status, json.error.code, json.card.content.freeText], [409, 'savedMeanwhile', '先']);
    assert.equal(message, '相談 員子さんが先に保存しました（版 2）。');
  });

  it('open a finished card again, and keep what it said', async () => {
    const { ask, desk } = served;
    const savedBy = desk.counsellorId;
    const cardId = await openCard();
    const draft = { triage: 'information', freeText: '受付時間' };
    await ask('PUT', `/cards/${cardId}`, { version: 1, savedBy, draft });
    await ask('POST', `/cards/${cardId}/finish`, { version: 2, savedBy });
    const closed = await ask('PUT', `/cards/${cardId}`, { version: 3, savedBy, draft });
    assert.deepEqual([closed.status, closed.json.error.code], [409, 'finished']);
    assert.equal((await ask('POST', `/cards/${cardId}/reopen`, { version: 3, savedBy })).status, 200);
    assert.equal((await ask('GET', `/cards/${cardId}/revisions`)).list.length, 2);
  });

  it('name all choices with their words, and what to say when it cannot wait', async () => {
    const { json } = await served.ask('GET', '/card-choices');
    assert.equal(json.choices.needsAttributes.elderly, '高齢者');
    assert.match(json.triage.immediate.say.join(), /119番/);
  });

  it('enrol the person of a card in the check-in service', async () => {
    const { ask, desk } = served;
    const cardId = await openCard();
    const draft = { principal: { name: '見守 太郎', phones: ['0473912345'] } };
    await ask('PUT', `/cards/${cardId}`, { version: 1, savedBy: desk.counsellorId, draft });
    const enrolment = {
      by: desk.counsellorId,
      stationId: desk.stationId,
      memberNumber: '７７',
      plan: { kind: 'daily', time: '09:00' },
    };
    const first = await ask('POST', `/cards/${cardId}/enrol`, enrolment);
    assert.deepEqual([first.status, first.json.kind], [201, 'enrolled']);
    const again = await ask('POST', `/cards/${cardId}/enrol`, enrolment);
    assert.deepEqual([again.status, again.json.kind], [200, 'already']);
  });

  it('take who acts from the login', async () => {
    const { ask, desk } = served;
    const cardId = await openCard();
    await ask('PUT', `/cards/${cardId}`, { version: 1, draft: { freeText: 'x' } });
    const { message } = await ask('PUT', `/cards/${cardId}`, { version: 1, draft: { freeText: 'y' } });
    assert.match(message, /相談 員子さんが先に保存/);
    const call = { pbxId: 'pbx1', callId: 'b.1', lineId: desk.lineId };
    const { card } = (await ask('POST', '/cards/for-call', call)).json as unknown as {
      card: { receivedBy: { id: number } };
    };
    assert.equal(card.receivedBy.id, desk.counsellorId);
  });

  it('write down who looked at which record, once for ten minutes', async () => {
    const { ask, logins } = served;
    const cardId = await openCard();
    const { caseId } = (await ask('PUT', `/cards/${cardId}/case`, { title: '立退き' })).json;
    const [person] = (await ask('GET', `/cases/${caseId}`)).json.persons;
    for (const path of [`/cards/${cardId}`, `/cards/${cardId}`, `/persons/${person?.id}`, '/cards'])
      assert.equal((await ask('GET', path)).status, 200);
    const looks = await logins
      .database('access_log')
      .where({ what: 'looked' })
      .whereNotNull('user_id')
      .orderBy('id')
      .select<{ subject: string; subject_id: number; detail: string }[]>('subject', 'subject_id', 'detail');
    assert.deepEqual(
      looks.map(({ subject, subject_id: id, detail }) => [subject, id, detail]),
      [
        ['card', cardId, 'card.see'],
        ['case', caseId, 'card.see'],
        ['person', person?.id, 'card.see'],
        ['organization', served.desk.organizationId, 'card.see'],
      ],
    );
  });

  it('are shown to the operator for a stated reason only', async () => {
    const { ask, logins } = served;
    const cardId = await openCard();
    const id = await logins.join({ role: 'operator', mail: 'operator@example.jp' });
    const { token } = await logins.users.sessions.begin(id, 'full', '');
    const cookie = `genkidesu=${token}`;
    const refused = await ask('GET', `/cards/${cardId}`, undefined, { cookie });
    assert.deepEqual([refused.status, refused.json.error.code], [403, 'reasonNeeded']);
    const reason = { cookie, 'x-reason': encodeURIComponent('市からの照会') };
    assert.equal((await ask('GET', `/cards/${cardId}`, undefined, reason)).status, 200);
    assert.equal((await ask('POST', '/cases', { title: 'x' }, reason)).status, 403);
  });

  it('write no name, number or word of anybody into the log', async () => {
    const { ask, desk, logged } = served;
    const cardId = await openCard();
    const draft = { freeText: 'ひみつの話', principal: { name: '見守 太郎' } };
    await ask('PUT', `/cards/${cardId}`, { version: 1, savedBy: desk.counsellorId, draft });
    await ask('PUT', `/cards/${cardId}`, {
      version: 1,
      savedBy: desk.counsellorId,
      draft: { freeText: '見守'.repeat(9999) },
    });
    await ask('POST', '/persons/find', { number: '0473912345' });
    assert.ok(logged.length > 3);
    assert.doesNotMatch(logged.join(), /0473912345|見守|ひみつ/);
  });
});
