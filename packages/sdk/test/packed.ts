import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fetchPackage, runNpm } from './runtimes.ts';

const PACKAGE = join(import.meta.dirname, '..');

export interface Packed {
  /** The .tgz, as it would be published. */
  tarball: string;
  /** An empty project with the tarball installed and the acceptance program in it. */
  project: string;
  dispose(): void;
}

/** Builds, packs and installs the package as a stranger would. @throws when any of it fails. */
export function packAndInstall(): Packed {
  const folder = mkdtempSync(join(tmpdir(), 'lorebox-sdk-'));
  const tarball = pack(folder);
  const project = join(folder, 'project');
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{"private":true,"type":"module"}');
  const install = runNpm(['install', tarball, '@types/node@22'], project);
  if (install.status !== 0) throw new Error(`npm install failed:\n${install.output}`);
  cpSync(join(PACKAGE, 'test/consumer'), project, { recursive: true });
  return { tarball, project, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}

/** With the pnpm of this repository, which puts `publishConfig` in its place; it builds first. */
function pack(folder: string): string {
  const { packageManager } = JSON.parse(readFileSync(join(PACKAGE, '../../package.json'), 'utf8'));
  const pnpm = fetchPackage('pnpm', packageManager.split('@')[1]);
  if (pnpm === null) throw new Error(`${packageManager} could not be had from the npm registry.`);
  const PATH = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`;
  const args = [join(pnpm, 'bin/pnpm.mjs'), 'pack', '--pack-destination', folder];
  const run = spawnSync(process.execPath, args, { cwd: PACKAGE, encoding: 'utf8', env: { ...process.env, PATH } });
  const name = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  if (run.status !== 0 || !name) throw new Error(`pnpm pack failed:\n${run.stdout}${run.stderr}`);
  return join(folder, name);
}
