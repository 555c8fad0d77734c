import type { CallLog, CallLogBatch, CallLogPosition } from '../../hotline/call-log.js';
import {
  findFile,
  firstSecondOf,
  listQueueLogFiles,
  openIfThere,
  type QueueLogFile,
} from './queue-log-files.js';
import { readQueueLogLine } from './queue-log-line.js';

const usualBatchBytes = 64 << 10;
const newline = 0x0a;

/** Reads Asterisk's queue log on from where it was read last, across rotations and restarts of either side. */
export class QueueLogReader implements CallLog {
  readonly #file: string;
  readonly #batchBytes: number;

  /** @param file path of the `queue_log` that Asterisk writes */
  constructor({ file, batchBytes = usualBatchBytes }: { file: string; batchBytes?: number }) {
    this.#file = file;
    this.#batchBytes = batchBytes;
  }

  async readOn(position: CallLogPosition | undefined): Promise<CallLogBatch> {
    // What is listed before a file is read to its end was begun before that end: nothing comes between the two.
    const files = await listQueueLogFiles(this.#file);
    for (const { file, from } of filesToRead(files, position)) {
      const read = await openIfThere(file.path, (handle) => this.#read(handle, from));
      if (!read || read.until === from) continue;
      return {
        lines: read.lines.flatMap((line) => readQueueLogLine(line) ?? []),
        position: { fileId: file.id, position: read.until },
        more: true,
      };
    }
    return { lines: [], position, more: false };
  }

  /** Whole lines of one batch; a piece without any line end that fills a batch is passed over. */
  async #read(
    handle: {
      read(buffer: Buffer, offset: number, length: number, at: number): Promise<{ bytesRead: number }>;
    } & {
      stat(): Promise<{ size: number }>;
    },
    from: number,
  ): Promise<{ lines: string[]; until: number }> {
    const start = from > (await handle.stat()).size ? 0 : from;
    const buffer = Buffer.alloc(this.#batchBytes);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, start);
    const end = buffer.subarray(0, bytesRead).lastIndexOf(newline) + 1;
    if (end === 0) return { lines: [], until: bytesRead === buffer.length ? start + bytesRead : from };
    return { lines: buffer.toString('utf8', 0, end).split('\n'), until: start + end };
  }
}

/** The file that was read last and those that came after it; when it is gone, those that were begun later. */
function filesToRead(
  files: readonly QueueLogFile[],
  position: CallLogPosition | undefined,
): { file: QueueLogFile; from: number }[] {
  if (!position) return files.map((file) => ({ file, from: 0 }));
  const known = findFile(files, position.fileId);
  if (known !== -1) {
    return files.slice(known).map((file, index) => ({ file, from: index === 0 ? position.position : 0 }));
  }
  const firstSecond = firstSecondOf(position.fileId);
  return files
    .filter((file) => file.isCurrent || file.firstSecond > firstSecond)
    .map((file) => ({ file, from: 0 }));
}
