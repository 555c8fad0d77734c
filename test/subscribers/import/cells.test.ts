import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CellValue } from '../../../src/subscribers/import/cell-value.js';
import {
  parsePolicyPreset,
  parseRingSeconds,
  parseSpeechRate,
  parseToneProfile,
} from '../../../src/subscribers/import/choice-cells.js';
import {
  parseKana,
  parseMemberNumber,
  parseName,
  parseNotes,
} from '../../../src/subscribers/import/person-cells.js';
import {
  parseBirthDate,
  parseDateCell,
  parsePhoneCell,
} from '../../../src/subscribers/import/phone-and-date-cells.js';
import { parseDays, parseTime } from '../../../src/subscribers/import/plan-cells.js';

type Parse = (text: string) => CellValue<unknown>;
const parseBirth: Parse = (text) => parseBirthDate(text, '2026-11-23');
const weekly = (...days: number[]): unknown => ({ kind: 'weekly', days });

const ACCEPTED: [Parse, string, unknown][] = [
  [parseDays, '火', weekly(2)],
  [parseDays, '火曜', weekly(2)],
  [parseDays, '火曜日', weekly(2)],
  [parseDays, '（火）', weekly(2)],
  [parseDays, '月・木', weekly(1, 4)],
  [parseDays, '木･月', weekly(1, 4)],
  [parseDays, '月、水、金', weekly(1, 3, 5)],
  [parseDays, '月,水,金', weekly(1, 3, 5)],
  [parseDays, '月木', weekly(1, 4)],
  [parseDays, '月曜日木曜日', weekly(1, 4)],
  [parseDays, '日', weekly(7)],
  [parseDays, '土日', weekly(6, 7)],
  [parseDays, '日曜・日', weekly(7)],
  [parseDays, 'Mon, thu', weekly(1, 4)],
  [parseDays, '毎日', { kind: 'daily' }],
  [parseDays, 'daily', { kind: 'daily' }],
  [parseTime, '9:00', '09:00'],
  [parseTime, '09:00', '09:00'],
  [parseTime, '9:00:00', '09:00'],
  [parseTime, '９：３０', '09:30'],
  [parseTime, '９時', '09:00'],
  [parseTime, '9時30分', '09:30'],
  [parseTime, '９時５分', '09:05'],
  [parseTime, '10時半', '10:30'],
  [parseTime, '午前9時', '09:00'],
  [parseTime, '午後3時15分', '15:15'],
  [parseTime, '23:59', '23:59'],
  [parseToneProfile, 'プッシュ', 'tone'],
  [parseToneProfile, 'ﾌﾟｯｼｭ', 'tone'],
  [parseToneProfile, 'ダイヤル回線', 'pulse'],
  [parseToneProfile, '黒電話', 'noTone'],
  [parseToneProfile, 'noTone', 'noTone'],
  [parsePolicyPreset, '松戸方式', 'matsudo'],
  [parsePolicyPreset, '当日再発信', 'sameDay'],
  [parsePolicyPreset, 'sameDay', 'sameDay'],
  [parseSpeechRate, 'ふつう', 'normal'],
  [parseSpeechRate, ' ゆっくり ', 'slow'],
  [parseSpeechRate, 'とてもゆっくり', 'slower'],
  [parseRingSeconds, '20', 20],
  [parseRingSeconds, '９０', 90],
  [parseRingSeconds, '45秒', 45],
  [parseMemberNumber, ' ００１２ ', '0012'],
  [parseMemberNumber, '松-12', '松-12'],
  [parseMemberNumber, '=1+1', '=1+1'],
  [parseName, '　髙﨑　ハナ ', '髙﨑　ハナ'],
  [parseName, '葛󠄀城 ふく', '葛󠄀城 ふく'],
  [parseName, '=HYPERLINK("x")', '=HYPERLINK("x")'],
  [parseKana, 'ﾀｶｻｷ ﾊﾅ', 'たかさき はな'],
  [parseKana, 'タカサキ　ハナ', 'たかさき はな'],
  [parseKana, 'ガーデン・ヴィヱ', 'がーでん・ゔぃゑ'],
  [parseKana, 'ｶﾞｰﾃﾞﾝ', 'がーでん'],
  [parseKana, 'たかさき  はな', 'たかさき はな'],
  [parseNotes, ' 耳が遠い。\n娘さん: 同居 ', '耳が遠い。\n娘さん: 同居'],
  [parseNotes, '𠮷'.repeat(2000), '𠮷'.repeat(2000)],
  [parsePhoneCell, '047-391-2345', { number: '0473912345' }],
  [parsePhoneCell, '473912345', { number: '0473912345', restoredFrom: '473912345' }],
  [parsePhoneCell, '+81 90 1234 5678', { number: '09012345678' }],
  [parseDateCell, '昭和10年2月3日', '1935-02-03'],
  [parseBirth, 'S10.2.3', '1935-02-03'],
  [parseBirth, '2026-11-23', '2026-11-23'],
  [parseBirth, '1906-11-23', '1906-11-23'],
];

