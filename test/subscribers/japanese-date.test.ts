import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ERAS, parseJapaneseDate } from '../../src/subscribers/japanese-date.js';

describe('Japanese date', () => {
  for (const [text, date] of [
    ['1935-02-03', '1935-02-03'],
    ['1935/2/3', '1935-02-03'],
    ['1935.2.3', '1935-02-03'],
    ['19350203', '1935-02-03'],
    ['1935年2月3日', '1935-02-03'],
    ['1935/2/3 0:00', '1935-02-03'],
    ['1935/02/03 00:00:00', '1935-02-03'],
    ['１９３５年２月３日', '1935-02-03'],
    ['１９３５－２－３', '1935-02-03'],
    ['昭和10年2月3日', '1935-02-03'],
    ['昭和 10年 2月 3日', '1935-02-03'],
    ['昭和１０年２月３日', '1935-02-03'],
    ['昭10.2.3', '1935-02-03'],
    ['㍼10年2月3日', '1935-02-03'],
    ['昭和12.3.4', '1937-03-04'],
    ['S12/3/4', '1937-03-04'],
    ['s12.3.4', '1937-03-04'],
    ['Ｓ12-3-4', '1937-03-04'],
    ['S.12.3.4', '1937-03-04'],
    ['大正15年12月24日', '1926-12-24'],
    ['昭和元年12月25日', '1926-12-25'],
    ['明治45年7月29日', '1912-07-29'],
    ['T1.7.30', '1912-07-30'],
    ['明治6年1月1日', '1873-01-01'],
    ['昭和64年1月7日', '1989-01-07'],
    ['H1.1.8', '1989-01-08'],
    ['平成31年4月30日', '2019-04-30'],
    ['令和元年5月1日', '2019-05-01'],
    ['R1.5.1', '2019-05-01'],
    ['昭和11年2月29日', '1936-02-29'],
    ['2000-02-29', '2000-02-29'],
  ] as const) {
    it(`reads ${text} as ${date}`, () => {
      assert.deepEqual(parseJapaneseDate(text), { ok: true, date });
    });
  }

  for (const [text, reason] of [
    ['', 'empty'],
    ['　', 'empty'],
    ['不明', 'unreadable'],
    ['昭和10年', 'unreadable'],
    ['昭和', 'unreadable'],
    ['元年5月1日', 'unreadable'],
    ['1935-2/3', 'unreadable'],
    ['慶応3年1月1日', 'unreadable'],
    ['昭和64.1.8', 'outsideEra'],
    ['平成元年1月7日', 'outsideEra'],
    ['平成31年5月1日', 'outsideEra'],
    ['令和元年4月30日', 'outsideEra'],
    ['大正15年12月25日', 'outsideEra'],
    ['昭和元年12月24日', 'outsideEra'],
    ['明治45年7月30日', 'outsideEra'],
    ['明治5年12月2日', 'outsideEra'],
    ['昭和0年1月1日', 'outsideEra'],
    ['昭和1935年1月1日', 'outsideEra'],
    ['昭和10年2月29日', 'noSuchDay'],
    ['1935-13-01', 'noSuchDay'],
    ['1935-00-10', 'noSuchDay'],
    ['1935-04-31', 'noSuchDay'],
    ['1900-02-29', 'noSuchDay'],
    ['0035-02-03', 'outOfRange'],
    ['1835-02-03', 'outOfRange'],
    ['35/2/3', 'yearUnclear'],
    ['10.2.3', 'yearUnclear'],
    ['2/3/1935', 'unreadable'],
    ['350203', 'yearUnclear'],
    ['12345', 'excelSerial'],
    ['１２８１８', 'excelSerial'],
    ['9876', 'excelSerial'],
    ['12345.5', 'excelSerial'],
  ] as const) {
    it(`refuses ${JSON.stringify(text)} as ${reason}`, () => {
      assert.deepEqual(parseJapaneseDate(text), { ok: false, reason });
    });
  }

  it('never throws, whatever the text', () => {
    const dateLike = fc.string({
      unit: fc.constantFrom(...Array.from('0123456789元年月日昭和SH./-　')),
      maxLength: 14,
    });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), dateLike), (text) => {
        parseJapaneseDate(text);
      }),
    );
  });

  it('reads every day back from every notation of its era', () => {
    const days = fc.date({ min: new Date('1873-01-01'), max: new Date('2100-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (day) => {
        const date = day.toISOString().slice(0, 10);
        const era = ERAS.find(({ from, to }) => date >= from && date <= to);
        assert.ok(era, 'the eras leave no gap');
        const [year, month, dayOfMonth] = date.split('-').map(Number) as [number, number, number];
        const eraYear = year - era.offset;
        for (const text of [
          ...[date, date.replaceAll('-', ''), `${year}/${month}/${dayOfMonth}`],
          ...[
            `${era.name}${eraYear}年${month}月${dayOfMonth}日`,
            `${era.name}${eraYear}.${month}.${dayOfMonth}`,
          ],
          ...[
            `${era.letter}${eraYear}/${month}/${dayOfMonth}`,
            `${era.letter.toLowerCase()}${eraYear}-${month}-${dayOfMonth}`,
          ],
          `${era.name}${eraYear === 1 ? '元' : eraYear}年${month}月${dayOfMonth}日`,
        ]) {
          assert.deepEqual(parseJapaneseDate(text), { ok: true, date }, text);
        }
      }),
      { numRuns: 500 },
    );
  });
});
