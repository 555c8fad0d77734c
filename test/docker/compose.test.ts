import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, readConfig } from '../../src/config.js';
import { projectRoot } from '../../src/project-root.js';

const compose = readFileSync(join(projectRoot, 'docker-compose.yml'), 'utf8');
const dockerfile = readFileSync(join(projectRoot, 'docker', 'Dockerfile'), 'utf8');
const services = blocksOf(blocksOf(compose, 0).get('services') ?? '', 2);

/** The blocks of one depth of our own YAML, by name: enough to look at what is there. `docker compose config` proves the grammar. */
function blocksOf(text: string, depth: number): Map<string, string> {
  const blocks = new Map<string, string>();
  let name: string | undefined;
  for (const line of text.split('\n')) {
    const begins = new RegExp(`^ {${depth}}([\\w-]+):`).exec(line)?.[1];
    if (begins !== undefined) blocks.set((name = begins), '');
    else if (name !== undefined) blocks.set(name, `${blocks.get(name) ?? ''}${line}\n`);
  }
  return blocks;
}

function settingsNamedIn(service: string): string[] {
  return [...blocksOf(blocksOf(services.get(service) ?? '', 4).get('environment') ?? '', 6).keys()];
}

describe('docker-compose.yml', () => {
  it('names the services that the manuals name', () => {
    assert.deepEqual(
      [...services.keys()],
      ['configure', 'database', 'asterisk', 'genkidesu', 'proxy', 'demo'],
    );
  });

  it('has a health check and comes back by itself, wherever something stays up', () => {
    for (const [name, text] of services) {
      if (text.includes("restart: 'no'")) continue;
      assert.match(text, /\n {4}healthcheck:\n {6}test: /, name);
      assert.match(text, /\n {4}restart: unless-stopped\n/, name);
      assert.match(text, /\n {4}stop_grace_period: |profiles: \[tls\]/, name);
    }
  });

  it('waits for health in order', () => {
    assert.match(services.get('genkidesu') ?? '', /database: \{ condition: service_healthy \}/);
    assert.match(services.get('genkidesu') ?? '', /asterisk: \{ condition: service_healthy \}/);
    for (const name of ['database', 'asterisk'])
      assert.match(
        services.get(name) ?? '',
        /configure: \{ condition: service_completed_successfully \}/,
        name,
      );
  });

  it('pins every image and every base', () => {
    const images = [...compose.matchAll(/^ +image: (.*)$/gm)].map(([, image = '']) => image);
    assert.equal(images.length, services.size);
    const bases = [...dockerfile.matchAll(/^ARG \w+_BASE=(.*)$/gm)].map(([, base = '']) => base);
    for (const image of [...images, ...bases]) {
      assert.match(image, /:\S+$/);
      assert.doesNotMatch(image, /latest/);
    }
    for (const base of bases) {
      assert.match(base, /^debian:(trixie|sid)-20\d{6}-slim$/);
      assert.ok(compose.includes(`:-${base}}`), `${base} is the default in docker-compose.yml too`);
    }
  });

  it('runs every image as a user that is not root, on a root folder that cannot be written', () => {
    for (const stage of dockerfile.split(/^FROM /m).slice(1)) {
      if (!stage.includes('ENTRYPOINT')) continue;
      const users = [...stage.matchAll(/^USER (\w+)$/gm)].map(([, user]) => user);
      assert.equal(users.at(-1), 'genkidesu', stage.split('\n')[0]);
    }
    for (const [name, text] of services) assert.match(text, /<<: \*common/, name);
    assert.match(compose, /x-common: &common[^]*?read_only: true\n {2}cap_drop: \[ALL\]/);
  });

  it('lets into the images what the build takes in', () => {
    const letIn = readFileSync(join(projectRoot, '.dockerignore'), 'utf8').split('\n');
    const builder = readFileSync(join(projectRoot, 'prepare.mjs'), 'utf8');
    const imported = [...builder.matchAll(/from '\.\/([\w.-]+)/g)].map(([, name = '']) => name);
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(\S.*) \S+$/gm)].flatMap(([, names = '']) =>
      names.split(' '),
    );
    for (const name of [...imported, 'prepare.mjs', 'src', 'web', 'migrations', 'tsconfig.json'])
      assert.ok(letIn.includes(`!${name}`), name);
    for (const name of copied.filter((each) => each !== '.' && !each.startsWith('docker/')))
      assert.ok(letIn.includes(`!${name}`), name);
  });

  it('holds no secret', () => {
    const secret = /^ +\w*(PASSWORD|SECRET|TOKEN|KEY)\w*: *(.+)$/gm;
    for (const [, , value = ''] of compose.matchAll(secret)) assert.match(value, /^\/srv\/genkidesu\//);
    assert.ok(settingsNamedIn('genkidesu').filter((name) => /PASSWORD|TOKEN|KEY/.test(name)).length >= 4);
    for (const name of settingsNamedIn('genkidesu').filter((each) => /PASSWORD|TOKEN|KEY/.test(each)))
      assert.match(name, /_FILE$/);
  });

  it('gives the service only settings that it knows', () => {
    const names = settingsNamedIn('genkidesu');
    assert.ok(names.length > 5);
    for (const name of names) assert.ok(isKnown(name), `${name} is a setting of src/config.ts`);
  });
});

/** A setting is known when a file that is missing is complained of, or a value that no setting can have. */
function isKnown(name: string): boolean {
  const file = name.endsWith('_FILE') ? name : `${name}_FILE`;
  try {
    readConfig({ [file]: '/nowhere/at/all' });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.includes(`${file}: `);
  }
  return false;
}
