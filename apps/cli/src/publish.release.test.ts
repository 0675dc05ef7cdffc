import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { lintPackage } from '@lorebox/testkit/package-lint';
import { type PackedPackage, packAndInstall } from '@lorebox/testkit/packed-package';
import { fetchRuntime, RUNTIMES } from '@lorebox/testkit/runtimes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PACKAGE = join(import.meta.dirname, '..');
const SDK = join(PACKAGE, '../../packages/sdk');
const NODES = RUNTIMES.filter(({ name }) => ['Node 22', 'Node 24'].includes(name));

let sdk: PackedPackage;
let packed: PackedPackage;
let server: LoreboxProcess;
beforeAll(async () => {
  sdk = packAndInstall(SDK);
  packed = packAndInstall(PACKAGE, [sdk.tarball]);
  server = await startLorebox();
});
afterAll(async () => {
  await server?.dispose();
  packed?.dispose();
  sdk?.dispose();
});

const entry = () => join(packed.project, 'node_modules/lorebox/dist/main.js');

describe('the packed command', () => {
  it('contains what is needed to run, and nothing else', async () => {
    const folder = join(packed.project, 'node_modules/lorebox');
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    expect(manifest.bin).toEqual({ lorebox: './dist/main.js' });
    expect(Object.keys(manifest.dependencies).sort()).toEqual(['@lorebox/sdk', 'commander']);
    expect(existsSync(join(folder, 'src'))).toBe(false);
    for (const file of ['README.md', 'LICENSE']) expect(existsSync(join(folder, file)), file).toBe(true);
    // It is a program that is never imported.
    expect(await lintPackage(packed.tarball)).toEqual(['There are no types.']);
  });

  it('runs with npx', async () => {
    const { stdout } = await promisify(execFile)('npx', ['--no-install', 'lorebox', '--version'], {
      cwd: packed.project,
      env: { ...process.env, PATH: `${join(process.execPath, '..')}:${process.env.PATH}` },
    });
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.for(NODES)('runs on $name', async (runtime, context) => {
    const found = fetchRuntime(runtime);
    if ('missing' in found) return context.skip(found.missing);
    const env = { PATH: process.env.PATH ?? '', LOREBOX_URL: server.url, LOREBOX_API_KEY: server.apiKey };
    const run = async (...args: string[]) =>
      (await promisify(execFile)(found.path, [entry(), ...args], { cwd: packed.project, env })).stdout;
    expect(await run('--version')).toMatch(/^\d+\.\d+\.\d+\n$/);
    const help = await run('--help');
    for (const command of ['login', 'sync', 'documents', 'ask', 'completion']) expect(help).toContain(`  ${command} `);
    const slug = (await run('workspace', 'create', runtime.name)).trim();
    expect(await run('workspace', 'list')).toContain(`${slug}\t${runtime.name}\tchat`);
    const offline = run('ask', '--files', entry(), 'What is this?');
    await expect(offline).rejects.toThrow('needs the server, which is not part of this package');
  });
});
