import assert from 'node:assert/strict';
import { usualRules } from '../../src/consultations/counting-rules.js';
import { enrolmentFields } from '../../src/consultations/enrolment-fields.js';
import { onBothDatabases } from '../support/both-databases.js';
import { answeredAt, consultationParts, seedDesk } from '../support/consultation-builders.js';
import { testCodec } from '../support/test-codec.js';

const codec = testCodec();
const now = answeredAt;

describe('a case', () => {
  onBothDatabases((open) => {
    async function seeded() {
      const database = await open();
      const desk = await seedDesk(database, codec);
      const parts = consultationParts(database, codec);
      const addCard = async (callId: string, number: string, content: object = {}) => {
        const call = {
          pbxId: 'pbx1',
          callId,
          lineId: desk.lineId,
          number,
          extension: desk.extension,
          at: now,
        };
        const { card } = await parts.opener.open(call);
        const save = { version: 1, by: desk.counsellorId, now };
        await parts.cards.saveDraft(desk.organizationId, card.id, content, save);
        return card.id;
      };
      return { ...parts, database, desk, organizationId: desk.organizationId, addCard };
    }
    const action = {
      kind: 'visit',
      category: 'preMoveIn',
      informationOnly: false,
      startedAt: now,
      minutes: 45,
      note: '内見に同行',
    } as const;

    it('takes cards, and makes people of those they speak of', async () => {
      const { cases, cards, organizationId, addCard } = await seeded();
      const first = await addCard('a.1', '0473912345', {
        principal: { name: '見守 太郎', phones: ['0473912345'] },
        visitor: { name: '見守 次郎', relationship: '長男' },
      });
      const caseId = await cases.takeCard(organizationId, first, { title: '立退き' }, now);
      assert.ok(typeof caseId === 'number');
      // The same wish again, and a further card of the same case.
      assert.equal(await cases.takeCard(organizationId, first, { title: '立退き' }, now), caseId);
      const second = await addCard('a.2', '0473912345');
      assert.equal(await cases.takeCard(organizationId, second, { caseId }, now), caseId);
      const found = await cases.find(organizationId, caseId);
      assert.deepEqual(
        found?.persons.map(({ role, relationship, content }) => [role, relationship, content.name]),
        [
          ['principal', '', '見守 太郎'],
          ['visitor', '長男', '見守 次郎'],
        ],
      );
      const list = await cards.list(organizationId, { caseId, limit: 10 });
      assert.deepEqual(list.map(({ id }) => id).sort(), [first, second]);
      assert.equal((await cards.find(organizationId, second))?.personId, found.persons[0]?.id);
    });

    it('has people who are found by their number, and changed by one at a time', async () => {
      const { cases, persons, organizationId } = await seeded();
      const caseId = await cases.add(organizationId, '入居', now);
      const person = { name: '見守 花子', phones: ['0473912345', '0473912345'] };
      const put = { person, role: 'principal', relationship: '' } as const;
      const personId = await cases.putPerson(organizationId, caseId, put, now);
      assert.ok(typeof personId === 'number');
      assert.deepEqual(
        (await persons.findByNumber(organizationId, '0473912345')).map(({ id }) => id),
        [personId],
      );
      const change = { version: 1, person: { phones: ['0473900000'] }, now };
      const changed = await persons.change(organizationId, personId, change);
      assert.deepEqual(changed && [changed.content.name, changed.version], ['見守 花子', 2]);
      assert.equal(await persons.change(organizationId, personId, change), false);
      assert.deepEqual(await persons.findByNumber(organizationId, '0473912345'), []);
    });

    it('keeps what was done, whom it went to and the leases, and counts them', async () => {
      const { cases, support, referrals, counts, cards, organizationId, desk, addCard } = await seeded();
      const content = { triage: 'standard', mainTrouble: 'eviction', freeText: '話' };
      const cardId = await addCard('a.1', '0473912345', content);
      const caseId = await cases.takeCard(organizationId, cardId, { title: '立退き' }, now);
      assert.ok(typeof caseId === 'number');
      await cards.finish(organizationId, cardId, { version: 2, by: desk.counsellorId, now });
      await addCard('a.2', '0473912345', content);
      await support.addAction(organizationId, caseId, { ...action, workerId: desk.counsellorId }, now);
      const destination = {
        name: '自立相談支援センター',
        kind: 'selfReliance',
        phone: '0473660077',
        note: '',
      } as const;
      const destinationId = await referrals.addDestination(organizationId, destination, now);
      const referral = {
        destinationId,
        told: '家賃のこと',
        consent: 'spoken',
        askedOn: '2026-11-24',
        answerDueOn: '2026-12-01',
        askedBy: desk.counsellorId,
      } as const;
      const added = await referrals.add(organizationId, caseId, referral, now);
      assert.ok(added.kind === 'added');
      assert.deepEqual(
        (await referrals.open(organizationId, 10)).map(({ destinationName }) => destinationName),
        ['自立相談支援センター'],
      );
      await referrals.removeDestination(organizationId, destinationId);
      const answer = { result: 'accepted', answeredOn: '2026-11-30', answer: '面談します' } as const;
      assert.equal(await referrals.answer(organizationId, added.id, answer), true);
      assert.deepEqual(await referrals.open(organizationId, 10), []);
      const lease = { signedOn: '2026-11-30', address: '松戸市小根本', landlord: '', note: '' };
      const kept = await support.addLease(organizationId, caseId, lease, now);
      const mistaken = await support.addLease(organizationId, caseId, lease, now);
      assert.ok(kept.kind === 'added' && mistaken.kind === 'added');
      assert.equal(await support.voidLease(organizationId, mistaken.id, now), true);
      assert.equal(await support.voidLease(organizationId, mistaken.id, now), false);

      const report = await counts.year(organizationId, 'Asia/Tokyo', 2026);
      const { contactCount, personCount, handledCount, leaseCount, unfinished } = report.year;
      assert.deepEqual([contactCount, personCount, handledCount, leaseCount, unfinished], [1, 1, 1, 1, 1]);
      const day = await counts.between(organizationId, 'Asia/Tokyo', '2026-11-24', '2026-11-24');
      assert.deepEqual([day.contactCount, day.handledCount, day.leaseCount], [1, 1, 0]);
      assert.equal(
        (await counts.between(organizationId, 'Asia/Tokyo', '2026-11-25', '2026-11-30')).contactCount,
        0,
      );
      const rules = { ...usualRules, consultations: { ...usualRules.consultations, countDrafts: true } };
      const first = await Promise.all(
        [1, 2].map(() => counts.changeRules(organizationId, { version: 0, rules }, now)),
      );
      assert.deepEqual(first.sort(), [false, true]);
      assert.equal(await counts.changeRules(organizationId, { version: 1, rules }, now), true);
      assert.equal(await counts.changeRules(organizationId, { version: 1, rules }, now), false);
      const all = (await counts.year(organizationId, 'Asia/Tokyo', 2026)).year;
      assert.deepEqual([all.contactCount, all.personCount], [2, 1]);
    });

    it('and all that belongs to it is not there for another organization', async () => {
      const { database, cases, persons, support, referrals, counts, organizationId, desk, addCard } =
        await seeded();
      const other = await seedDesk(database, codec);
      const theirs = other.organizationId;
      const cardId = await addCard('a.1', '0473912345', { principal: { phones: ['0473912345'] } });
      const caseId = await cases.takeCard(organizationId, cardId, { title: '立退き' }, now);
      assert.ok(typeof caseId === 'number');
      const personId = (await cases.find(organizationId, caseId))?.persons[0]?.id ?? 0;
      const theirCase = await cases.add(theirs, '他団体', now);
      const destination = { name: '市役所', kind: 'municipality', phone: '', note: '' } as const;
      const ourDestination = await referrals.addDestination(organizationId, destination, now);
      const role = 'principal' as const;

      assert.equal(await cases.find(theirs, caseId), undefined);
      assert.deepEqual(
        (await cases.list(theirs, { limit: 10 })).map(({ id }) => id),
        [theirCase],
      );
      assert.equal(await cases.change(theirs, caseId, { state: 'closed' }, now), false);
      assert.equal(await cases.takeCard(theirs, cardId, { caseId: theirCase }, now), 'notFound');
      assert.deepEqual(await cases.takeCard(organizationId, cardId, { caseId: theirCase }, now), {
        kind: 'badReference',
        field: 'caseId',
      });
      assert.equal(
        await cases.putPerson(theirs, caseId, { person: {}, role, relationship: '' }, now),
        'notFound',
      );
      assert.deepEqual(await cases.putPerson(theirs, theirCase, { personId, role, relationship: '' }, now), {
        kind: 'badReference',
        field: 'personId',
      });
      assert.equal(await persons.find(theirs, personId), undefined);
      assert.deepEqual(await persons.findByNumber(theirs, '0473912345'), []);
      assert.equal(await persons.change(theirs, personId, { version: 1, person: {}, now }), false);
      assert.equal(await support.actionsOf(theirs, caseId), undefined);
      assert.equal(await support.leasesOf(theirs, caseId), undefined);
      assert.equal(await referrals.ofCase(theirs, caseId), undefined);
      const asWorker = { ...action, workerId: other.counsellorId };
      assert.equal((await support.addAction(theirs, caseId, asWorker, now)).kind, 'notFound');
      assert.equal((await support.addAction(organizationId, caseId, asWorker, now)).kind, 'badReference');
      const referral = {
        told: 'x',
        consent: 'spoken',
        askedOn: '2026-11-24',
        askedBy: other.counsellorId,
      } as const;
      assert.deepEqual(
        await referrals.add(theirs, theirCase, { ...referral, destinationId: ourDestination }, now),
        {
          kind: 'badReference',
          field: 'destinationId',
        },
      );
      assert.equal(await referrals.changeDestination(theirs, ourDestination, destination), false);
      assert.equal(await referrals.removeDestination(theirs, ourDestination), false);
      await support.addAction(organizationId, caseId, { ...action, workerId: desk.counsellorId }, now);
      assert.equal((await counts.year(theirs, 'Asia/Tokyo', 2026)).year.handledCount, 0);
    });

    it('leads to a check-in subscriber, once, and both know of each other', async () => {
      const { database, cases, cards, persons, enrolments, organizationId, desk, addCard } = await seeded();
      const cardId = await addCard('a.1', '0473912345', {
        principal: { name: '見守 太郎', kana: 'ミマモリ', phones: ['0473912345'] },
      });
      await cases.takeCard(organizationId, cardId, { title: '見守り' }, now);
      const enrolment = enrolmentFields.parse({
        by: desk.counsellorId,
        stationId: desk.stationId,
        memberNumber: '2001',
        plan: { kind: 'weekly', days: [4, 2], time: '09:00' },
      });
      const enrolled = await enrolments.enrol(organizationId, cardId, enrolment, now);
      assert.ok(enrolled.kind === 'enrolled');
      const { subscriberId } = enrolled;
      const again = await enrolments.enrol(organizationId, cardId, enrolment, now);
      assert.deepEqual(again, { kind: 'already', subscriberId });
      const card = await cards.find(organizationId, cardId);
      assert.equal(card?.subscriberId, subscriberId);
      assert.equal((await persons.find(organizationId, card.personId ?? 0))?.subscriberId, subscriberId);
      const plan = await database('check_in_plans')
        .where({ subscriber_id: subscriberId })
        .first<{ weekdays: string; time: string }>();
      assert.deepEqual([plan.weekdays, plan.time], ['[2,4]', '09:00']);
      const person = await database('subscribers')
        .where({ id: subscriberId })
        .first<{ kana: string; enrolled_on: string }>();
      assert.deepEqual([codec.decode(person.kana), person.enrolled_on], ['みまもり', '2026-11-24']);
    });

    it('enrols nobody without a name and a number to call, nor under another’s member number', async () => {
      const { database, enrolments, organizationId, desk, addCard } = await seeded();
      const enrolment = enrolmentFields.parse({
        by: desk.counsellorId,
        stationId: desk.stationId,
        memberNumber: '2001',
        plan: { kind: 'daily', time: '09:00' },
      });
      const nameless = await addCard('a.1', '', { principal: { phones: ['0120386117'] } });
      const refused = await enrolments.enrol(organizationId, nameless, enrolment, now);
      assert.ok(refused.kind === 'incomplete');
      assert.deepEqual(refused.problems.map(({ field }) => field).sort(), ['name', 'phones.0.number']);
      const first = await addCard('a.2', '', { principal: { name: '甲', phones: ['0473912345'] } });
      assert.equal((await enrolments.enrol(organizationId, first, enrolment, now)).kind, 'enrolled');
      const second = await addCard('a.3', '', { principal: { name: '乙', phones: ['0473912346'] } });
      const taken = await enrolments.enrol(organizationId, second, enrolment, now);
      assert.ok(taken.kind === 'incomplete');
      assert.equal(taken.problems[0]?.field, 'memberNumber');
      const other = await seedDesk(database, codec);
      const elsewhere = { ...enrolment, stationId: other.stationId, memberNumber: '2002' };
      assert.deepEqual(await enrolments.enrol(organizationId, second, elsewhere, now), {
        kind: 'badReference',
        field: 'stationId',
      });
      assert.equal((await enrolments.enrol(other.organizationId, second, elsewhere, now)).kind, 'notFound');
      assert.equal((await database('subscribers').select('id')).length, 1);
    });
  });
});
