import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promptsCommand } from '../../src/cli/prompts-command.js';

/** Runs `genkidesu prompts …` in this process; gives what it printed and the exit code it asked for. */
async function run(...args: string[]): Promise<{ printed: string; exitCode: unknown }> {
  const lines: string[] = [];
  try {
    await promptsCommand((line) => lines.push(line)).parseAsync(args, { from: 'user' });
    return { printed: lines.join('\n'), exitCode: process.exitCode };
  } finally {
    process.exitCode = undefined;
  }
}

describe('genkidesu prompts check', function () {
  // It listens to every sound.
  this.timeout(20_000);

  it('is content with the sounds of this installation', async () => {
    const { printed, exitCode } = await run('check');
    assert.match(printed, /^All recordings are there/);
    assert.equal(exitCode, undefined);
  });

  it('fails in an empty folder and says how to mend it', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'genkidesu-test-'));
    const { printed, exitCode } = await run('check', '--in', empty);
    await rm(empty, { recursive: true });
    assert.equal(exitCode, 1);
    assert.match(printed, /missing: .*goodbye\.wav/);
    assert.match(printed, /"genkidesu prompts render" makes them all anew/);
  });

  it('prints the problems for a program to read', async () => {
    const { printed, exitCode } = await run('check', '--json', '--in', '/nonexistent');
    const { problems } = JSON.parse(printed) as { problems: { kind: string }[] };
    assert.equal(exitCode, 1);
    assert.ok(problems.length > 100);
    assert.ok(problems.every(({ kind }) => kind === 'missing'));
  });
});
