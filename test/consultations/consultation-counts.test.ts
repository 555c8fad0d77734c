import assert from 'node:assert/strict';
import {
  boundsOfFiscalYear,
  countBetween,
  countYear,
  type CountFacts,
} from '../../src/consultations/consultation-counts.js';
import { describeRules, readCountingRules, usualRules } from '../../src/consultations/counting-rules.js';

type Contact = CountFacts['contacts'][number];

const nothing: CountFacts = { contacts: [], actions: [], referrals: [], leases: [], principals: new Map() };
let cardId = 0;
const contact = (on: string, more: Partial<Contact> = {}): Contact => ({
  cardId: ++cardId,
  on,
  state: 'finished',
  channel: 'phone',
  triage: 'standard',
  personId: undefined,
  numberLookup: '',
  ...more,
});
const april = ['2026-04-01', '2026-04-30'] as const;
const count = (facts: Partial<CountFacts>, rules = usualRules) =>
  countBetween({ ...nothing, ...facts }, rules, ...april);

describe('the counts of consultations', () => {
  it('keep contacts and persons apart', () => {
    const contacts = [
      contact('2026-04-01', { personId: 1, numberLookup: 'a' }),
      contact('2026-04-30', { personId: 1, numberLookup: 'b' }),
      // The number is one that only person 1 called from.
      contact('2026-04-02', { numberLookup: 'a' }),
      contact('2026-04-03', { numberLookup: 'c' }),
      contact('2026-04-04', { numberLookup: 'c' }),
      // Two who hide their number and their name may be two people.
      contact('2026-04-05'),
      contact('2026-04-06'),
      contact('2026-05-01'),
      contact('2026-03-31'),
    ];
    const { contactCount, personCount } = count({ contacts });
    assert.deepEqual([contactCount, personCount], [7, 4]);
  });

  it('take no shared number for a person', () => {
    const contacts = [
      contact('2026-04-01', { personId: 1, numberLookup: 'home' }),
      contact('2026-04-02', { personId: 2, numberLookup: 'home' }),
      contact('2026-04-03', { numberLookup: 'home' }),
    ];
    assert.equal(count({ contacts }).personCount, 3);
  });

  it('leave drafts out, say how many, and count them when the rules say so', () => {
    const contacts = [contact('2026-04-01'), contact('2026-04-01', { state: 'draft', triage: undefined })];
    const { contactCount, unfinished } = count({ contacts });
    assert.deepEqual([contactCount, unfinished], [1, 1]);
    const rules = { ...usualRules, consultations: { ...usualRules.consultations, countDrafts: true } };
    assert.equal(count({ contacts }, rules).contactCount, 2);
  });

  it('count what came by the ways, and with the urgencies, of the rules', () => {
    const contacts = [
      contact('2026-04-01', { channel: 'visit' }),
      contact('2026-04-01', { triage: 'information' }),
      contact('2026-04-01'),
    ];
    const consultations = {
      countDrafts: false,
      channels: ['phone' as const],
      triages: ['standard' as const, 'urgent' as const, 'immediate' as const],
    };
    assert.equal(count({ contacts }, { ...usualRules, consultations }).contactCount, 1);
  });

  it('call a case handled after one action beyond information, and once', () => {
    const action = { on: '2026-04-10', kind: 'phone', informationOnly: false } as const;
    const facts = {
      actions: [
        { ...action, caseId: 1 },
        { ...action, caseId: 1, kind: 'visit' as const },
        { ...action, caseId: 2, informationOnly: true },
        { ...action, caseId: 3, on: '2026-05-01' },
      ],
      referrals: [{ caseId: 4, on: '2026-04-11' }],
      principals: new Map([[1, [7, 8]]]),
    };
    const { handledCount, handledPersonCount } = count(facts);
    assert.deepEqual([handledCount, handledPersonCount], [1, 2]);
    const rules = {
      ...usualRules,
      handled: { actionKinds: ['phone' as const], countInformationOnly: true, countReferrals: true },
    };
    assert.equal(count(facts, rules).handledCount, 3);
  });

  it('count each signed lease, and the people who have one', () => {
    const lease = { caseId: 1, on: '2026-04-10', personId: undefined };
    const leases = [lease, { ...lease, on: '2026-04-20' }, { ...lease, caseId: 2, personId: 9 }];
    const { leaseCount, leasePersonCount } = count({ leases, principals: new Map([[1, [7]]]) });
    assert.deepEqual([leaseCount, leasePersonCount], [3, 2]);
  });

  it('make a year of twelve months, in which a person is one person', () => {
    const contacts = ['2026-04-01', '2026-05-01', '2027-03-31', '2027-04-01'].map((on) =>
      contact(on, { personId: 1 }),
    );
    const report = countYear({ ...nothing, contacts }, usualRules, 2026);
    assert.deepEqual([report.months[0]?.month, report.months[11]?.month], ['2026-04', '2027-03']);
    assert.deepEqual(
      report.months
        .filter(({ contactCount }) => contactCount > 0)
        .map(({ month, personCount }) => [month, personCount]),
      [
        ['2026-04', 1],
        ['2026-05', 1],
        ['2027-03', 1],
      ],
    );
    assert.deepEqual([report.year.contactCount, report.year.personCount], [3, 1]);
  });

  it('let a fiscal year begin in any month', () => {
    const bounds = (yearStartsInMonth: number) =>
      boundsOfFiscalYear(2026, { ...usualRules, yearStartsInMonth });
    assert.deepEqual(bounds(1), { from: '2026-01-01', until: '2026-12-31' });
    assert.deepEqual(bounds(12), { from: '2026-12-01', until: '2027-11-31' });
  });
});

describe('the counting rules', () => {
  it('are told in words, each figure by itself', () => {
    const texts = describeRules(usualRules);
    assert.match(texts.contactCount, /相談件数（延べ）.*書き終えた相談票/);
    assert.match(texts.personCount, /実人数/);
    assert.match(texts.handledCount, /情報提供だけではない対応（種別：すべて）が1回以上/);
    assert.match(texts.leaseCount, /成約件数/);
    const handled = { actionKinds: ['visit' as const], countInformationOnly: true, countReferrals: true };
    assert.match(describeRules({ ...usualRules, handled }).handledCount, /種別：訪問）、または、つなぎ/);
  });

  it('are refused with the field named when they cannot be used', () => {
    for (const [rules, field] of [
      [{ ...usualRules, yearStartsInMonth: 13 }, 'yearStartsInMonth'],
      [{ ...usualRules, extra: 1 }, 'extra'],
      [
        { ...usualRules, consultations: { ...usualRules.consultations, channels: [] } },
        'consultations.channels',
      ],
      [{ ...usualRules, targets: undefined }, 'targets'],
    ] as const) {
      const reading = readCountingRules(rules);
      assert.ok(!reading.ok);
      assert.equal(reading.problems[0]?.field, field);
    }
    assert.ok(readCountingRules(JSON.parse(JSON.stringify(usualRules))).ok);
  });
});
