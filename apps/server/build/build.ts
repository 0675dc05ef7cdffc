// Compiles the server and the internal packages that it uses into dist/, which is published as @lorebox/server. Node
// doesn't run TypeScript inside node_modules, so this script strips the types. The folder layout stays the same.
// Needs no packages itself; building the web app installs some.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');
const DIST = join(import.meta.dirname, '../dist');
const SERVER = 'apps/server';
/** Tests and development files of a package. */
const NOT_PUBLISHED = /\.test\.ts$|\.test-d\.ts$|\.d\.ts$|\/(?:e2e|testing|release)\/|\/test-thread\.ts$/;
/** Adds 560 MB of GPU builds; docs/models.md explains how to install it. */
const OPTIONAL_PEERS = ['node-llama-cpp'];
const NODE = '>=22.19';

interface Manifest {
  name: string;
  version: string;
  exports?: Record<string, string>;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const readManifest = (folder: string): Manifest => JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));

/** The server and every workspace package that it depends on: package name to folder. */
function findPackages(): Map<string, string> {
  const folders = new Map([['@lorebox/server', SERVER]]);
  const queue = [SERVER];
  for (let folder = queue.shift(); folder; folder = queue.shift()) {
    for (const name of Object.keys(readManifest(folder).dependencies ?? {})) {
      if (!name.startsWith('@lorebox/') || folders.has(name)) continue;
      const other = `packages/${name.slice('@lorebox/'.length)}`;
      folders.set(name, other);
      queue.push(other);
    }
  }
  return folders;
}

const packages = findPackages();

/** Returns the path in dist/ of an imported file, or null for a package from the registry. */
function resolveImport(specifier: string, from: string): string | null {
  if (specifier.startsWith('.')) return join(dirname(from), specifier);
  const [, name = '', rest = ''] = /^(@lorebox\/[\w-]+)(?:\/(.+))?$/.exec(specifier) ?? [];
  const folder = packages.get(name);
  if (folder === undefined) return null;
  const entries = readManifest(folder).exports ?? {};
  const exact = entries[rest === '' ? '.' : `./${rest}`];
  const target = exact ?? entries['./*']?.replace('*', rest);
  if (target === undefined) throw new Error(`${from}: ${specifier} is not exported`);
  return join(folder, target);
}

function rewrite(specifier: string, from: string): string {
  const target = resolveImport(specifier, from);
  if (target === null) return specifier;
  if (!existsSync(join(ROOT, target))) throw new Error(`${from}: ${specifier} does not exist`);
  const path = relative(dirname(from), target).replaceAll('\\', '/').replace(/\.ts$/, '.js');
  return path.startsWith('.') ? path : `./${path}`;
}