const REFUSED: [Parse, string, RegExp][] = [
  [parseDays, '', /「火」/],
  [parseDays, '・', /「火」/],
  [parseDays, '平日', /「平日」は読み取れません/],
  [parseDays, '月-木', /読み取れません/],
  [parseDays, '月～金', /読み取れません/],
  [parseDays, '毎日・火', /読み取れません/],
  [parseDays, '火曜日曜', /読み取れません/],
  [parseDays, '2', /読み取れません/],
  [parseTime, '9', /「9:00」/],
  [parseTime, '24:00', /読み取れません/],
  [parseTime, '9:60', /読み取れません/],
  [parseTime, '9:0', /読み取れません/],
  [parseTime, '午後12時', /読み取れません/],
  [parseTime, '午後15時', /読み取れません/],
  [parseTime, '0.375', /読み取れません/],
  [parseTime, '9:00-10:00', /読み取れません/],
  [parseTime, '朝', /「朝」は読み取れません/],
  [parseToneProfile, 'ダイヤル', /「プッシュ」「ダイヤル回線」「黒電話」から/],
  [parsePolicyPreset, '松戸', /「松戸方式」「当日再発信」から/],
  [parseSpeechRate, '速い', /「ふつう」「ゆっくり」「とてもゆっくり」から/],
  [parseRingSeconds, '19', /20から90まで/],
  [parseRingSeconds, '91', /20から90まで/],
  [parseRingSeconds, '45.5', /20から90まで/],
  [parseRingSeconds, '長め', /20から90まで/],
  [parseMemberNumber, '00 12', /空白/],
  [parseMemberNumber, '1'.repeat(41), /40文字まで/],
  [parseName, '田中\u0007ハナ', /制御文字/],
  [parseName, '田中\nハナ', /改行/],
  [parseName, '田中\u202eハナ', /制御文字/],
  [parseName, '田\ue000ハナ', /外字/],
  [parseName, 'あ'.repeat(101), /100文字まで/],
  [parseKana, '高崎 はな', /ひらがなかカタカナ/],
  [parseKana, 'hana', /ひらがなかカタカナ/],
  [parseNotes, 'あ'.repeat(2001), /2001文字.*2000文字まで/],
  [parseNotes, '\u001b[31m赤', /制御文字/],
  [parsePhoneCell, '119', /3桁の番号/],
  [parsePhoneCell, '0120-386-117', /0120/],
  [parsePhoneCell, '0570-012-345', /0570/],
  [parsePhoneCell, '+1 202 555 0123', /海外/],
  [parsePhoneCell, '9.01E+10', /文字列/],
  [parseDateCell, '12345', /書式を「日付」/],
  [parseDateCell, '昭和64年1月8日', /元号/],
  [parseBirth, '2026-11-24', /きょうより後/],
  [parseBirth, '1906-11-22', /120歳/],
];

describe('import cells', () => {
  for (const [parse, text, value] of ACCEPTED) {
    it(`${parse.name} reads ${JSON.stringify(text.slice(0, 24))}`, () => {
      assert.deepEqual(parse(text), { ok: true, value });
    });
  }

  for (const [parse, text, words] of REFUSED) {
    it(`${parse.name} refuses ${JSON.stringify(text.slice(0, 24))} and says what to do`, () => {
      const parsed = parse(text);
      assert.ok(!parsed.ok);
      assert.match(parsed.message, words);
    });
  }

  it('never throws, whatever the text', () => {
    const parsers = new Set([...ACCEPTED, ...REFUSED].map(([parse]) => parse));
    const cellLike = fc.string({
      unit: fc.constantFrom(...Array.from('月火曜日毎・、 0129:：時分午前後半秒')),
    });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), cellLike), (text) => {
        for (const parse of parsers) parse(text);
      }),
      { numRuns: 300 },
    );
  });

  it('reads every minute of the day back from every notation', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (hour, minute) => {
        const value = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
        const half = `${hour < 12 ? '午前' : '午後'}${hour % 12}時${minute}分`;
        for (const text of [value, `${hour}:${value.slice(3)}`, `${hour}時${minute}分`, half]) {
          assert.deepEqual(parseTime(text), { ok: true, value }, text);
        }
      }),
    );
  });
});
