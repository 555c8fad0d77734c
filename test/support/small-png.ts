import { deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const mostColours = 256;

interface Picture {
  width: number;
  height: number;
  /** 0xRRGGBB, row by row. */
  pixels: Uint32Array;
}

/**
 * Makes a picture of a page small: at most 256 colours, as its palette.
 *
 * @param png as Chromium writes it: 8 bits, RGB or RGBA, not interlaced
 */
export function smallPng(png: Buffer): Buffer {
  const { width, height, pixels } = readPng(png);
  const { palette, indexOf } = fewColours(pixels);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      rows[y * (width + 1) + 1 + x] = indexOf.get(pixels[y * width + x] ?? 0) ?? 0;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  const parts = [
    chunk('IHDR', head),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([signature, ...parts]);
}

/** @throws Error when it is no PNG of the kind that Chromium writes */
export function readPng(png: Buffer): Picture {
  if (!png.subarray(0, 8).equals(signature)) throw new Error('this is no PNG');
  const data: Buffer[] = [];
  let head: Buffer = Buffer.alloc(0);
  let palette: Buffer = Buffer.alloc(0);
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    const name = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (name === 'IHDR') head = body;
    if (name === 'PLTE') palette = body;
    if (name === 'IDAT') data.push(body);
    at += length + 12;
  }
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const bytes = { 2: 3, 3: 1, 6: 4 }[head[9] ?? 0];
  if (head[8] !== 8 || bytes === undefined || head[12] !== 0) throw new Error('this PNG is of another kind');
  const plain = unfilter(inflateSync(Buffer.concat(data)), width * bytes, height, bytes);
  const pixels = new Uint32Array(width * height);
  for (let n = 0; n < pixels.length; n++) {
    const [from, at] = bytes === 1 ? [palette, (plain[n] ?? 0) * 3] : [plain, n * bytes];
    pixels[n] = ((from[at] ?? 0) << 16) | ((from[at + 1] ?? 0) << 8) | (from[at + 2] ?? 0);
  }
  return { width, height, pixels };
}

/** Takes back what a PNG does to each row so that it packs better (PNG 1.2, chapter 6). */
function unfilter(raw: Buffer, rowBytes: number, height: number, step: number): Buffer {
  const plain = Buffer.alloc(rowBytes * height);
  for (let y = 0; y < height; y++) {
    const kind = raw[y * (rowBytes + 1)] ?? 0;
    for (let x = 0; x < rowBytes; x++) {
      const at = y * rowBytes + x;
      const left = x >= step ? (plain[at - step] ?? 0) : 0;
      const above = y > 0 ? (plain[at - rowBytes] ?? 0) : 0;
      const corner = x >= step && y > 0 ? (plain[at - rowBytes - step] ?? 0) : 0;
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][kind] ?? 0;
      plain[at] = (raw[y * (rowBytes + 1) + 1 + x] ?? 0) + guess;
    }
  }
  return plain;
}

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}

type Counted = [colour: number, count: number];

/** Halves the most spread group of colours until there are enough groups; each becomes its most frequent colour. */
function fewColours(pixels: Uint32Array): { palette: number[]; indexOf: Map<number, number> } {
  const counts = new Map<number, number>();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const groups: Counted[][] = [[...counts]];
  const spreads = [spreadOf(groups[0] ?? [])];
  while (groups.length < Math.min(mostColours, counts.size)) {
    const widest = spreads.indexOf(spreads.reduce((one, other) => (other.worth > one.worth ? other : one)));
    const { shift } = spreads[widest] ?? { shift: 0 };
    const group = (groups[widest] ?? []).sort(([a], [b]) => ((a >> shift) & 255) - ((b >> shift) & 255));
    const half = group.length >> 1;
    const parts = [group.slice(0, half), group.slice(half)];
    groups.splice(widest, 1, ...parts);
    spreads.splice(widest, 1, ...parts.map(spreadOf));
  }
  const indexOf = new Map(groups.flatMap((group, index) => group.map(([colour]) => [colour, index])));
  return { palette: groups.map(chiefOf), indexOf };
}

function spreadOf(group: readonly Counted[]): { worth: number; shift: number } {
  const ranges = [16, 8, 0].map((shift) => {
    const values = group.map(([colour]) => (colour >> shift) & 255);
    const [least, most] = values.reduce(
      ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
      [255, 0],
    );
    return { worth: group.length < 2 ? -1 : (most - least) * Math.log2(group.length + 1), shift };
  });
  return ranges.reduce((one, other) => (other.worth > one.worth ? other : one));
}

function chiefOf(group: readonly Counted[]): number {
  // What is there most stays exactly what it is: grounds and inks.
  const [first = [0, 1]] = [...group].sort(([, a], [, b]) => b - a);
  return first[0];
}

const crcTable = Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

function chunk(name: string, body: Buffer): Buffer {
  const whole = Buffer.alloc(body.length + 12);
  whole.writeUInt32BE(body.length, 0);
  whole.write(name, 4, 'latin1');
  body.copy(whole, 8);
  let crc = 0xffffffff;
  for (const byte of whole.subarray(4, -4)) crc = (crcTable[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
  whole.writeUInt32BE((crc ^ 0xffffffff) >>> 0, body.length + 8);
  return whole;
}
