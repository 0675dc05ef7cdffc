import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lorebox } from '@lorebox/sdk';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let root: string;
let server: LoreboxProcess;
let lorebox: Lorebox;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'lorebox-folders-'));
  server = await startLorebox({ env: { LOREBOX_FETCH_ALLOW: '127.0.0.1', LOREBOX_SOURCE_FOLDERS: root } });
  lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
  await lorebox.workspaces.create({ name: 'demo' });
});
afterAll(async () => {
  await server.dispose();
  rmSync(root, { recursive: true, force: true });
});

describe('a folder', () => {
  it('is synced, with changes and deletions', async () => {
    const path = join(root, 'papers');
    mkdirSync(join(path, 'deep'), { recursive: true });
    writeFileSync(join(path, 'lighthouse.md'), 'The lighthouse is 31 meters tall.');
    writeFileSync(join(path, 'deep', 'ferry.txt'), 'The ferry leaves at nine.');
    const { id } = await lorebox.sources.create('demo', { connector: 'folder', config: { path } });
    const first = await lorebox.sources.waitUntilSynced(id);
    expect(first).toMatchObject({ items: 2, lastRun: { state: 'succeeded', counts: { added: 2 } } });
    await lorebox.documents.waitUntilReady('demo');
    const found = await lorebox.search({ workspace: 'demo', query: 'ferry leaves' });
    expect(found.hits[0]?.text).toContain('nine');
  });
});
