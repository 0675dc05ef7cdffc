import { englishModel } from '@lorebox/embedding-model';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { createShippedEmbedder } from './shipped-embedder.ts';

const { running, doomed } = vi.hoisted(() => ({ running: new Set<object>(), doomed: { next: 0 } }));
// The real worker; the set only tracks which threads are alive. The threads that the tests kill die before the runtime
// is loaded, because terminating a thread in native code crashes the process.
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
const embedder = createShippedEmbedder('english', { threads: 1 });
afterAll(() => embedder.close());

function dot(a: Float32Array | undefined, b: Float32Array | undefined): number {
  if (!a || !b) throw new Error('a vector is missing');
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

describe('vectors', () => {
  test('have length 1 and are close for texts with a similar meaning', { timeout: TIMEOUT }, async () => {
    const [query] = await embedder.embed(['How do I get my money back?'], 'query');
    const [refund, cat, kernel] = await embedder.embed(
      ['Refunds are paid within 14 days.', 'The cat sleeps on the sofa.', 'The kernel schedules threads.'],
      'passage',
    );
    expect(dot(query, refund)).toBeGreaterThan(dot(query, cat) + 0.1);
    expect(dot(query, refund)).toBeGreaterThan(dot(query, kernel) + 0.1);
    for (const vector of [query, refund, cat, kernel]) {
      expect(vector).toHaveLength(englishModel.dimension);
      expect(dot(vector, vector)).toBeCloseTo(1, 4);
    }
  });

  test('are the same for a text in a batch of mixed lengths as for the text alone', { timeout: TIMEOUT }, async () => {
    const texts = Array.from({ length: 12 }, (_, i) => `Sentence ${i} about trains. `.repeat(1 + ((i * 7) % 12)));
    const together = await embedder.embed(texts, 'passage');
    for (const [i, text] of texts.entries()) {
      const [alone] = await embedder.embed([text], 'passage');
      // Activations are quantized per batch, so the two differ slightly.
      expect(dot(alone, together[i]), text.slice(0, 12)).toBeGreaterThan(0.98);
    }
  });

  test('use the prefix for queries', { timeout: TIMEOUT }, async () => {
    const [asQuery] = await embedder.embed(['solar power'], 'query');
    const [spelledOut] = await embedder.embed([`${englishModel.queryPrefix}solar power`], 'passage');
    const [asPassage] = await embedder.embed(['solar power'], 'passage');
    expect(dot(asQuery, spelledOut)).toBeCloseTo(1, 4);
    expect(dot(asQuery, asPassage)).toBeLessThan(0.99);
  });

  test('exist for empty, blank and oversized texts', { timeout: TIMEOUT }, async () => {
    expect(await embedder.embed([], 'passage')).toEqual([]);
    const vectors = await embedder.embed(['', ' \n', 'very long '.repeat(5000)], 'passage');
    for (const vector of vectors) expect(dot(vector, vector)).toBeCloseTo(1, 4);
  });
});

test('need no worker to count tokens', async () => {
  const counter = createShippedEmbedder('english');
  const before = running.size;
  expect(counter.countTokens('Hello, world!')).toBe(4);
  expect(counter.coverage('Hello, world!')).toBe(1);
  expect(running.size).toBe(before);
  await counter.close();
});

describe('worker lifecycle', () => {
  test('an abort rejects at once, and the worker continues with the next request', { timeout: TIMEOUT }, async () => {
    const abort = new AbortController();
    const texts = Array.from({ length: 200 }, (_, i) => `Passage ${i} `.repeat(100));
    const long = embedder.embed(texts, 'passage', abort.signal);
    setTimeout(() => abort.abort(new Error('no longer wanted')), 100);
    await expect(long).rejects.toThrow('no longer wanted');
    await embedder.embed(['still there?'], 'passage');
    await expect(embedder.embed(['x'], 'query', AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
  });

  test('a query runs before queued passages', { timeout: TIMEOUT }, async () => {
    const order: string[] = [];
    const texts = Array.from({ length: 40 }, (_, i) => `Passage ${i} `.repeat(60));
    const passages = embedder.embed(texts, 'passage').then(() => order.push('passages'));
    const query = embedder.embed(['urgent'], 'query').then(() => order.push('query'));
    await Promise.all([passages, query]);
    expect(order).toEqual(['query', 'passages']);
  });

  test('an idle worker exits, and the next request starts a new one', { timeout: TIMEOUT }, async () => {
    const before = running.size;
    const short = createShippedEmbedder('english', { threads: 1, idleMs: 50 });
    const [first] = await short.embed(['again'], 'passage');
    expect(running.size).toBe(before + 1);
    await expect.poll(() => running.size, { timeout: 10_000 }).toBe(before);
    const [second] = await short.embed(['again'], 'passage');
    expect(dot(first, second)).toBeCloseTo(1, 4);
    await short.close();
  });

  test('close stops the worker, rejects queued requests and refuses new ones', { timeout: TIMEOUT }, async () => {
    const before = running.size;
    const closing = createShippedEmbedder('english', { threads: 1 });
    const waiting = closing.embed(['a', 'b', 'c'], 'passage');
    waiting.catch(() => undefined);
    await closing.close();
    await expect(waiting).rejects.toThrow('closed');
    await expect(closing.embed(['d'], 'passage')).rejects.toThrow('closed');
    expect(running.size).toBe(before);
  });

  test('a crashed worker is replaced, and its requests are retried once', { timeout: TIMEOUT }, async () => {
    const before = running.size;
    const mortal = createShippedEmbedder('english', { threads: 1 });
    doomed.next = 1;
    const [actual] = await mortal.embed(['resilience'], 'passage');
    const [expected] = await embedder.embed(['resilience'], 'passage');
    expect(dot(expected, actual)).toBeCloseTo(1, 4);
    await mortal.close();

    const dead = createShippedEmbedder('english', { threads: 1 });
    doomed.next = 2;
    await expect(dead.embed(['long '.repeat(500)], 'passage')).rejects.toThrow('worker failed');
    await dead.close();
    expect(running.size).toBe(before);
  });
});

describe('the multilingual model', () => {
  const multilingual = createShippedEmbedder('multilingual', { threads: 1 });
  afterAll(() => multilingual.close());

  test('finds the same meaning in other languages', { timeout: TIMEOUT }, async () => {
    const [query] = await multilingual.embed(['Wie bekomme ich mein Geld zurück?'], 'query');
    const [refund, chinese, cat, kernel] = await multilingual.embed(
      [
        'Refunds are paid within 14 days.',
        '退款将在十四天内支付。',
        'The cat sleeps on the sofa.',
        'The kernel schedules threads.',
      ],
      'passage',
    );
    for (const match of [refund, chinese]) {
      for (const other of [cat, kernel]) expect(dot(query, match)).toBeGreaterThan(dot(query, other) + 0.1);
    }
    // Unrelated texts are far apart, as thresholds expect.
    expect(dot(query, kernel)).toBeLessThan(0.4);
    expect(dot(refund, refund)).toBeCloseTo(1, 4);
  });

  test('gives a text in a batch of mixed lengths the same vector as alone', { timeout: TIMEOUT }, async () => {
    const texts = Array.from({ length: 6 }, (_, i) => `Satz ${i} über Züge. `.repeat(1 + ((i * 7) % 12)));
    const together = await multilingual.embed([...texts, ''], 'passage');
    for (const [i, text] of texts.entries()) {
      const [alone] = await multilingual.embed([text], 'passage');
      expect(dot(alone, together[i]), text.slice(0, 12)).toBeGreaterThan(0.97);
    }
  });
});
