import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../src/project-root.js';
import { reachOf, type Permission } from '../src/users/permissions.js';
import { everyPage } from './support/every-page.js';

interface ConsolePage {
  path: string;
  permission?: Permission;
}

describe('the list of every page', () => {
  let pages: readonly ConsolePage[];

  before(async () => {
    // Not by its name: the pages' sources are none of this project's modules.
    const list = join(projectRoot, 'web/src/layout/pages.ts');
    ({ pages } = (await import(list)) as { pages: readonly ConsolePage[] });
  });

  it('has each page of the console, and no other', () => {
    assert.deepEqual(everyPage.map(({ path }) => path).sort(), pages.map(({ path }) => path).sort());
  });

  it('has each seen by somebody who may see it', () => {
    for (const { path, as } of everyPage) {
      const permission = pages.find((page) => page.path === path)?.permission;
      assert.ok(permission === undefined || reachOf(as, permission) !== undefined, `${path} as ${as}`);
    }
  });

  it('has two pictures of each: `npm run screenshots` takes those that are missing', () => {
    const wanted = everyPage.flatMap(({ picture }) => [`${picture}-wide.png`, `${picture}-narrow.png`]);
    const missing = wanted.filter((name) => !existsSync(join(projectRoot, 'docs/images', name)));
    assert.deepEqual(missing, []);
  });
});
