import assert from 'node:assert/strict';
import { deflateSync } from 'node:zlib';
import { readPng, smallPng } from './support/small-png.js';

/** A picture in RGB, row by row, each filtered by the kind that is named; checksums are not looked at. */
function png(width: number, rows: readonly { kind: number; bytes: readonly number[] }[]): Buffer {
  const part = (name: string, body: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    return Buffer.concat([length, Buffer.from(name, 'latin1'), body, Buffer.alloc(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(rows.length, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const raw = Buffer.concat(rows.map(({ kind, bytes }) => Buffer.from([kind, ...bytes])));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    part('IHDR', head),
    part('IDAT', deflateSync(raw)),
    part('IEND', Buffer.alloc(0)),
  ]);
}

describe('a small picture', () => {
  it('shows what the large one shows, whatever its rows are filtered by', () => {
    const given = png(2, [
      { kind: 0, bytes: [10, 20, 30, 40, 50, 60] },
      { kind: 1, bytes: [10, 20, 30, 30, 30, 30] },
      { kind: 2, bytes: [0, 0, 0, 0, 0, 0] },
      { kind: 3, bytes: [5, 10, 15, 15, 15, 15] },
      { kind: 4, bytes: [0, 0, 0, 0, 0, 0] },
    ]);
    const { pixels } = readPng(given);
    assert.deepEqual([...pixels.slice(0, 6)], [0x0a141e, 0x28323c, 0x0a141e, 0x28323c, 0x0a141e, 0x28323c]);
    assert.deepEqual(readPng(smallPng(given)), readPng(given));
  });

  it('has no more colours than its palette holds', () => {
    const many = Array.from({ length: 400 }, (_, n) => [n % 256, n >> 1, 255 - (n % 256)]).flat();
    const { pixels } = readPng(smallPng(png(400, [{ kind: 0, bytes: many }])));
    assert.ok(new Set(pixels).size <= 256);
  });
});
