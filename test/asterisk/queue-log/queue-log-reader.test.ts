import assert from 'node:assert/strict';
import { appendFile, copyFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { QueueLogReader } from '../../../src/asterisk/queue-log/queue-log-reader.js';
import type { CallLogPosition } from '../../../src/hotline/call-log.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../../src/testbed/temporary-folder.js';

const joining = (n: number): string =>
  `${1795482000 + n}|${n}.1|line-1|NONE|JOINING|${1795482000000 + n * 1000}\n`;

describe('the reader of the queue log', () => {
  let folder: TemporaryFolder;
  let file: string;
  let position: CallLogPosition | undefined;

  beforeEach(() => {
    folder = makeTemporaryFolder('queue-log');
    file = join(folder.path, 'queue_log');
    position = undefined;
  });
  afterEach(() => folder.remove());

  /** Reads on to the end with a reader of its own, as after a restart; gives the numbers of the calls. */
  async function readOn(batchBytes?: number): Promise<number[]> {
    const calls: number[] = [];
    for (;;) {
      const reader = new QueueLogReader({ file, ...(batchBytes ? { batchBytes } : {}) });
      const batch = await reader.readOn(position);
      calls.push(...batch.lines.flatMap((line) => ('callId' in line ? [Number.parseInt(line.callId)] : [])));
      position = batch.position;
      assert.ok((position?.fileId.length ?? 0) <= 40);
      if (!batch.more) return calls;
    }
  }

  it('waits for a file that is not there yet, and for its folder', async () => {
    assert.deepEqual(await readOn(), []);
    assert.equal(position, undefined);
    const reader = new QueueLogReader({ file: join(folder.path, 'none', 'queue_log') });
    assert.deepEqual(await reader.readOn(undefined), { lines: [], position: undefined, more: false });
  });

  it('reads each line once as the file grows, and no line that is not whole yet', async () => {
    await writeFile(file, joining(1) + joining(2));
    assert.deepEqual(await readOn(), [1, 2]);
    assert.deepEqual(await readOn(), []);
    const third = joining(3);
    await appendFile(file, third.slice(0, 20));
    assert.deepEqual(await readOn(), []);
    await appendFile(file, third.slice(20) + joining(4));
    assert.deepEqual(await readOn(), [3, 4]);
  });

  it('knows a file only once its first line is whole', async () => {
    await writeFile(file, joining(1).slice(0, 20));
    assert.deepEqual(await readOn(), []);
    assert.equal(position, undefined);
    await appendFile(file, joining(1).slice(20));
    assert.deepEqual(await readOn(), [1]);
  });

  it('reads a long file in batches of bounded size', async () => {
    const numbers = Array.from({ length: 500 }, (_none, n) => n + 1);
    await writeFile(file, numbers.map(joining).join(''));
    const first = await new QueueLogReader({ file, batchBytes: 1000 }).readOn(undefined);
    assert.ok(first.lines.length < 25 && first.more);
    assert.deepEqual(await readOn(1000), numbers);
  });

  for (const aside of ['queue_log.1', 'queue_log.previous', 'queue_log-20261124']) {
    it(`finishes a file that was set aside as ${aside} before the new one`, async () => {
      await writeFile(file, joining(1));
      await readOn();
      await appendFile(file, joining(2));
      await rename(file, join(folder.path, aside));
      await appendFile(join(folder.path, aside), joining(3));
      assert.deepEqual(await readOn(), [2, 3]);
      await appendFile(join(folder.path, aside), joining(4));
      await writeFile(file, joining(5));
      assert.deepEqual(await readOn(), [4, 5]);
    });
  }

  it('reads every file of several rotations that it slept through, each once', async () => {
    await writeFile(file, joining(1));
    await readOn();
    await appendFile(file, joining(2));
    await rename(file, join(folder.path, 'queue_log.0'));
    await writeFile(join(folder.path, 'queue_log.1'), joining(3));
    await writeFile(join(folder.path, 'queue_log.2'), joining(4));
    await writeFile(file, joining(5));
    assert.deepEqual(await readOn(), [2, 3, 4, 5]);
    assert.deepEqual(await readOn(), []);
  });

  it('goes on with what is left when the old file is gone', async () => {
    await writeFile(join(folder.path, 'queue_log.0'), joining(1));
    await writeFile(file, joining(2));
    assert.deepEqual(await readOn(), [1, 2]);
    await rm(file);
    await writeFile(join(folder.path, 'queue_log.1'), joining(3));
    await writeFile(file, joining(4));
    assert.deepEqual(await readOn(), [3, 4]);
  });

  it('follows a copy when the file was copied and emptied', async () => {
    await writeFile(file, joining(1));
    await readOn();
    await appendFile(file, joining(2));
    await copyFile(file, join(folder.path, 'queue_log.1'));
    await truncate(file);
    await appendFile(file, joining(3));
    assert.deepEqual(await readOn(), [2, 3]);
  });

  it('starts anew in a file that was emptied', async () => {
    await writeFile(file, joining(1) + joining(2));
    await readOn();
    await writeFile(file, joining(3));
    assert.deepEqual(await readOn(), [3]);
    await writeFile(file, '');
    assert.deepEqual(await readOn(), []);
    await writeFile(file, joining(4));
    assert.deepEqual(await readOn(), [4]);
  });

  it('passes over rubbish: other files, compressed ones, bytes that are no text, endless lines', async () => {
    await writeFile(join(folder.path, 'queue_logs'), joining(7));
    await writeFile(join(folder.path, 'queue_log.1.gz'), joining(8));
    await writeFile(file, joining(1));
    await appendFile(file, Buffer.from([0xff, 0xfe, 0, 10, 0, 0, 10]));
    await appendFile(file, `${'x'.repeat(5000)}\n${joining(2)}`);
    assert.deepEqual(await readOn(1000), [1, 2]);
  });
});
