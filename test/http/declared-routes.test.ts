import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/project-root.js';

/** Who serves addresses without a declared route; each with the reason. */
const elsewhere: Record<string, string> = {
  'links-router.ts': "the demo's way in, from this machine only",
  'pages.ts': 'the pages themselves, which are the same for everybody',
  'probes-router.ts': 'for machines that watch over us; nothing about a person',
  'server.ts': 'puts them together',
  'session.ts': 'the gate that serves the declared routes',
};

describe('the routers', () => {
  it('serve nothing to people without saying who may use it', () => {
    const folder = join(projectRoot, 'src/http');
    const routing = readdirSync(folder).filter((name) =>
      /\bRouter\(|\bexpress\(\)/.test(readFileSync(join(folder, name), 'utf8')),
    );
    assert.deepEqual(routing, Object.keys(elsewhere).sort());
  });
});