/** Matches static and dynamic imports, re-exports, and the URLs of worker thread and child process files. */
const SPECIFIER =
  /(?<=\bfrom |^import |\bimport\()'(?<specifier>(?:\.\.?\/|@lorebox\/)[^'\n]+)'|(?<=\bnew URL\()'(?<file>\.\/[^'\n]+\.ts)'/gm;

/** Strips types and rewrites imports to the compiled files. */
function compile(file: string): string {
  const source = readFileSync(join(ROOT, file), 'utf8');
  return stripTypeScriptTypes(source).replace(
    SPECIFIER,
    (_literal, specifier: string | undefined, threadFile: string) => `'${rewrite(specifier ?? threadFile, file)}'`,
  );
}

function build(): void {
  rmSync(DIST, { recursive: true, force: true });
  const dependencies: Record<string, string> = {};
  const optionalDependencies: Record<string, string> = {};
  for (const folder of packages.values()) {
    for (const file of globSync(`${folder}/src/**/*`, { cwd: ROOT })) {
      if (NOT_PUBLISHED.test(file) || !/\.\w+$/.test(file) || /\.md$/.test(file)) continue;
      const target = join(DIST, file.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(target), { recursive: true });
      if (file.endsWith('.ts')) writeFileSync(target, compile(file));
      else copyFileSync(join(ROOT, file), target);
    }
    for (const extra of ['model', 'LICENSE', 'PROVENANCE.md']) {
      const path = join(ROOT, folder, extra);
      if (existsSync(path)) cpSync(path, join(DIST, folder, extra), { recursive: true });
    }
    const manifest = readManifest(folder);
    writeFileSync(join(DIST, folder, 'package.json'), `{"type":"module","version":"${manifest.version}"}\n`);
    Object.assign(dependencies, manifest.dependencies);
    Object.assign(optionalDependencies, manifest.optionalDependencies);
  }
  writeManifest(dependencies, optionalDependencies);
  copyWebApp();
  for (const name of ['LICENSE', 'CHANGELOG.md']) copyFileSync(join(ROOT, name), join(DIST, name));
  mkdirSync(join(DIST, 'docs'));
  for (const name of ['configuration.md', 'troubleshooting.md'])
    copyFileSync(join(ROOT, 'docs', name), join(DIST, 'docs', name));
  copyFileSync(join(import.meta.dirname, 'README.md'), join(DIST, 'README.md'));
  copyFileSync(join(import.meta.dirname, 'bin.js'), join(DIST, 'bin.js'));
  chmodSync(join(DIST, 'bin.js'), 0o755);
}

/** Builds the web app and the widget if their sources changed, and adds them beside the server. */
function copyWebApp(): void {
  const bootstrap = join(ROOT, 'scripts/bootstrap.mjs');
  const run = spawnSync(process.execPath, [bootstrap, 'build-web'], { cwd: ROOT, stdio: ['ignore', 2, 2] });
  if (run.status !== 0) throw new Error('building the web app failed');
  cpSync(join(ROOT, 'apps/web/dist'), join(DIST, 'apps/web/dist'), { recursive: true });
  const isScript = (path: string) => !path.endsWith('react.js');
  cpSync(join(ROOT, 'packages/widget/dist'), join(DIST, 'packages/widget/dist'), { recursive: true, filter: isScript });
}

/** Versions of `catalog:` entries in pnpm-workspace.yaml, one `"name": "version"` per line. */
function readCatalog(): Map<string, string> {
  const workspace = readFileSync(join(ROOT, 'pnpm-workspace.yaml'), 'utf8');
  const [, block = ''] = /^catalog:\n((?: {2}.*\n)+)/m.exec(workspace) ?? [];
  return new Map([...block.matchAll(/"([^"]+)": "([^"]+)"/g)].map(([, name = '', version = '']) => [name, version]));
}

function resolveVersion(name: string, version: string, catalog: ReadonlyMap<string, string>): string {
  if (version !== 'catalog:') return version;
  const resolved = catalog.get(name);
  if (resolved === undefined) throw new Error(`${name} is not in the catalog of pnpm-workspace.yaml`);
  return resolved;
}

function writeManifest(dependencies: Record<string, string>, optionalDependencies: Record<string, string>): void {
  const catalog = readCatalog();
  const fromRegistry = Object.entries(dependencies)
    .filter(([name]) => !name.startsWith('@lorebox/') && !OPTIONAL_PEERS.includes(name))
    .map(([name, version]) => [name, resolveVersion(name, version, catalog)]);
  const peers = OPTIONAL_PEERS.flatMap((name) => (dependencies[name] ? [[name, dependencies[name]] as const] : []));
  const manifest = {
    name: '@lorebox/server',
    version: readManifest(SERVER).version,
    description: 'Self-hosted AI workspace on one box: ask your documents, get answers with citations you can check.',
    license: 'MIT',
    type: 'module',
    bin: { 'lorebox-server': './bin.js' },
    engines: { node: NODE },
    dependencies: Object.fromEntries(fromRegistry.sort()),
    optionalDependencies,
    peerDependencies: Object.fromEntries(peers),
    peerDependenciesMeta: Object.fromEntries(OPTIONAL_PEERS.map((name) => [name, { optional: true }])),
  };
  writeFileSync(join(DIST, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

build();
