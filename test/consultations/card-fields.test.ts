import assert from 'node:assert/strict';
import {
  cardDraftFields,
  cardLabels,
  mergeContent,
  missingForFinish,
  numberOfCard,
  readCardDraft,
} from '../../src/consultations/card-fields.js';
import { describeProblems } from '../../src/consultations/read-fields.js';
import { triages, triageWords } from '../../src/consultations/triage.js';

function accepted(draft: unknown) {
  const reading = readCardDraft(draft);
  assert.ok(reading.ok, reading.ok ? '' : describeProblems(reading.problems));
  return reading.value;
}

describe('the fields of a consultation card', () => {
  it('take a whole card, with dates in Japanese years and numbers as people write them', () => {
    const card = accepted({
      receivedAt: '2026-11-24T10:05:00+09:00',
      receivedBy: 3,
      channel: 'phone',
      triage: 'urgent',
      callerNumber: '０４７−３９１−２３４５',
      principal: { name: '見守 太郎', birthDate: '昭和15年3月2日', phones: ['090-1234-5678'], sex: 'male' },
      visitor: { name: '見守 次郎', relationship: '長男' },
      needsAttributes: ['elderly', 'lowIncome', 'elderly'],
      mainTrouble: 'eviction',
      otherTroubles: ['noGuarantor'],
      wishes: { area: '松戸駅から徒歩圏', rentLimitYen: 45_000, layouts: ['oneRoom'], elevatorNeeded: true },
      situation: { leaveBy: '令和8年12月20日', publicAssistance: 'yes', careLevel: 'support1' },
      wishesCheckIn: true,
      consents: [{ to: 'realEstateAgent', what: ['name', 'wishes'], form: 'spoken', on: '2026/11/24' }],
    });
    assert.deepEqual(
      [card.principal?.birthDate, card.situation?.leaveBy, card.consents?.[0]?.on],
      ['1940-03-02', '2026-12-20', '2026-11-24'],
    );
    assert.deepEqual([card.callerNumber, card.principal?.phones], ['0473912345', ['09012345678']]);
    assert.deepEqual(card.needsAttributes, ['elderly', 'lowIncome']);
  });

  for (const [what, draft, field, said] of [
    [
      'too long a text',
      { freeText: 'あ'.repeat(34_000) },
      'freeText',
      '10,000文字までです（いま34,000文字）',
    ],
    ['100 kB of text', { freeText: 'x'.repeat(100 * 1024) }, 'freeText', '相談内容は、10,000文字までです'],
    ['a field that is not known', { freeTexts: 'a' }, 'freeTexts', '様式にありません'],
    ['one inside a part', { wishes: { colour: 'a' } }, 'wishes.colour', '様式にありません'],
    [
      'a day that is not there',
      { principal: { birthDate: '2026-02-30' } },
      'principal.birthDate',
      'その日はありません',
    ],
    ['a year of two digits', { situation: { leaveBy: '8/12/20' } }, 'situation.leaveBy', '元号'],
    ['an emergency number', { principal: { phones: ['110'] } }, 'principal.phones.0', '短い番号'],
    ['a rent below nothing', { wishes: { rentLimitYen: -1 } }, 'wishes.rentLimitYen', '0から1,000,000円'],
    ['half a room-mate', { wishes: { householdSize: 1.5 } }, 'wishes.householdSize', '整数'],
    ['a need that is not on the list', { needsAttributes: ['rich'] }, 'needsAttributes.0', '次のどれか'],
    ['a triage of one’s own', { triage: 'panic' }, 'triage', '緊急度は、次のどれか'],
    ['text for a list', { consents: 'all' }, 'consents', '一覧'],
    ['a number for text', { freeText: 5 }, 'freeText', '文字で'],
    ['six phones', { principal: { phones: Array(6).fill('0473912345') } }, 'principal.phones', '5件まで'],
    ['a mail address without an @', { principal: { mail: 'taro' } }, 'principal.mail', '形に'],
    ['a time without an offset', { receivedAt: '2026-11-24T10:05:00' }, 'receivedAt', '受付日時'],
    ['no card at all', [], '', '内容は'],
  ] as const) {
    it(`refuse ${what}, and name the field`, () => {
      const reading = readCardDraft(draft);
      assert.ok(!reading.ok);
      assert.equal(reading.problems[0]?.field, field);
      assert.ok(describeProblems(reading.problems).includes(said), describeProblems(reading.problems));
    });
  }

  it('never repeat what was written into them', () => {
    const reading = readCardDraft({
      principal: { phones: ['見守太郎'], birthDate: '見守太郎' },
      triage: '見守太郎',
    });
    assert.ok(!reading.ok);
    assert.doesNotMatch(JSON.stringify(reading.problems), /見守太郎/);
  });

  it('keep scripts and markup as the plain text that they are, and leave out what nobody sees', () => {
    const { freeText } = accepted({ freeText: '<script>alert(1)</script>\r\n**太字**\u202E\u0000 {{7*7}} ' });
    assert.equal(freeText, '<script>alert(1)</script>\n**太字** {{7*7}}');
    assert.equal(accepted({ freeText: `a\uD800b` }).freeText, 'ab');
  });

  it('keep odd numbers that the exchange showed', () => {
    assert.equal(accepted({ callerNumber: '14155550123' }).callerNumber, '14155550123');
  });

  it('all have a name that people read', () => {
    const { principal, visitor, wishes, situation, consents } = cardDraftFields.shape;
    const names = [
      ...Object.keys(cardDraftFields.shape),
      ...Object.keys(principal.unwrap().shape),
      ...Object.keys(visitor.unwrap().unwrap().shape),
      ...Object.keys(wishes.unwrap().shape),
      ...Object.keys(situation.unwrap().shape),
      ...Object.keys(consents.unwrap().element.shape),
    ];
    assert.deepEqual(
      names.filter((name) => cardLabels[name] === undefined),
      [],
    );
  });
});

