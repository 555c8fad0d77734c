import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeCsv, MAX_FILE_BYTES } from '../../../src/subscribers/import/csv-encoding.js';
import { type CsvTable, MAX_ROWS, parseCsv, readCsv } from '../../../src/subscribers/import/csv-text.js';

const BOM = [0xef, 0xbb, 0xbf];

function tableOf(text: string): CsvTable {
  const reading = parseCsv(text);
  assert.ok(reading.ok, JSON.stringify(reading));
  return reading.table;
}

function refusalOf(text: string): { line: number; message: string } {
  const reading = parseCsv(text);
  assert.ok(!reading.ok);
  const [error] = reading.errors;
  assert.ok(error);
  return error;
}

describe('CSV encoding', () => {
  it('reads UTF-8 with and without a BOM', () => {
    for (const bytes of [Buffer.from('氏名,髙﨑'), Buffer.from([...BOM, ...Buffer.from('氏名,髙﨑')])]) {
      assert.deepEqual(decodeCsv(bytes), { ok: true, text: '氏名,髙﨑', encoding: 'utf-8' });
    }
  });

  it('reads CP932 with the letters of IBM and NEC that Shift_JIS lacks', () => {
    // 氏名 , 髙 (FBFC) 﨑 (FAB1, and ED95 as NEC has it) ① (8740) half-width ｶ (B6)
    const bytes = [0x8e, 0x81, 0x96, 0xbc, 0x2c, 0xfb, 0xfc, 0xfa, 0xb1, 0xed, 0x95, 0x87, 0x40, 0xb6];
    assert.deepEqual(decodeCsv(Uint8Array.from(bytes)), {
      ok: true,
      text: '氏名,髙﨑﨑①ｶ',
      encoding: 'cp932',
    });
  });

  it('keeps the bytes of CP932 characters that end in a backslash or a vertical bar', () => {
    // 表 (955C) ー (815B) ソ (835C) ポ (837C)
    const bytes = [0x95, 0x5c, 0x81, 0x5b, 0x83, 0x5c, 0x83, 0x7c];
    assert.deepEqual(decodeCsv(Uint8Array.from(bytes)), { ok: true, text: '表ーソポ', encoding: 'cp932' });
  });

  it("reads Excel's Unicode text, UTF-16LE with a BOM", () => {
    const bytes = Buffer.from('\ufeff氏名\t髙﨑', 'utf16le');
    assert.deepEqual(decodeCsv(bytes), { ok: true, text: '氏名\t髙﨑', encoding: 'utf-16le' });
  });

  for (const [what, bytes, words] of [
    ['bytes of no encoding', [0x8e, 0x81, 0xff, 0x2c], '文字コード'],
    ['a NUL in UTF-8', [0x61, 0x00, 0x62], '文字コード'],
    ['UTF-16LE without a BOM', [...Buffer.from('name', 'utf16le')], '文字コード'],
    ['UTF-16LE cut in the middle of a character', [0xff, 0xfe, 0x61], '文字コード'],
    ['UTF-16BE', [0xfe, 0xff, 0x6c, 0x0f], '文字コード'],
    ['an Excel workbook', [0x50, 0x4b, 0x03, 0x04, 0x14], 'Excelのブック'],
    ['an old Excel workbook', [0xd0, 0xcf, 0x11, 0xe0, 0xa1], 'Excelのブック'],
  ] as const) {
    it(`refuses ${what} and says how to save it`, () => {
      const decoded = decodeCsv(Uint8Array.from(bytes));
      assert.ok(!decoded.ok);
      assert.match(decoded.errors[0]?.message ?? '', new RegExp(`${words}.*保存しなおして`));
    });
  }

  it('refuses a file over 10 MB', () => {
    assert.equal(decodeCsv(new Uint8Array(MAX_FILE_BYTES).fill(0x61)).ok, true);
    const decoded = decodeCsv(new Uint8Array(MAX_FILE_BYTES + 1).fill(0x61));
    assert.ok(!decoded.ok);
    assert.match(decoded.errors[0]?.message ?? '', /10MB/);
  });
});

