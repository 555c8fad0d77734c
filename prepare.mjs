// Makes a fresh clone ready, then runs a command, if any: node prepare.mjs [command [argument…]]
// npm scripts call this before anything is installed, so it uses nothing but Node itself.
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const top = import.meta.dirname ?? '.';
const at = (...parts) => join(top, ...parts);
const installStamp = at('node_modules/.genkidesu-install');
const buildStamp = at('dist/.genkidesu-build');
const webStamp = at('dist/.genkidesu-web');
const SETPRIV = '/usr/bin/setpriv';
const SAME_SIGNAL_MS = 500;
const WATCH_MS = 250;

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

/**
 * One process prepares a clone at a time. The lock appears complete, by rename, and is named after
 * its owner inside, so that breaking a dead owner's lock cannot remove a living one's.
 */
async function withLock(...works) {
  fs.mkdirSync(at('.cache'), { recursive: true });
  const lock = at('.cache/prepare.lock');
  let told = false;
  while (!takeLock(lock)) {
    const owner = lockOwner(lock);
    if (owner && fs.existsSync(`/proc/${owner}`)) {
      if (!told) say('ほかの準備が終わるのを待っています…', 'Waiting for another start in this folder…');
      told = true;
      await delay(200);
      continue;
    }
    if (owner) fs.rmSync(join(lock, owner), { force: true });
    try {
      fs.rmdirSync(lock);
    } catch {
      // Somebody else has broken it, or has it now: ask again.
    }
  }
  const release = () => fs.rmSync(lock, { recursive: true, force: true });
  process.once('exit', release);
  for (const work of works) await work();
  process.off('exit', release);
  release();
}

function lockOwner(lock) {
  try {
    return fs.readdirSync(lock)[0];
  } catch {
    return undefined; // released this very moment
  }
}

function takeLock(lock) {
  const mine = `${lock}.${randomBytes(6).toString('hex')}`;
  fs.mkdirSync(mine);
  fs.writeFileSync(join(mine, String(process.pid)), '');
  try {
    fs.renameSync(mine, lock);
    return true;
  } catch {
    fs.rmSync(mine, { recursive: true });
    return false;
  }
}

/** Runs one tool quietly, with the seconds ticking; shows its last lines when it fails. */
async function step([japanese, english], tool, remedy) {
  const startedAt = performance.now();
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1);
  const title = `${japanese} / ${english}`;
  const ticking = process.stdout.isTTY;
  process.stdout.write(ticking ? '' : `${title}…\n`);
  const frames = ['|', '/', '-', '\\'];
  const ticker = setInterval(() => {
    frames.push(frames.shift());
    if (ticking) process.stdout.write(`\r${frames[0]} ${title}… ${Math.floor(Number(seconds()))} s `);
  }, 200);
  const { code, output } = await runQuietly(tool);
  clearInterval(ticker);
  if (ticking) process.stdout.write('\r\x1b[K');
  if (code === 0) return process.stdout.write(`✓ ${title} (${seconds()} s)\n`);
  const lines = output.trimEnd().split('\n');
  const telling = lines.filter((line) => !/^npm error\s+at /.test(line)); // no stack traces
  process.stderr.write(`${telling.slice(-15).join('\n')}\n`);
  fail(`${japanese}：失敗しました。${remedy[0]}`, `${english} failed. ${remedy[1]}`);
}

function runQuietly(tool) {
  return new Promise((resolve) => {
    let output = '';
    let stoppedBy;
    const [program, ...args] = guarded(tool, 'KILL');
    const child = spawn(program, args, { cwd: top, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const undo = onSignals((signal) => {
      stoppedBy = signal;
      // Not asked politely: what is half done is done again, and npm would go on for a while.
      killGroup(child);
    });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
    child.once('error', (error) => resolve({ code: 1, output: error.message }));
    child.once('close', (code) => {
      undo();
      // Only now: the lock must not be free while a tool still writes.
      if (stoppedBy) process.exit(128 + constants.signals[stoppedBy]);
      resolve({ code, output });
    });
  });
}

/**
 * Runs the command in its own process group: a Ctrl-C reaches it once, through us, and not again
 * from the terminal and from npm; nor does it hit the PBX or database the command runs, which are
 * its own to stop in order. Whatever is left of the group when the command has ended is killed.
 */
async function run([name, ...args]) {
  const installed = at('node_modules/.bin', name);
  const program = name === 'node' ? process.execPath : fs.existsSync(installed) ? installed : name;
  const [first, ...rest] = guarded([program, ...args], 'TERM');
  const path = [at('node_modules/.bin'), process.env.PATH].join(delimiter);
  const env = {
    ...process.env,
    PATH: path,
    GENKIDESU_STARTED_AT: String(Math.round(performance.timeOrigin)),
  };
  const child = spawn(first, rest, { stdio: 'inherit', detached: true, env });
  const undo = onSignals((signal) => child.kill(signal));
  child.once('error', (error) => fail(`${name} を起動できません。`, error.message));
  child.once('exit', (code, signal) => {
    undo();
    killGroup(child);
    if (signal) process.kill(process.pid, signal);
    else process.exitCode = code ?? 1;
  });
}

/** Should we be killed without a word, the kernel passes `signal` to the command. */
function guarded(tool, signal) {
  return fs.existsSync(SETPRIV) ? [SETPRIV, '--pdeathsig', signal, '--', ...tool] : tool;
}

function killGroup(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nothing is left of it.
  }
}

function onSignals(handle) {
  const lastAt = new Map();
  const listener = (signal) => {
    const now = performance.now();
    // A terminal signals its whole foreground group, and npm then sends us the same once more.
    if (now - (lastAt.get(signal) ?? -Infinity) < SAME_SIGNAL_MS) return;
    lastAt.set(signal, now);
    handle(signal);
  };
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const name of names) process.on(name, listener);
  // npm passes a SIGTERM to its shell only, which ends without telling us: then our parent changes.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (!process.env.npm_lifecycle_event || process.ppid === parent) return;
    clearInterval(watch);
    listener('SIGTERM');
  }, WATCH_MS);
  return () => {
    clearInterval(watch);
    for (const name of names) process.off(name, listener);
  };
}

function say(japanese, english) {
  process.stdout.write(`${japanese} / ${english}\n`);
}

function fail(japanese, english) {
  process.stderr.write(`✗ ${japanese}\n  ${english}\n`);
  process.exit(1);
}
