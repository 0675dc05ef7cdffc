import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Answer } from '@lorebox/contract/chat';
import type { Document } from '@lorebox/contract/document';
import type { Page } from '@lorebox/contract/page';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { type PackedPackage, packFolderAndInstall } from '@lorebox/testkit/packed-package';
import { fetchRuntime, RUNTIMES } from '@lorebox/testkit/runtimes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const SERVER = join(import.meta.dirname, '../..');
const VERSIONS = ['Node 22', 'Node 24'];

let packed: PackedPackage;
let bin: string;
beforeAll(() => {
  const build = spawnSync(process.execPath, [join(SERVER, 'build/build.ts')], { encoding: 'utf8' });
  expect(build.status, build.stderr).toBe(0);
  packed = packFolderAndInstall(join(SERVER, 'dist'));
  bin = join(packed.project, 'node_modules/@lorebox/server/bin.js');
});
afterAll(() => packed?.dispose());

function run(args: readonly string[]) {
  return spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8', cwd: packed.project });
}

describe('the packed server', () => {
  it('prints its version and help, and rejects unknown arguments', () => {
    expect(run(['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(run(['--help']).stdout).toContain('Usage: lorebox-server');
    expect(run(['--prot']).stderr).toContain('Unknown argument: --prot');
    expect(run(['--prot']).status).toBe(2);
  });

  it.each(RUNTIMES.filter(({ name }) => VERSIONS.includes(name)))(
    'answers from a parsed document on $name',
    async (runtime) => {
      const node = fetchRuntime(runtime);
      if ('missing' in node) throw new Error(node.missing);
      const server = await startLorebox({ program: { node: node.path, script: bin } });
      await uploadPage(server);
      const page = await fetch(server.url);
      expect(await page.text()).toContain('id="root"');
      const answer = await post(server, '/v1/workspaces/demo/ask', { question: 'Why is there one writer thread?' });
      expect(answer.status).toBe(200);
      const { answer: text, citations } = (await answer.json()) as Answer;
      expect(text).toContain('SQLite');
      expect(citations[0]).toMatchObject({ filename: 'storage.html' });
      expect(await server.stop()).toBe(0);
      await server.dispose();
    },
  );
});

/** Uploads an HTML file, because that starts a parser process. */
async function uploadPage(server: LoreboxProcess): Promise<void> {
  expect((await post(server, '/v1/workspaces', { name: 'demo' })).status).toBe(201);
  const form = new FormData();
  const page = '<h1>Storage</h1><p>There is one writer thread, because SQLite allows one writer at a time.</p>';
  form.append('file', new File([page], 'storage.html', { type: 'text/html' }));
  const uploaded = await fetch(`${server.url}/v1/workspaces/demo/documents`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.apiKey}` },
    body: form,
  });
  expect(uploaded.status, await uploaded.clone().text()).toBe(202);
  const list = () => get(server, '/v1/workspaces/demo/documents');
  await expect
    .poll(async () => ((await (await list()).json()) as Page<Document>).items[0]?.status, { timeout: 60_000 })
    .toBe('ready');
}

function get(server: LoreboxProcess, path: string): Promise<Response> {
  return fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${server.apiKey}` } });
}

function post(server: LoreboxProcess, path: string, body: object): Promise<Response> {
  return fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}
