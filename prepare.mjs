// Makes a fresh clone ready, then runs a command, if any: node prepare.mjs [command [argument…]]
// npm scripts call this before anything is installed, so it uses nothing but Node itself.
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { join, relative } from 'node:path';
import { run, step } from './prepare/children.mjs';
import { withLock } from './prepare/lock.mjs';
import { at, top } from './prepare/places.mjs';
import { fail } from './prepare/words.mjs';

const installStamp = at('node_modules/.genkidesu-install');
const buildStamp = at('dist/.genkidesu-build');
const webStamp = at('dist/.genkidesu-web');

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(
    `Node.js 20.19 以上が必要です（いまは ${process.versions.node}）。`,
    `Node.js 20.19 or newer is needed; this is ${process.versions.node}.`,
  );
}
const command = process.argv.slice(2);

if (!isInstalled() || !isBuilt() || !isWebBuilt()) await withLock(install, build, buildWeb);
if (command.length > 0) await run(command);

async function install() {
  if (isInstalled()) return;
  // Gone before npm touches anything: a half-done installation must not look like a whole one.
  for (const mark of [installStamp, at('node_modules/.package-lock.json')]) fs.rmSync(mark, { force: true });
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  // --include=dev: with NODE_ENV=production npm would leave the compiler out.
  await step(
    ['依存パッケージを入れています', 'Installing dependencies'],
    [...npm, 'ci', '--include=dev', '--no-audit', '--no-fund'],
    [
      'ネットワーク（プロキシ）を確認して、もう一度実行してください。',
      'Check the network (or proxy) and try again.',
    ],
  );
  fs.writeFileSync(installStamp, lockHash());
}

async function build() {
  if (isBuilt()) return;
  const stamp = sourceHash();
  await step(
    ['プログラムを組み立てています', 'Building'],
    [process.execPath, at('node_modules/typescript/bin/tsc'), '-p', at('tsconfig.build.json')],
    ['上の誤りを直してください。', 'Correct the errors above.'],
  );
  for (const folder of ['src', 'migrations']) removeOrphans(at('dist', folder));
  fs.writeFileSync(buildStamp, stamp);
}

/** The pages that browsers get. */
async function buildWeb() {
  if (isWebBuilt()) return;
  const stamp = webHash();
  await step(
    ['画面を組み立てています', 'Building the pages'],
    [process.execPath, at('node_modules/vite/bin/vite.js'), 'build', at('web'), '--logLevel', 'warn'],
    ['上の誤りを直してください。', 'Correct the errors above.'],
  );
  fs.writeFileSync(webStamp, stamp);
}

function isInstalled() {
  const compiler = at('node_modules/typescript/bin/tsc');
  if (!fs.existsSync(compiler)) return false;
  if (readText(installStamp) === lockHash()) return true;
  // An `npm ci` by hand leaves no stamp, but npm writes this file when it has finished.
  const finished = fs.statSync(at('node_modules/.package-lock.json'), { throwIfNoEntry: false });
  if (fs.existsSync(installStamp) || !finished) return false;
  if (finished.mtimeMs < fs.statSync(at('package-lock.json')).mtimeMs) return false;
  fs.writeFileSync(installStamp, lockHash());
  return true;
}

function isBuilt() {
  return readText(buildStamp) === sourceHash();
}

function isWebBuilt() {
  return fs.existsSync(at('dist/web/index.html')) && readText(webStamp) === webHash();
}

/** Of the service's sources the pages take only types, which leave no trace in them. */
function webHash() {
  return hash([...looksOf(filesUnder(at('web'))), lockHash()]);
}

/** Native modules are chosen by platform and Node's major version, so these count too. */
function lockHash() {
  return hash([fs.readFileSync(at('package-lock.json')), process.platform, process.arch, String(major)]);
}

function sourceHash() {
  const files = ['src', 'migrations'].flatMap((folder) => filesUnder(at(folder)));
  const all = [...files, at('tsconfig.json'), at('tsconfig.build.json')];
  return hash([...looksOf(all), lockHash()]);
}

function looksOf(files) {
  return [...files].sort().map((path) => {
    const { mtimeMs, size } = fs.statSync(path);
    return `${relative(top, path)} ${mtimeMs} ${size}\n`;
  });
}

/** What was built from a source that is gone: a stale migration would still be run. */
function removeOrphans(folder) {
  for (const path of filesUnder(folder).filter((each) => /\.js(\.map)?$/.test(each))) {
    const source = at(relative(at('dist'), path).replace(/\.js(\.map)?$/, '.ts'));
    if (!fs.existsSync(source)) fs.rmSync(path);
  }
}

function filesUnder(folder) {
  if (!fs.existsSync(folder)) return [];
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

function hash(parts) {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part);
  return sum.digest('hex');
}

function readText(path) {
  return fs.existsSync(path) ? fs.readFileSync(path, 'utf8') : undefined;
}
