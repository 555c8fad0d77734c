import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isDialable, parseCallTarget, parsePhoneNumber } from '../../src/subscribers/phone-number.js';

describe('phone number', () => {
  for (const [text, number, kind] of [
    ['0473912345', '0473912345', 'landline'],
    ['047-391-2345', '0473912345', 'landline'],
    ['０４７－３９１－２３４５', '0473912345', 'landline'],
    ['047ー391ー2345', '0473912345', 'landline'],
    ['047ｰ391ｰ2345', '0473912345', 'landline'],
    ['047‐391‐2345', '0473912345', 'landline'],
    ['047―391―2345', '0473912345', 'landline'],
    ['047−391−2345', '0473912345', 'landline'],
    ['047–391—2345', '0473912345', 'landline'],
    ['047‑391─2345', '0473912345', 'landline'],
    ['（047）391-2345', '0473912345', 'landline'],
    ['047(391)2345', '0473912345', 'landline'],
    ['　047 391\u00a02345 ', '0473912345', 'landline'],
    ['+81 47-391-2345', '0473912345', 'landline'],
    ['＋81-(0)47-391-2345', '0473912345', 'landline'],
    ['03-1234-5678', '0312345678', 'landline'],
    ['090-1234-5678', '09012345678', 'mobile'],
    ['080-1234-5678', '08012345678', 'mobile'],
    ['070-1234-5678', '07012345678', 'mobile'],
    ['060-1234-5678', '06012345678', 'mobile'],
    ['+819012345678', '09012345678', 'mobile'],
    ['050-1234-5678', '05012345678', 'ip'],
    ['0120-386-117', '0120386117', 'tollFree'],
    ['0800-123-4567', '08001234567', 'tollFree'],
  ] as const) {
    it(`reads ${JSON.stringify(text)} as the ${kind} number ${number}`, () => {
      assert.deepEqual(parsePhoneNumber(text), { ok: true, number, kind });
    });
  }

  for (const [text, number, kind] of [
    ['473912345', '0473912345', 'landline'],
    ['４７３９１２３４５', '0473912345', 'landline'],
    ['312345678', '0312345678', 'landline'],
    ['9012345678', '09012345678', 'mobile'],
    ['8012345678', '08012345678', 'mobile'],
    ['7012345678', '07012345678', 'mobile'],
    ['5012345678', '05012345678', 'ip'],
  ] as const) {
    it(`puts the lost 0 back into ${text} and says so`, () => {
      assert.deepEqual(parsePhoneNumber(text), { ok: true, number, kind, restoredZero: true });
    });
  }

  for (const [text, reason] of [
    ['', 'empty'],
    ['　', 'empty'],
    ['なし', 'unreadable'],
    ['-', 'unreadable'],
    ['①047-391-2345', 'unreadable'],
    ['047-391-2345 内線3', 'unreadable'],
    ['="0473912345"', 'unreadable'],
    ['9.01235E+10', 'excelExponent'],
    ['110', 'shortCode'],
    ['１１９', 'shortCode'],
    ['118', 'shortCode'],
    ['104', 'shortCode'],
    ['171', 'shortCode'],
    ['184-047-391-2345', 'dialPrefix'],
    ['186 047 391 2345', 'dialPrefix'],
    ['0077-7391-2345', 'dialPrefix'],
    ['+1 202 555 0123', 'international'],
    ['010-1-202-555-0123', 'international'],
    ['0101234567', 'international'],
    ['0570-012-345', 'navidial'],
    ['570012345', 'navidial'],
    ['020-1234-5678', 'pager'],
    ['0990-123-456', 'premium'],
    ['120386117', 'leadingZeroMissing'],
    ['8001234567', 'leadingZeroMissing'],
    ['6012345678', 'leadingZeroMissing'],
    ['47-391-2345', 'leadingZeroMissing'],
    ['391-2345', 'invalid'],
    ['047-391-234', 'invalid'],
    ['090-1234-567', 'invalid'],
    ['047-391-23456', 'invalid'],
    ['047-391-2345 090-1234-5678', 'invalid'],
    ['81473912345', 'invalid'],
    ['+81', 'invalid'],
    ['+81 110', 'invalid'],
    ['9110', 'invalid'],
  ] as const) {
    it(`refuses ${JSON.stringify(text)} as ${reason}`, () => {
      assert.deepEqual(parsePhoneNumber(text), { ok: false, reason });
    });
  }

  it('refuses toll-free numbers as call targets only', () => {
    for (const text of ['0120-386-117', '0800-123-4567']) {
      assert.equal(parsePhoneNumber(text).ok, true);
      assert.deepEqual(parseCallTarget(text), { ok: false, reason: 'tollFree' });
    }
    assert.deepEqual(parseCallTarget('090-1234-5678'), { ok: true, number: '09012345678', kind: 'mobile' });
    assert.deepEqual(parseCallTarget('119'), { ok: false, reason: 'shortCode' });
  });

  it('lets the dialler call only full domestic numbers of people', () => {
    for (const number of [
      '0473912345',
      '0312345678',
      '0119123456',
      '09012345678',
      '06012345678',
      '05012345678',
    ]) {
      assert.equal(isDialable(number), true, number);
    }
    for (const number of [
      ...[
        '',
        '110',
        '119',
        '104',
        '473912345',
        '+81473912345',
        '047-391-2345',
        '0473912345\n',
        ' 0473912345',
      ],
      ...['0120386117', '08001234567', '0570012345', '02012345678', '0201234567', '0990123456', '0180995555'],
      ...['0101234567', '01012025550', '0077123456', '0901234567', '04739123456', '０４７３９１２３４５'],
    ]) {
      assert.equal(isDialable(number), false, JSON.stringify(number));
    }
  });

  const digitsLike = fc.string({
    unit: fc.constantFrom(...Array.from('0123456789０９-－ー ()+')),
    maxLength: 16,
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), digitsLike), (text) => {
        parsePhoneNumber(text);
        parseCallTarget(text);
      }),
    );
  });

  it('gives out no call target that the last guard would refuse', () => {
    const digits = fc.stringMatching(/^0[1-9][0-9]{8,9}$/);
    fc.assert(
      fc.property(fc.oneof(digitsLike, digits), (text) => {
        const parsed = parsePhoneNumber(text);
        if (parsed.ok) assert.equal(isDialable(parsed.number), parsed.kind !== 'tollFree', parsed.number);
      }),
      { numRuns: 2000 },
    );
  });

  it('never changes a number that was already valid when it looks for a lost 0', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{9,11}$/), (digits) => {
        const parsed = parsePhoneNumber(digits);
        if (!parsed.ok) return;
        assert.equal(parsed.number, parsed.restoredZero ? `0${digits}` : digits);
        assert.equal(parsed.restoredZero ?? false, !digits.startsWith('0'));
        assert.deepEqual(parsePhoneNumber(parsed.number), {
          ok: true,
          number: parsed.number,
          kind: parsed.kind,
        });
      }),
      { numRuns: 2000 },
    );
  });
});
