import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lorebox } from '@lorebox/sdk';
import { type FakeOllama, startFakeOllama } from '@lorebox/testkit/fake-ollama';
import { startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

const QUESTION = 'How tall is the lighthouse at Cape Varn?';
let dataDir: string;
let ollama: FakeOllama;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'default-model-'));
  ollama = await startFakeOllama();
});
afterAll(async () => {
  await ollama.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Starts the server on the same data, so that no list of models is cached. */
async function withServer<T>(work: (lorebox: Lorebox) => Promise<T>): Promise<T> {
  const server = await startLorebox({ dataDir, env: { LOREBOX_OLLAMA_URL: ollama.url } });
  try {
    return await work(new Lorebox({ baseUrl: server.url, apiKey: server.apiKey }));
  } finally {
    await server.stop();
  }
}

it('stays the one that was chosen first, and is named when its server is down', async () => {
  const ask = (lorebox: Lorebox) => lorebox.ask({ workspace: 'varn', question: QUESTION }).final();
  await withServer(async (lorebox) => {
    await lorebox.workspaces.create({ name: 'Varn' });
    const text = 'The lighthouse at Cape Varn stands 31 metres tall.';
    await lorebox.documents.importTexts('varn', [{ title: 'Lighthouse', text }]);
    const isReady = async () => expect((await lorebox.documents.summary('varn')).ready).toBe(1);
    await vi.waitFor(isReady, { timeout: 30_000, interval: 100 });
    expect((await ask(lorebox)).model).toBe('ollama:llama3.2:latest');
  });

  ollama.models.unshift({ name: 'newer:latest', capabilities: ['completion'] });
  await withServer(async (lorebox) => {
    expect((await ask(lorebox)).model).toBe('ollama:llama3.2:latest');
  });

  await ollama.close();
  await withServer(async (lorebox) => {
    const { answer, model, citations } = await ask(lorebox);
    expect(model).toBe('extractive');
    expect(answer).toMatch(/^The default model ollama:llama3\.2:latest can't be reached\. Ollama is not running\./);
    expect(citations.map(({ n }) => n)).toEqual([1]);
    const { models, providers } = await lorebox.models.list();
    expect(models[0]).toMatchObject({ id: 'ollama:llama3.2:latest', isDefault: true });
    expect(models[0]?.problem).toContain('Ollama is not running.');
    expect(providers[0]?.message).toContain(`Ollama is not running at ${ollama.url}.`);
  });
});
