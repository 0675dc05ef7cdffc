import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AnswerEvent, Lorebox } from '@lorebox/sdk';
import { startFakeOllama } from '@lorebox/testkit/fake-ollama';
import { type FakeOpenAi, startFakeOpenAi } from '@lorebox/testkit/fake-openai';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { createRandom, testSeed } from '@lorebox/testkit/random';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countIndexRows } from './index-rows.ts';

const DOCUMENTS = 200;
const KILLS = 50;

let embedder: FakeOpenAi;
let server: LoreboxProcess;
let env: Record<string, string>;

beforeAll(async () => {
  embedder = await startFakeOpenAi();
  env = { LOREBOX_EMBEDDER: 'openai:small-embed', LOREBOX_OPENAI_URL: `${embedder.url}/v1` };
  server = await startLorebox({ env });
});
afterAll(async () => {
  await server.dispose();
  await embedder.close();
});

const client = () => new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });

/** Kills the server with SIGKILL and starts it again in the same folder. */
async function crash(extra: Record<string, string> = {}): Promise<void> {
  await server.kill();
  server = await startLorebox({ dataDir: server.dataDir, env: { ...env, ...extra } });
}

describe('kill -9', () => {
  it('during an ingest loses nothing, duplicates nothing and leaves no orphans', async () => {
    const { slug: workspace } = await client().api.workspaces.create.mutate({ name: 'Kill' });
    const text = (i: number) => `Report number ${i}. ${`The machine in hall ${i} ran for ${i} hours. `.repeat(40)}`;
    const files = Array.from({ length: DOCUMENTS }, (_, i) => ({ name: `report-${i}.txt`, data: new Blob([text(i)]) }));
    for (let i = 0; i < DOCUMENTS; i += 50) await client().documents.upload(workspace, files.slice(i, i + 50));
    embedder.delayMs = 20; // slow enough that every kill interrupts work in progress
    const random = createRandom(testSeed());
    for (let i = 0; i < KILLS; i += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100 + random() * 400));
      await crash();
    }
    embedder.delayMs = 0;
    const lorebox = client();
    await expect
      .poll(() => lorebox.api.documents.summary.query({ workspace }), { timeout: 60_000, interval: 100 })
      .toEqual({ ready: DOCUMENTS, processing: 0, failed: 0 });
    const rows = countIndexRows(server.dataDir);
    expect(rows.integrity).toBe('ok');
    expect(rows.duplicates).toBe(0);
    expect(rows.fullText).toBe(rows.chunks);
    expect(rows.vectors).toBe(rows.chunks);
    expect(rows.orphans).toBe(0);
    expect(rows.blobFiles).toBe(DOCUMENTS);
    const documents = [];
    for await (const document of lorebox.documents.list(workspace, { limit: 200 })) documents.push(document);
    expect(documents.reduce((sum, { chunks }) => sum + chunks, 0)).toBe(rows.chunks);
    const { hits } = await lorebox.api.search.query({ workspace, query: 'Report number 77', mode: 'keyword', k: 1 });
    expect(hits[0]?.filename).toBe('report-77.txt');
  }, 300_000);

  it('after an accepted delete still removes everything', async () => {
    const lorebox = client();
    const [workspace] = (await lorebox.api.workspaces.list.query({})).items;
    await lorebox.api.workspaces.delete.mutate({ workspace: workspace?.id ?? '' });
    await crash();
    await expect
      .poll(() => countIndexRows(server.dataDir), { timeout: 30_000, interval: 200 })
      .toMatchObject({ chunks: 0, vectors: 0, fullText: 0, blobFiles: 0, documents: 0 });
  });

  it('during an answer ends it with a clear error in sequence, and the question can be asked again', async () => {
    const ollama = await startFakeOllama();
    ollama.reply = Array.from({ length: 200 }, (_, i) => `word${i} `);
    ollama.delayMs = 20;
    await crash({ LOREBOX_OLLAMA_URL: ollama.url });
    const { slug: workspace } = await client().api.workspaces.create.mutate({ name: 'Cut' });
    const { answerId, threadId } = await client().api.chat.ask.mutate({ workspace, question: 'Tell me a lot.' });
    const seen: AnswerEvent[] = [];
    for await (const event of client().watch(answerId)) {
      seen.push(event);
      if (seen.length === 40) break;
    }
    await crash({ LOREBOX_OLLAMA_URL: ollama.url });
    const rest: AnswerEvent[] = [];
    for await (const event of client().watch(answerId, { lastEventId: seen.at(-1)?.seq })) rest.push(event);
    expect(rest.at(-1)).toMatchObject({ type: 'answer-error', code: 'ANSWER_INTERRUPTED', retryable: true });
    const numbers = [...seen, ...rest].map(({ seq }) => seq);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    const [, reply] = (await client().api.threads.messages.query({ threadId })).items;
    expect(reply).toMatchObject({ status: 'failed', error: { code: 'ANSWER_INTERRUPTED' } });
    ollama.delayMs = 0;
    const again = await client().api.chat.regenerate.mutate({ messageId: reply?.id ?? '' });
    let last: AnswerEvent | undefined;
    for await (const event of client().watch(again.answerId)) last = event;
    expect(last).toMatchObject({ type: 'answer-end', finishReason: 'stop' });
    await ollama.close();
  });
});

describe('a graceful shutdown', () => {
  it('finishes within seconds, and the ingest resumes at the next start', async () => {
    const { slug: workspace } = await client().api.workspaces.create.mutate({ name: 'Parked' });
    embedder.delayMs = 100;
    const items = Array.from({ length: 60 }, (_, i) => ({
      externalId: `p${i}`,
      text: `Parked item ${i} with some words.`,
    }));
    await client().api.documents.importTexts.mutate({ workspace, items });
    expect(await server.stop()).toBe(0);
    expect(existsSync(join(server.dataDir, 'running'))).toBe(false);
    embedder.delayMs = 0;
    server = await startLorebox({ dataDir: server.dataDir, env });
    await expect
      .poll(() => client().api.documents.summary.query({ workspace }), { timeout: 30_000 })
      .toMatchObject({ ready: 60, processing: 0 });
  });

  it('rejects a second server in the same folder, and a folder without its database', async () => {
    await expect(startLorebox({ dataDir: server.dataDir, env })).rejects.toThrow(/Another Lorebox/);
    await server.stop();
    for (const name of ['lorebox.db', 'lorebox.db-wal', 'lorebox.db-shm'])
      rmSync(join(server.dataDir, name), { force: true });
    mkdirSync(join(server.dataDir, 'blobs', 'ab'), { recursive: true });
    writeFileSync(join(server.dataDir, 'blobs', 'ab', 'x'), 'x');
    await expect(startLorebox({ dataDir: server.dataDir, env })).rejects.toThrow(/earlier installation/);
    rmSync(join(server.dataDir, 'blobs'), { recursive: true });
    server = await startLorebox({ dataDir: server.dataDir, env });
  });
});
