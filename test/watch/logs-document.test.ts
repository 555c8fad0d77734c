import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLog } from '../../src/log.js';
import { projectRoot } from '../../src/project-root.js';
import { eventsOf, eventsOfSources } from '../support/log-events.js';

const text = readFileSync(join(projectRoot, 'docs/logs.md'), 'utf8');
const rows = [...text.matchAll(/^\| `(\w+\.\w+)`\s*\| ([^|]+?)\s*\| ([^|]+?)\s*\| ([^|]+?)\s*\|$/gm)].map(
  ([, event = '', level = '', , what = '']) => ({ event, level, what }),
);

describe('the document of the log', () => {
  it('lists every event that is written, and none that is not', () => {
    const events = eventsOfSources();
    assert.ok(events.length > 80);
    assert.deepEqual(rows.map(({ event }) => event).sort(), events);
  });

  it('says of each its level and what happened', () => {
    assert.deepEqual(
      rows.filter(({ level, what }) => !/\b(debug|info|warn|error)\b/.test(level) || what.length < 8),
      [],
    );
  });

  it('finds events however they are written', () => {
    const found = eventsOf(`
      log.info({ event: 'one.plain', id }, 'x');
      log.warn({ event: late ? 'one.late' : 'one.early' }, 'x');
      // log.warn({ event: 'one.commented' });
      await this.#guard('work', () => this.#work());
      this.#every(sweepEveryMs, 'sweep', () => this.#sweep());
      log.warn({ event: \`\${what}.failed\` });`);
    assert.deepEqual(found, ['one.plain', 'one.late', 'one.early', 'work.failed', 'sweep.failed']);
  });

  it('is right that what must not be written is not', () => {
    const lines: string[] = [];
    const log = createLog('debug', { write: (line) => lines.push(line) });
    const secret = '0471234567';
    const fields = ['number', 'name', 'mail', 'token', 'password', 'digit'];
    for (const field of fields)
      log.info({ event: 'test.secret', [field]: secret, of: { [field]: secret } }, 'x');
    const error = Object.assign(new Error(`insert into x values ('${secret}')`), { code: 'ER_DUP_ENTRY' });
    log.error({ event: 'test.secret', err: error }, 'x');
    assert.doesNotMatch(lines.join(''), new RegExp(secret));
    assert.ok(fields.every((field) => text.includes(`\`${field}\``)));
  });
});
