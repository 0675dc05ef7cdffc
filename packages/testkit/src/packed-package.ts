import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');
const INSTALL_TIMEOUT_MS = 240_000;
/** Cached between runs, like the other tools of this repository. */
const CACHE = join(ROOT, '.tools/packages');

export interface PackedPackage {
  /** The .tgz that would be published. */
  tarball: string;
  /** An empty project in which it is installed. */
  project: string;
  dispose(): void;
}

/** Builds and packs a package of this repository, and installs it into an empty project. @throws if a step fails. */
export function packAndInstall(packageFolder: string, alongside: readonly string[] = []): PackedPackage {
  return install((folder) => pack(packageFolder, folder), alongside);
}

/** Packs and installs a folder that a build has prepared for publishing. */
export function packFolderAndInstall(built: string): PackedPackage {
  return install(
    (folder) => {
      const { status, output } = runNpm(['pack', built, '--pack-destination', folder], folder);
      const name = readdirSync(folder).find((file) => file.endsWith('.tgz'));
      if (status !== 0 || !name) throw new Error(`npm pack failed:\n${output}`);
      return join(folder, name);
    },
    ['--ignore-scripts'],
  );
}

function install(packInto: (folder: string) => string, alongside: readonly string[]): PackedPackage {
  const folder = mkdtempSync(join(tmpdir(), 'lorebox-packed-'));
  const tarball = packInto(folder);
  const project = join(folder, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{"private":true,"type":"module"}');
  const installed = runNpm(['install', tarball, ...alongside], project);
  if (installed.status !== 0) throw new Error(`npm install failed:\n${installed.output}`);
  return { tarball, project, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Uses the pnpm of this repository, which applies `publishConfig`. It builds first. */
function pack(packageFolder: string, folder: string): string {
  const { packageManager } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { packageManager: string };
  const pnpm = fetchPackage('pnpm', packageManager.slice('pnpm@'.length));
  if (pnpm === null) throw new Error(`${packageManager} could not be had from the npm registry.`);
  const PATH = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`;
  const args = [join(pnpm, 'bin/pnpm.mjs'), 'pack', '--pack-destination', folder];
  const run = spawnSync(process.execPath, args, {
    cwd: packageFolder,
    encoding: 'utf8',
    env: { ...process.env, PATH },
  });
  const name = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  if (run.status !== 0 || !name) throw new Error(`pnpm pack failed:\n${run.stdout}${run.stderr}`);
  return join(folder, name);
}

/** Installs an npm package by itself and returns its folder; null if the registry doesn't provide it. */
export function fetchPackage(name: string, version: string): string | null {
  const target = join(CACHE, `${name.replace('/', '-')}-${version}`);
  const folder = join(target, 'node_modules', name);
  if (existsSync(folder)) return folder;
  const staging = `${target}.partial-${process.pid}`;
  mkdirSync(staging, { recursive: true });
  writeFileSync(join(staging, 'package.json'), '{"private":true}');
  const { status } = runNpm(['install', `${name}@${version}`, '--ignore-scripts', '--no-package-lock'], staging);
  if (status === 0 && !existsSync(target)) renameSync(staging, target);
  rmSync(staging, { recursive: true, force: true });
  return existsSync(folder) ? folder : null;
}

/** npm passes its own settings to child processes as npm_* variables, which another npm misreads. */
function runNpm(args: readonly string[], cwd: string): { status: number | null; output: string } {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
  const isWindows = process.platform === 'win32';
  const { status, stdout, stderr } = spawnSync(
    isWindows ? 'npm.cmd' : 'npm',
    [...args, '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd, env, encoding: 'utf8', timeout: INSTALL_TIMEOUT_MS, shell: isWindows },
  );
  return { status, output: `${stdout}${stderr}` };
}
