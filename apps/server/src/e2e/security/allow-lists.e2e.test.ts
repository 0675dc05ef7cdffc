import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Lorebox } from '@lorebox/sdk';
import { startFakeHub, TINY_RERANKER } from '@lorebox/testkit/fake-hub';
import { type FakeOllama, startFakeOllama } from '@lorebox/testkit/fake-ollama';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMember } from './add-member.ts';
import { codeOf } from './code-of.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('allowlists, downloads and locked models', () => {
  let server: LoreboxProcess;
  let ollama: FakeOllama;
  let hub: Awaited<ReturnType<typeof startFakeHub>>;
  let admin: Lorebox;
  let owner: Lorebox;
  let viewer: Lorebox;

  beforeAll(async () => {
    ollama = await startFakeOllama();
    hub = await startFakeHub();
    server = await startLorebox({
      env: {
        LOREBOX_OLLAMA_URL: ollama.url,
        LOREBOX_HUB_URL: hub.url,
        LOREBOX_OPENAI_URL: 'http://api.example/v1',
        LOREBOX_OPENAI_API_KEY: 'key-of-the-admin',
      },
    });
    admin = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
    await admin.workspaces.create({ name: 'demo' });
    owner = await addMember(admin, server.url, 'demo', 'olga', 'owner');
    viewer = await addMember(admin, server.url, 'demo', 'vera', 'viewer');
  });
  afterAll(async () => {
    await server.dispose();
    await ollama.close();
    await hub.close();
  });

  it('let an owner use local and allowlisted servers, and no other servers', async () => {
    const update = (change: object) => codeOf(() => owner.workspaces.update('demo', change));
    expect(await update({ model: 'openai:gpt-5' })).toBe('FORBIDDEN');
    expect(await update({ embedder: 'openai:text-embedding-3' })).toBe('FORBIDDEN');
    expect(await update({ reranker: 'http:reranker' })).toBe('FORBIDDEN');
    expect(await update({ model: 'llama3.2' })).toBe('OK');
    const ask = { workspace: 'demo', question: 'Why?', model: 'openai:gpt-5' };
    expect(await codeOf(() => owner.ask(ask).final())).toBe('FORBIDDEN');
    await admin.settings.update({ allowedModels: ['ollama:other*'] });
    expect(await codeOf(() => owner.ask({ workspace: 'demo', question: 'Why?' }).final())).toBe('FORBIDDEN');
    await admin.settings.update({ allowedModels: null });
    expect(await codeOf(() => owner.ask({ workspace: 'demo', question: 'Why?' }).final())).toBe('OK');
    await admin.settings.update({ allowedConnectors: ['rss', 's*'] });
    const source = { connector: 'website', config: { urls: ['http://127.0.0.1:9/'] }, skipCheck: true };
    expect(await codeOf(() => owner.sources.create('demo', source))).toBe('FORBIDDEN');
    await admin.settings.update({ allowedConnectors: null });
  });

  it('let only an admin download models', async () => {
    const path = join(server.dataDir, 'models', TINY_RERANKER, 'model.onnx');
    const items = ['The heron stands.', 'The river flows.', 'A pump.'].map((text, i) => ({
      externalId: String(i),
      text,
    }));
    await owner.documents.importTexts('demo', items);
    while ((await owner.documents.summary('demo')).ready < 3) await pause(50);
    const search = async () =>
      (await owner.search({ workspace: 'demo', query: 'the heron' })).notices.map(({ message }) => message).join();
    await owner.workspaces.update('demo', { reranker: `onnx:${TINY_RERANKER}` });
    expect(await search()).toMatch(/is not installed/);
    expect(hub.asked).toEqual([]);
    await admin.workspaces.update('demo', { reranker: `onnx:${TINY_RERANKER}` });
    while (!existsSync(path) || !existsSync(join(path, '../tokenizer.json'))) await pause(50);
    expect(JSON.parse(readFileSync(`${path}.origin.json`, 'utf8'))).toMatchObject({ sha256: expect.any(String) });
    expect(await search()).toBe('');
    expect(await codeOf(() => owner.models.pull('ollama:x')[Symbol.asyncIterator]().next())).toBe('FORBIDDEN');
  });

  it('let no one override a locked model', async () => {
    await owner.workspaces.update('demo', { lockModel: true, model: 'ollama:llama3.2:latest' });
    for (const client of [viewer, admin]) {
      const question = { workspace: 'demo', question: 'Why?' };
      expect(await codeOf(() => client.ask({ ...question, model: 'extractive' }).final())).toBe('FORBIDDEN');
      expect(await codeOf(() => client.ask({ ...question, model: 'ollama:llama3.2:latest' }).final())).toBe('OK');
      const { messageId, questionId } = await client
        .ask(question)
        .final()
        .then(async (answer) => {
          const [thread] = await client.threads.list('demo').toArray(1);
          const messages = await client.threads.messages(thread?.id ?? '').toArray();
          return { messageId: answer.messageId, questionId: messages[0]?.id ?? '' };
        });
      expect(await codeOf(() => client.threads.regenerate(messageId, { model: 'extractive' }))).toBe('FORBIDDEN');
      expect(await codeOf(() => client.threads.resend(questionId, 'Who?', { model: 'extractive' }))).toBe('FORBIDDEN');
    }
    expect(await codeOf(() => owner.evals.generateQuestions('demo', { model: 'extractive' }))).toBe('FORBIDDEN');
    expect(await codeOf(() => owner.evals.start('demo', { model: 'extractive' }))).toBe('FORBIDDEN');
  });
});