describe('CSV text', () => {
  for (const [what, text] of [
    ['commas', 'a,b\n1,"x,y"\n'],
    ['tabs', 'a\tb\n1\tx,y\n'],
    ['semicolons', 'a;b\n1;x,y\n'],
    ["commas and Excel's sep= line", 'sep=,\na,b\n1,"x,y"\n'],
    ['semicolons under a sep= line', 'SEP=;\r\na;b\r\n1;x,y'],
    ['Windows newlines', 'a,b\r\n1,"x,y"\r\n'],
    ['old Macintosh newlines', 'a,b\r1,"x,y"\r'],
    ['spaces around the header cells', ' a ,　b　\n1,"x,y"'],
    ['a separator quoted in the header', '"a";"b"\n1;x,y'],
  ] as const) {
    it(`reads a table with ${what}`, () => {
      const { header, rows, errors } = tableOf(text);
      assert.deepEqual([header.cells, rows.map(({ cells }) => cells)], [['a', 'b'], [['1', 'x,y']]]);
      assert.deepEqual(errors, []);
    });
  }

  for (const newline of ['\n', '\r\n', '\r']) {
    it(`counts the lines of the file, also inside quotes, with ${JSON.stringify(newline)}`, () => {
      const lines = ['sep=,', '', 'a,"b', 'c"', '1,"x', '', 'y"', ',', '  ', '2,z', '', '3', '4,"p', 'q"'];
      const { header, rows, errors } = tableOf(lines.join(newline));
      assert.equal(header.line, 3);
      assert.deepEqual(
        rows.map(({ line, cells }) => [line, cells[0]]),
        [
          [5, '1'],
          [10, '2'],
          [13, '4'],
        ],
      );
      assert.deepEqual(
        errors.map(({ line }) => line),
        [12],
      );
    });
  }

  it('names every row with too few or too many cells, and keeps the others', () => {
    const { rows, errors } = tableOf('a,b\n1\n2,x\n3,x,y\n');
    assert.deepEqual(rows, [{ line: 3, cells: ['2', 'x'] }]);
    assert.deepEqual(
      errors.map(({ line, message }) => [line, message.slice(0, 9)]),
      [
        [2, 'セルが足りません（'],
        [4, 'セルが多すぎます（'],
      ],
    );
  });

  it('leaves cells as they are: no trimming, no formula, no number', () => {
    assert.deepEqual(tableOf('a,b,c,d\n 1 ,=1+1,0012,@x').rows[0]?.cells, [' 1 ', '=1+1', '0012', '@x']);
  });

  it('names the row where an unclosed quote begins', () => {
    const error = refusalOf('a,b\r\n1,x\r\n2,"y\r\n3,z\r\n4,z\r\n');
    assert.equal(error.line, 3);
    assert.match(error.message, /閉じていない/);
  });

  it('names the row of a quote inside a cell', () => {
    assert.equal(refusalOf('a,b\n1,x\n2,y"z\n').line, 3);
    assert.equal(refusalOf('a,b\n1,x\n2,"y"z\n').line, 3);
  });

  it('refuses an empty file and a file of only a header', () => {
    for (const text of ['', '\n\n', 'sep=,\n', ' , \n']) assert.match(refusalOf(text).message, /空です/);
    assert.match(refusalOf('a,b\n,\n').message, /見出しの行だけ/);
  });

  it(`refuses more than ${MAX_ROWS} rows`, () => {
    const rows = (count: number): string => `a,b\n${'1,x\n'.repeat(count)}`;
    assert.equal(tableOf(rows(MAX_ROWS)).rows.length, MAX_ROWS);
    assert.match(refusalOf(rows(MAX_ROWS + 1)).message, /20001行、上限は20000行/);
  });

  it('never throws, whatever the bytes or the text', () => {
    const csvLike = fc.string({
      unit: fc.constantFrom('a', '1', '"', ',', '\t', ';', '\n', '\r', ' ', '氏'),
    });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.oneof(fc.string(), csvLike), (bytes, text) => {
        readCsv(bytes);
        parseCsv(text);
      }),
      { numRuns: 500 },
    );
  });
});
