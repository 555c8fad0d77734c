import { z } from 'zod';
import { damaged } from './backup-error.js';

/** A value of any column: blobs do not occur. */
const cell = z.union([z.string(), z.number(), z.null()]);
export type Cell = z.infer<typeof cell>;

/** What a backup is made of, in this order: the manifest; each table with its rows; each file with its bytes; the end. */
const recordShape = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('manifest'),
    /** Tells whether the same LOOKUP_KEY is at hand; stands here, and not in the plain head. */
    lookupCheck: z.string(),
    /** The stations' days as they were at the moment of the backup. */
    days: z.array(z.object({ stationId: z.number(), date: z.string(), digest: z.string() })),
  }),
  z.object({ kind: z.literal('table'), table: z.string(), columns: z.array(z.string()) }),
  z.object({ kind: z.literal('rows'), rows: z.array(z.array(cell)) }),
  z.object({ kind: z.literal('file'), path: z.string(), bytes: z.number().int().min(0) }),
  z.object({
    kind: z.literal('end'),
    tables: z.record(z.string(), z.number()),
    files: z.number(),
    digest: z.string(),
  }),
]);
export type BackupRecord = z.infer<typeof recordShape>;

/** What was read, and the bytes as they stand in the file. */
export type Read = ({ record: BackupRecord } | { bytes: Buffer }) & { frame: Buffer };

const [jsonType, bytesType] = [1, 2];
const mostRecordBytes = 64 << 20;

export function jsonRecord(record: BackupRecord): Buffer {
  return framed(jsonType, Buffer.from(JSON.stringify(record)));
}

export function bytesRecord(bytes: Buffer): Buffer {
  return framed(bytesType, bytes);
}

function framed(type: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt8(type);
  head.writeUInt32BE(payload.length, 1);
  return Buffer.concat([head, payload]);
}

/** @throws BackupError when the pieces are no records */
export async function* readRecords(pieces: AsyncIterable<Buffer>): AsyncGenerator<Read> {
  let rest = Buffer.alloc(0);
  for await (const piece of pieces) {
    rest = Buffer.concat([rest, piece]);
    let from = 0;
    while (rest.length - from >= 5) {
      const length = rest.readUInt32BE(from + 1);
      if (length > mostRecordBytes) throw damaged();
      if (rest.length - from < 5 + length) break;
      yield recordOf(rest.subarray(from, from + 5 + length));
      from += 5 + length;
    }
    rest = rest.subarray(from);
  }
  if (rest.length > 0) throw damaged();
}

function recordOf(frame: Buffer): Read {
  const [type, payload] = [frame.readUInt8(), frame.subarray(5)];
  if (type === bytesType) return { bytes: payload, frame };
  const parsed = recordShape.safeParse(JSON.parse(payload.toString('utf8')));
  if (type !== jsonType || !parsed.success) throw damaged();
  return { record: parsed.data, frame };
}
