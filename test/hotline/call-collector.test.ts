import assert from 'node:assert/strict';
import { CallCollector } from '../../src/hotline/call-collector.js';
import type { CallLog, CallLogLine } from '../../src/hotline/call-log.js';
import type { Applied, HotlineCallStore } from '../../src/hotline/hotline-call-store.js';
import { createLog } from '../../src/log.js';
import { until } from '../../src/testbed/until.js';
import { jst, ownLine, readLines } from '../support/queue-log-text.js';

const linesOf = (count: number): CallLogLine[] =>
  readLines(
    Array.from({ length: count }, (_none, n) => ownLine('10:00:00', `${n}.1`, 'line-1', 'NONE', 'JOINING')),
  );
const callId = (line: CallLogLine): string => ('callId' in line ? line.callId : '');

/** A log that can grow, a store that keeps what it is given, and their collector. */
function build({ perBatch = 10, refused = '' } = {}) {
  const lines: CallLogLine[] = [];
  const kept: string[] = [];
  const logged: string[] = [];
  let position: { fileId: string; position: number } | undefined;
  const state = { ours: true, databaseIsAway: false, fileFails: false };
  const callLog: CallLog = {
    readOn: (from) => {
      if (state.fileFails) return Promise.reject(new Error('no file'));
      const start = from?.position ?? 0;
      const batch = lines.slice(start, start + perBatch);
      const to = batch.length === 0 ? from : { fileId: 'a', position: start + batch.length };
      return Promise.resolve({ lines: batch, position: to, more: batch.length > 0 });
    },
  };
  const store: Pick<HotlineCallStore, 'position' | 'apply'> = {
    position: () => Promise.resolve(position),
    apply: (batch) => {
      if (state.databaseIsAway || batch.lines.some((line) => callId(line) === refused))
        return Promise.reject(new Error('refused'));
      if ((batch.from?.position ?? 0) !== (position?.position ?? 0)) return Promise.resolve(undefined);
      kept.push(...batch.lines.map(callId));
      position = batch.to;
      const calls = batch.lines.length;
      return Promise.resolve<Applied>({ calls, tasks: 0, voiceFiles: 0, presences: 0, withoutLine: 0 });
    },
  };
  const applied: Applied[] = [];
  const collector = new CallCollector({
    pbxId: 'pbx1',
    callLog,
    store,
    mayAct: () => state.ours,
    onApplied: (one) => applied.push(one),
    clock: () => jst('12:00:00'),
    log: createLog('info', { write: (line) => logged.push(line) }),
  });
  return {
    lines,
    kept,
    logged,
    state,
    collector,
    applied,
    moveOn: (to: number) => (position = { fileId: 'a', position: to }),
  };
}

describe('the collector of calls', () => {
  it('takes in all that is there, and what comes when it is nudged', async () => {
    const { lines, kept, collector, applied } = build();
    lines.push(...linesOf(25));
    collector.start();
    await until(() => kept.length === 25, { what: 'all lines are kept' });
    lines.push(...linesOf(26).slice(25));
    collector.nudge();
    collector.nudge();
    await until(() => kept.length === 26, { what: 'the new line is kept' });
    await collector.stop();
    assert.equal(
      applied.reduce((sum, { calls }) => sum + calls, 0),
      26,
    );
    lines.push(...linesOf(27).slice(26));
    collector.nudge();
    assert.equal(kept.length, 26);
  });

  it('leaves the log alone while the exchange is not ours', async () => {
    const { lines, kept, state, collector } = build();
    lines.push(...linesOf(5));
    state.ours = false;
    assert.equal(await collector.collect(), 0);
    state.ours = true;
    assert.equal(await collector.collect(), 5);
    assert.equal(kept.length, 5);
  });

  it('goes on where another owner left off', async () => {
    const { lines, kept, collector, moveOn } = build();
    lines.push(...linesOf(5));
    await collector.collect();
    lines.push(...linesOf(12).slice(5));
    moveOn(10);
    assert.equal(await collector.collect(), 0);
    assert.equal(await collector.collect(), 2);
    assert.deepEqual(kept.slice(5), ['10.1', '11.1']);
  });

  it('says once that the database is away, leaves no line out, and says when it works again', async () => {
    const { lines, kept, logged, state, collector } = build();
    lines.push(...linesOf(5));
    state.databaseIsAway = true;
    collector.start();
    await until(() => logged.length > 0, { what: 'the failure is told' });
    for (let n = 0; n < 8; n++) {
      collector.nudge();
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal(logged.length, 1);
    state.databaseIsAway = false;
    collector.nudge();
    await until(() => kept.length === 5, { what: 'all lines are kept' });
    await until(() => logged.length === 2, { what: 'the recovery is told' });
    await collector.stop();
    assert.match(logged[1] ?? '', /call_log\.works_again/);
  });

  it('survives a log that cannot be read', async () => {
    const { state, collector, lines, kept } = build();
    lines.push(...linesOf(1));
    state.fileFails = true;
    collector.start();
    await new Promise((resolve) => setImmediate(resolve));
    state.fileFails = false;
    collector.nudge();
    await until(() => kept.length === 1, { what: 'the line is kept' });
    await collector.stop();
  });

  it('leaves out a line that can never be stored, and takes in the others', async () => {
    const { lines, kept, logged, collector } = build({ refused: '7.1' });
    lines.push(...linesOf(12));
    collector.start();
    await until(
      () => {
        collector.nudge();
        return kept.length === 11;
      },
      { what: 'the others are kept' },
    );
    await collector.stop();
    assert.ok(!kept.includes('7.1'));
    assert.equal(logged.filter((line) => line.includes('call_log.line_left_out')).length, 1);
  });

  it('tells how it works off a long gap, without saying who called', async () => {
    const { lines, logged, collector } = build({ perBatch: 700 });
    lines.push(...linesOf(10_500));
    assert.equal(await collector.collect(), 10_500);
    assert.deepEqual(
      logged.map((line) => (JSON.parse(line) as { lines: number }).lines),
      [5600],
    );
  });
});