describe('a draft', () => {
  it('changes what it names and leaves the rest', () => {
    const before = {
      freeText: '長い話',
      principal: { name: '見守 太郎', kana: 'みまもり' },
      visitor: { name: '次郎' },
    };
    const after = mergeContent(before, {
      principal: { name: '見守 花子' },
      mainTrouble: 'eviction',
      triage: 'urgent',
    });
    assert.deepEqual(after, {
      freeText: '長い話',
      principal: { name: '見守 花子', kana: 'みまもり' },
      visitor: { name: '次郎' },
      mainTrouble: 'eviction',
    });
    assert.equal(mergeContent(after, { visitor: null }).visitor, null);
  });

  it('is found by the caller’s number, else by the first that was given', () => {
    assert.equal(numberOfCard({}), undefined);
    assert.equal(numberOfCard({ principal: { phones: ['0473912345'] } }), '0473912345');
    assert.equal(
      numberOfCard({ callerNumber: '0473900000', principal: { phones: ['0473912345'] } }),
      '0473900000',
    );
  });

  for (const [what, card, missing] of [
    [
      'an empty one',
      { receivedBy: undefined, triage: undefined, content: {} },
      ['receivedBy', 'triage', 'mainTrouble', 'freeText'],
    ],
    ['a mere question', { receivedBy: 1, triage: 'information', content: { freeText: '受付時間' } }, []],
    [
      'a whole one',
      { receivedBy: 1, triage: 'urgent', content: { freeText: '話', mainTrouble: 'eviction' } },
      [],
    ],
  ] as const) {
    it(`of ${what} lacks ${missing.join(', ') || 'nothing'}`, () => {
      assert.deepEqual(
        missingForFinish(card).map(({ field }) => field),
        [...missing],
      );
    });
  }
});

describe('the triage', () => {
  it('has words to say for what cannot wait: 119, 110 and the municipality', () => {
    const said = triageWords.immediate.say.join();
    for (const word of ['119番', '110番', '市役所']) assert.ok(said.includes(word));
    assert.deepEqual(Object.keys(triageWords), [...triages]);
  });
});
