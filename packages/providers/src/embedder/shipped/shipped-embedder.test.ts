import { shippedModel } from '@lorebox/embedding-model';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { createShippedEmbedder } from './shipped-embedder.ts';

const { running, doomed } = vi.hoisted(() => ({ running: new Set<object>(), doomed: { next: 0 } }));
// The real worker; the set only tells which threads are alive. The doomed ones die before the runtime is loaded: a thread
// that is torn down in the middle of native code takes the process along.
vi.mock('node:worker_threads', async (importOriginal) => {
  const threads = await importOriginal<typeof import('node:worker_threads')>();
  class TrackedWorker extends threads.Worker {
    constructor(...args: ConstructorParameters<typeof threads.Worker>) {
      super(...args);
      running.add(this);
      this.on('exit', () => running.delete(this));
      if (doomed.next > 0) void this.terminate();
      doomed.next -= 1;
    }
  }
  return { ...threads, Worker: TrackedWorker };
});

const TIMEOUT = 60_000;
const embedder = createShippedEmbedder({ threads: 1 });
afterAll(() => embedder.close());

function dot(a: Float32Array | undefined, b: Float32Array | undefined): number {
  if (!a || !b) throw new Error('a vector is missing');
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

describe('vectors', () => {
  test('near in meaning is near in space, and every length is 1', { timeout: TIMEOUT }, async () => {
    const [query] = await embedder.embed(['How do I get my money back?'], 'query');
    const [refund, cat, kernel] = await embedder.embed(
      ['Refunds are paid within 14 days.', 'The cat sleeps on the sofa.', 'The kernel schedules threads.'],
      'passage',
    );
    expect(dot(query, refund)).toBeGreaterThan(dot(query, cat) + 0.1);
    expect(dot(query, refund)).toBeGreaterThan(dot(query, kernel) + 0.1);
    for (const vector of [query, refund, cat, kernel]) {
      expect(vector).toHaveLength(shippedModel.dimension);
      expect(dot(vector, vector)).toBeCloseTo(1, 4);
    }
  });

  test('a batch of mixed lengths gives each text the vector it has alone', { timeout: TIMEOUT }, async () => {
    const texts = Array.from({ length: 12 }, (_, i) => `Sentence ${i} about trains. `.repeat(1 + ((i * 7) % 12)));
    const together = await embedder.embed(texts, 'passage');
    for (const [i, text] of texts.entries()) {
      const [alone] = await embedder.embed([text], 'passage');
      // Activations are quantised per batch, so the two differ a little.
      expect(dot(alone, together[i]), text.slice(0, 12)).toBeGreaterThan(0.98);
    }
  });

  test('a query is embedded with its prefix', { timeout: TIMEOUT }, async () => {
    const [asQuery] = await embedder.embed(['solar power'], 'query');
    const [spelledOut] = await embedder.embed([`${shippedModel.queryPrefix}solar power`], 'passage');
    const [asPassage] = await embedder.embed(['solar power'], 'passage');
    expect(dot(asQuery, spelledOut)).toBeCloseTo(1, 4);
    expect(dot(asQuery, asPassage)).toBeLessThan(0.99);
  });

  test('empty, blank and far too long texts are fine', { timeout: TIMEOUT }, async () => {
    expect(await embedder.embed([], 'passage')).toEqual([]);
    const vectors = await embedder.embed(['', ' \n', 'very long '.repeat(5000)], 'passage');
    for (const vector of vectors) expect(dot(vector, vector)).toBeCloseTo(1, 4);
  });
});

test('tokens are counted in the caller without starting a worker', async () => {
  const counter = createShippedEmbedder();
  const before = running.size;
  expect(counter.countTokens('Hello, world!')).toBe(4);
  expect(counter.coverage('Hello, world!')).toBe(1);
  expect(running.size).toBe(before);
  await counter.close();
});

describe('life of the worker', () => {
  test('aborting rejects at once, and the worker goes on with the next request', { timeout: TIMEOUT }, async () => {
    const abort = new AbortController();
    const texts = Array.from({ length: 200 }, (_, i) => `Passage ${i} `.repeat(100));
    const long = embedder.embed(texts, 'passage', abort.signal);
    setTimeout(() => abort.abort(new Error('no longer wanted')), 100);
    await expect(long).rejects.toThrow('no longer wanted');
    const started = performance.now();
    await embedder.embed(['still there?'], 'passage');
    expect(performance.now() - started).toBeLessThan(5_000);
    await expect(embedder.embed(['x'], 'query', AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
  });

  test('a query overtakes the passages before it', { timeout: TIMEOUT }, async () => {
    const order: string[] = [];
    const texts = Array.from({ length: 40 }, (_, i) => `Passage ${i} `.repeat(60));
    const passages = embedder.embed(texts, 'passage').then(() => order.push('passages'));
    const query = embedder.embed(['urgent'], 'query').then(() => order.push('query'));
    await Promise.all([passages, query]);
    expect(order).toEqual(['query', 'passages']);
  });

  test('an idle worker ends, and the next request starts a new one', { timeout: TIMEOUT }, async () => {
    const before = running.size;
    const short = createShippedEmbedder({ threads: 1, idleMs: 50 });
    const [first] = await short.embed(['again'], 'passage');
    expect(running.size).toBe(before + 1);
    await expect.poll(() => running.size, { timeout: 10_000 }).toBe(before);
    const [second] = await short.embed(['again'], 'passage');
    expect(dot(first, second)).toBeCloseTo(1, 4);
    await short.close();
  });

  test('close ends the worker, rejects what waits and refuses what comes', { timeout: TIMEOUT }, async () => {
    const before = running.size;
    const closing = createShippedEmbedder({ threads: 1 });
    const waiting = closing.embed(['a', 'b', 'c'], 'passage');
    waiting.catch(() => undefined);
    await closing.close();
    await expect(waiting).rejects.toThrow('closed');
    await expect(closing.embed(['d'], 'passage')).rejects.toThrow('closed');
    expect(running.size).toBe(before);
  });

  test('a worker that dies is replaced, and its requests are tried once more', { timeout: TIMEOUT }, async () => {
    const before = running.size;
    const mortal = createShippedEmbedder({ threads: 1 });
    doomed.next = 1;
    const [actual] = await mortal.embed(['resilience'], 'passage');
    const [expected] = await embedder.embed(['resilience'], 'passage');
    expect(dot(expected, actual)).toBeCloseTo(1, 4);
    await mortal.close();

    const dead = createShippedEmbedder({ threads: 1 });
    doomed.next = 2;
    await expect(dead.embed(['long '.repeat(500)], 'passage')).rejects.toThrow('worker failed');
    await dead.close();
    expect(running.size).toBe(before);
  });
});
