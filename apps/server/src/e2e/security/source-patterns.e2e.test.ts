import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lorebox } from '@lorebox/sdk';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, expect, it } from 'vitest';

let root: string;
let server: LoreboxProcess;
let lorebox: Lorebox;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'lorebox-patterns-'));
  writeFileSync(join(root, 'heron.md'), 'The heron waits at the pond.');
  writeFileSync(join(root, 'a'.repeat(200)), 'A name that patterns stumble over.');
  server = await startLorebox({ env: { LOREBOX_SOURCE_FOLDERS: root } });
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  await lorebox.workspaces.create({ name: 'pond' });
});
afterAll(async () => {
  await server.dispose();
  rmSync(root, { recursive: true, force: true });
});

const create = (name: string, include: string[]) =>
  lorebox.sources.create('pond', { connector: 'folder', name, config: { path: root, include } });

it('rejects a pattern that could block every sync, and suggests an alternative', async () => {
  for (const pattern of ['/+(*a*)b', '+(+(a))b', '!(a)', '{a,b}'.repeat(30)]) {
    await expect(create('refused', [pattern])).rejects.toMatchObject({ status: 400 });
  }
});

it('a pattern that is slow in other engines does not delay another source', async () => {
  await create('slow elsewhere', ['*a'.repeat(200)]);
  const { id } = await create('plain', ['*.md']);
  const state = async () => (await lorebox.sources.get(id)).lastRun?.state;
  await expect.poll(state, { timeout: 20_000 }).toBe('succeeded');
});
