import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFakeHub, TINY_RERANKER } from '@lorebox/testkit/fake-hub';
import { testReranker } from '@lorebox/testkit/reranker-conformance';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { OnnxFileStore } from './onnx-files.ts';
import { createOnnxReranker } from './onnx-reranker.ts';

const fetching = (hub: string | null) => ({ hub, maxBytes: 1e9, mayDownload: async () => true });

testReranker('a cross-encoder in ONNX', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rerank-'));
  const hub = await startFakeHub();
  const files = new OnnxFileStore(folder, fetching(hub.url));
  return {
    reranker: createOnnxReranker({ model: TINY_RERANKER, files, threads: 1 }),
    async close() {
      await hub.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});

let folder: string;
let hub: Awaited<ReturnType<typeof startFakeHub>>;
const signal = new AbortController().signal;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rerank-'));
  hub = await startFakeHub();
});
afterEach(async () => {
  await hub.close();
  rmSync(folder, { recursive: true, force: true });
});

it('downloads a model once, and works offline afterwards', async () => {
  const files = new OnnxFileStore(folder, fetching(hub.url));
  await Promise.all([files.find(TINY_RERANKER, signal), files.find(TINY_RERANKER, signal)]);
  expect(hub.asked.filter((path) => path.endsWith('/onnx/model.onnx'))).toHaveLength(1);
  expect(existsSync(join(folder, TINY_RERANKER, 'model.onnx'))).toBe(true);
  const offline = await new OnnxFileStore(folder, fetching(null)).find(TINY_RERANKER, signal);
  expect(offline.vocabulary.split('\n')[8]).toBe('heron');
});

it.each([
  ['is not there and nothing may be fetched', 'tests/other', null, /Or copy model.onnx and tokenizer.json to/],
  ['the hub does not have', 'tests/other', 'hub', /status 404.*Or copy model.onnx/s],
  ['leaves the folder', '../../etc', 'hub', /not a valid model name/],
  ['has another kind of tokenizer', 'tests/unigram', 'hub', /not a WordPiece tokenizer/],
])('explains what to do about a model that %s', async (_, model, where, message) => {
  const files = new OnnxFileStore(folder, fetching(where === null ? null : hub.url));
  await expect(files.find(model, signal)).rejects.toMatchObject({
    code: 'RERANKER_FAILED',
    message: expect.stringMatching(message),
  });
});

it('reports an unreachable hub', async () => {
  const files = new OnnxFileStore(folder, fetching('http://127.0.0.1:9'));
  await expect(files.find(TINY_RERANKER, signal)).rejects.toMatchObject({ code: 'RERANKER_FAILED' });
});

it('downloads only what an admin requests', async () => {
  const files = new OnnxFileStore(folder, { ...fetching(hub.url), mayDownload: async () => false });
  const refusal = { code: 'RERANKER_FAILED', message: expect.stringContaining('is not installed') };
  await expect(files.find(TINY_RERANKER, signal)).rejects.toMatchObject(refusal);
  expect(hub.asked).toEqual([]);
  files.download(TINY_RERANKER);
  expect((await files.find(TINY_RERANKER, signal)).vocabulary).toContain('heron');
});
