import type { IngestSource, IngestStore, Job } from '@lorebox/ports/document-stores';
import type { Embedder } from '@lorebox/ports/embedder';
import type { EmbeddingStore } from '@lorebox/ports/embedding-store';
import type { Log } from '@lorebox/ports/runtime';
import { describe, expect, it } from 'vitest';
import { TextCutter } from './cut-text.ts';
import { IngestRunner } from './ingest-runner.ts';

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** Creates one text document whose embedding waits for `release`; `calls` records the calls of the store. */
function setUp() {
  const job: Job & { kind: 'ingest' } = {
    id: 'job_1',
    kind: 'ingest',
    workspaceId: 'ws',
    documentId: 'doc',
    revision: 1,
    attempts: 0,
    textAttempts: 0,
  };
  const source: IngestSource = {
    jobId: job.id,
    documentId: 'doc',
    workspaceId: 'ws',
    revision: 1,
    filename: 'f',
    title: 'f',
    titleGiven: false,
    contentType: null,
    source: 'text',
    sha256: null,
    size: 4,
  };
  const calls: string[] = [];
  let queued: Job[] = [job];
  let release: () => void = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const store: IngestStore = {
    claim: async () => queued.splice(0),
    requeueRunning: async () => 0,
    beginText: async () => {},
    endText: async () => {},
    source: async () => source,
    parsed: async () => ({ text: 'Text.', blocks: null, isParsed: true }),
    reportPages: async () => {},
    saveParsed: async () => {},
    storedChunks: async () => ({ count: 0, end: 0 }),
    dropChunks: async () => {},
    knownVectors: async (_modelId, texts) => texts.map(() => ({ hash: new Uint8Array([1]), vector: null })),
    appendChunks: async () => {
      calls.push('append');
      return true;
    },
    publish: async () => void calls.push('publish'),
    fail: async (_job, reason) => void calls.push(`fail ${reason}`),
    release: async () => {
      calls.push('release');
      queued = [job];
    },
    postpone: async () => void calls.push('postpone'),
    purgeStep: async () => true,
    finish: async () => void calls.push('finish'),
  };
  const embedder: Embedder = {
    modelId: 'm',
    dimension: 1,
    maxTokens: 512,
    countTokens: (text) => text.length,
    coverage: () => 1,
    embed: async (texts) => texts.map(() => new Float32Array([1])),
    close: async () => {},
  };
  let runs = 0;
  const embed: Embedder['embed'] = (texts, _kind, signal) => {
    runs += 1;
    if (runs > 1) return embedder.embed(texts, 'passage');
    return new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
      released.then(() => resolve(texts.map(() => new Float32Array([1]))));
    });
  };
  const parser = { parse: () => Promise.reject(new Error('not asked')), close: async () => {} };
  const ready = { embedder, embed };
  const embedders = {
    embedderFor: async () => ready,
    embedderNamed: async () => ready,
    isLocalOnly: async () => false,
  };
  const embeddings: EmbeddingStore = {
    survey: async () => [],
    lastKey: async () => 0,
    sampleTexts: async () => [],
    lastQuestions: async () => [],
    active: async () => 'm',
    state: async () => ({ active: null, chunks: 0, next: null }),
    queueReembed: async () => false,
    passagesAfter: async () => [],
    appendVectors: async () => true,
    finish: async () => true,
  };
  const texts = new TextCutter(store, { begin() {}, end() {} });
  const deps = { store, texts, embeddings, parser, ...embedders, pathOf: () => '', clock: { now: () => 0 } };
  const runner = new IngestRunner(deps, { concurrency: 2, log: silent, onProgress: () => {} });
  return { runner, calls, release, isEmbedding: () => runs > 0 };
}

describe('IngestRunner', () => {
  it('puts an interrupted job back into the queue', async () => {
    const { runner, calls, isEmbedding } = setUp();
    await runner.start();
    await expect.poll(isEmbedding, { interval: 1 }).toBe(true);
    runner.abort(['doc']);
    await expect.poll(() => calls, { interval: 1 }).toEqual(['release', 'append', 'publish']);
    await runner.stop();
  });

  it('releases the jobs in progress when it stops', async () => {
    const { runner, calls, isEmbedding } = setUp();
    await runner.start();
    await expect.poll(isEmbedding, { interval: 1 }).toBe(true);
    await runner.stop();
    expect(calls).toEqual(['release']);
  });
});
