import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lorebox } from '@lorebox/sdk';
import { type LoreboxProcess, startLorebox } from '@lorebox/testkit/lorebox-process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMember } from './add-member.ts';
import { codeOf } from './code-of.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs in every thread and process of the server and records connections to other machines. */
const PRELOAD = (file: string) => `
import net from 'node:net';
import { appendFileSync } from 'node:fs';
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  const { path, host } = typeof first === 'object' ? first : { path: undefined, host: second };
  const to = String(host ?? 'localhost');
  if (!path && !/^(localhost|127\\.|::1$)/.test(to)) appendFileSync(${JSON.stringify(file)}, to + '\\n');
  return connect.apply(this, args);
};
`;

describe('a local-only workspace', () => {
  let folder: string;
  let captured: string;
  let server: LoreboxProcess;
  let receiver: Server;
  const received: string[] = [];
  let admin: Lorebox;
  let owner: Lorebox;
  const outgoing = () => (existsSync(captured) ? readFileSync(captured, 'utf8').split('\n').filter(Boolean) : []);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'egress-'));
    captured = join(folder, 'captured.txt');
    const preload = join(folder, 'preload.mjs');
    writeFileSync(preload, PRELOAD(captured));
    receiver = createServer(async (request, response) => {
      for await (const chunk of request) received.push(String(chunk));
      response.writeHead(204).end();
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    server = await startLorebox({
      nodeArgs: ['--import', preload],
      env: {
        LOREBOX_FETCH_ALLOW: '127.0.0.1:*',
        LOREBOX_OPENAI_URL: 'http://models.example/v1',
        LOREBOX_RERANK_URL: 'http://rerank.example/v1',
        LOREBOX_SPEECH_URL: 'http://speech.example/v1',
        LOREBOX_VECTOR_BACKEND: 'elasticsearch',
        LOREBOX_VECTOR_URL: 'http://vectors.example:9200',
        LOREBOX_ALLOWED_MODELS: '*',
        LOREBOX_ALLOWED_EMBEDDERS: '*',
        LOREBOX_ALLOWED_RERANKERS: '*',
      },
    });
    admin = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey });
    await admin.webhooks.create({ url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/` });
    await admin.workspaces.create({ name: 'private', localOnly: true, rewriteFollowUps: true });
    owner = await addMember(admin, server.url, 'private', 'olga', 'owner');
  });
  afterAll(async () => {
    await server.dispose();
    receiver.closeAllConnections();
    receiver.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('rejects every configuration that would send its texts to another machine', async () => {
    for (const client of [owner, admin]) {
      for (const change of [{ model: 'openai:gpt' }, { embedder: 'openai:embed' }, { reranker: 'http:rerank' }])
        expect(await codeOf(() => client.workspaces.update('private', change)), JSON.stringify(change)).toBe(
          'FORBIDDEN',
        );
    }
    expect(await codeOf(() => owner.workspaces.update('private', { localOnly: false }))).toBe('FORBIDDEN');
    const { id: workspaceId } = await owner.workspaces.get('private');
    expect(await codeOf(() => admin.webhooks.create({ url: 'http://127.0.0.1:9/', workspaceId }))).toBe('FORBIDDEN');
    expect(outgoing()).toEqual([]);
  });

  it('ingests, searches, answers and runs evals without a connection to another machine', async () => {
    const items = ['The heron stands in the river.', 'The pump is broken.'].map((text, i) => ({
      externalId: `${i}`,
      text,
    }));
    await owner.documents.importTexts('private', items);
    const { documents } = await owner.documents.upload('private', [
      { name: 'silence.wav', data: new Blob([silence()]) },
    ]);
    while ((await owner.documents.summary('private')).ready < 2) await pause(50);
    const recording = async () => owner.documents.get(documents[0]?.id ?? '');
    while ((await recording()).status === 'processing') await pause(100);
    expect(await recording()).toMatchObject({ status: 'failed', reason: 'needs-transcription' });

    for (const mode of ['keyword', 'vector', 'hybrid'] as const)
      await owner.search({ workspace: 'private', query: 'the heron', mode });
    const question = { workspace: 'private', question: 'Where does the heron stand?' };
    await codeOf(() => owner.ask(question).final());
    expect(await codeOf(() => owner.ask({ ...question, model: 'openai:gpt' }).final())).toBe('FORBIDDEN');
    expect(await codeOf(() => owner.ask({ ...question, model: 'extractive' }).final())).toBe('OK');
    await owner.evals.addQuestions('private', [{ question: 'Where is the heron?' }]);
    expect(await codeOf(() => owner.evals.generateQuestions('private', { model: 'openai:gpt' }))).toBe('FORBIDDEN');
    expect(await codeOf(() => owner.evals.start('private', { model: 'openai:gpt' }))).toBe('FORBIDDEN');
    const { id: runId } = await owner.evals.start('private', { answers: true, model: 'extractive' });
    while ((await owner.evals.get(runId)).state === 'running') await pause(50);
    const call = (path: string, body: object) =>
      fetch(server.url + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }).then((response) => response.text());
    await call('/v1/workspaces/private/ask', { question: 'Where?', model: 'openai:gpt' });
    await call('/v1/workspaces/private/search', { query: 'heron' });
    await call('/openai/v1/chat/completions', {
      model: 'workspace:private',
      messages: [{ role: 'user', content: 'Where?' }],
    });
    await call('/openai/v1/responses', { model: 'workspace:private', input: 'Where?' });
    const socket = new Lorebox({ baseUrl: server.url, apiKey: server.apiKey, transport: 'ws' });
    await codeOf(() => socket.ask(question).final());
    await codeOf(() => socket.ask({ ...question, model: 'openai:gpt' }).final());
    socket.close();
    const { id } = await owner.workspaces.get('private');
    await call(`/openai/v1/vector_stores/${id}/search`, { query: 'heron' });
    await pause(1500);
    expect(outgoing()).toEqual([]);
    expect(received).toEqual([]);
  });

  it('connects again once an admin allows it, which proves that the recorder works', async () => {
    await admin.workspaces.update('private', { localOnly: false });
    while (!outgoing().includes('vectors.example')) await pause(100);
    await owner.documents.importTexts('private', [{ text: 'Another one.' }]);
    while (received.length === 0) await pause(100);
  });
});

/** One second of silence. */
function silence(): Uint8Array<ArrayBuffer> {
  const samples = 16_000;
  const bytes = Buffer.alloc(44 + samples * 2);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + samples * 2, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(samples, 24);
  bytes.writeUInt32LE(samples * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(samples * 2, 40);
  return new Uint8Array(bytes);
}
