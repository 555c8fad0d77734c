import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { runToEnd, startChild } from '../../src/testbed/child-process.js';
import { until } from '../../src/testbed/until.js';

describe('a child process', () => {
  it('keeps its last lines from both outputs, and its exit code', async () => {
    const { code, lastLines } = await runToEnd(['bash', '-c', 'echo one; echo two >&2; exit 3']);
    assert.equal(code, 3);
    assert.deepEqual(lastLines.sort(), ['one', 'two']);
  });

  it('is killed when it does not stop in time', async () => {
    const child = await startChild([
      'bash',
      '-c',
      'trap "" TERM; echo ready; while :; do read -t 1; done < <(:)',
    ]);
    await until(() => child.lastLines().includes('ready'), { what: 'the child is ready' });
    assert.deepEqual(await child.stop('SIGTERM', 50), { code: null, signal: 'SIGKILL' });
  });

  it('does not outlive us, even when we are killed without a word', async () => {
    const module = new URL('../../src/testbed/child-process.ts', import.meta.url).href;
    const script = `
      const { startChild } = await import('${module}');
      const child = await startChild(['sleep', '600']);
      console.log('pid ' + child.pid);
      setInterval(() => undefined, 1000);`;
    const we = await startChild([process.execPath, '--import=tsx', '--input-type=module', '-e', script]);
    const line = await until(() => we.lastLines().find((each) => each.startsWith('pid ')), {
      what: 'the grandchild is begun',
      timeoutMs: 15_000,
    });
    const grandchild = Number(line?.slice('pid '.length));
    // Before that it is setpriv, which may not have asked yet to die with us.
    await until(() => nameOf(grandchild) === 'sleep', { what: 'the grandchild sleeps' });
    assert.ok(isAlive(grandchild));
    await we.stop('SIGKILL');
    await until(() => !isAlive(grandchild), { what: 'the grandchild is gone' });
  }).timeout(20_000);

  it('that cannot be started says so', async () => {
    const { code } = await runToEnd(['/nowhere/asterisk']).catch(() => ({ code: 127 }));
    assert.equal(code, 127);
  });
});

function isAlive(pid: number): boolean {
  // Nobody may be there to reap an orphan: a zombie is dead.
  return nameOf(pid) !== undefined && !/^State:\s+Z/m.test(told(pid, 'status') ?? 'State: Z');
}

function nameOf(pid: number): string | undefined {
  return told(pid, 'comm')?.trim();
}

/** What the kernel tells of a process; undefined when it is gone, also when it goes in this very moment. */
function told(pid: number, what: 'comm' | 'status'): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'utf8');
  } catch {
    return undefined;
  }
}
