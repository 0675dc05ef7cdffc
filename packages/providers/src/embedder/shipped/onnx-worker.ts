// Thread entry: owns the ONNX session, so that embedding never blocks the server's event loop.
import { readFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { shippedModel } from '@lorebox/embedding-model';
import { serveCalls, withTransfer } from '@lorebox/worker-rpc/serve-calls';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { createWordPiece } from './wordpiece.ts';

export interface EmbedWorkerData {
  threads: number;
  isBackground: boolean;
}
export interface EmbedInput {
  texts: readonly string[];
  kind: 'query' | 'passage';
}

interface Job extends EmbedInput {
  signal: AbortSignal;
  resolve(vectors: Float32Array): void;
  reject(error: unknown): void;
}

/** About 150 ms on one core. Larger batches are not faster, and delay the next request. */
const BATCH_TOKENS_PER_THREAD = 320;
/** Background work may use all cores, at a lower priority than requests. */
const BACKGROUND_NICE = 10;
const { dimension, maxTokens, queryPrefix, passagePrefix } = shippedModel;
const { threads, isBackground } = workerData as EmbedWorkerData;
const batchTokens = Math.max(maxTokens, BATCH_TOKENS_PER_THREAD * threads);
const tokenizer = createWordPiece(readFileSync(shippedModel.vocabPath, 'utf8'));

// On Linux this applies to the calling thread and the threads that the runtime starts from it, elsewhere to the whole
// process.
if (isBackground && process.platform === 'linux') setPriority(0, BACKGROUND_NICE);

if (!parentPort) throw new Error('onnx-worker.ts must run as a worker thread');

let session: Promise<InferenceSession> | undefined;
function loadModel(): Promise<InferenceSession> {
  session ??= InferenceSession.create(shippedModel.modelPath, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  return session;
}

async function runBatch(encoded: readonly number[][], rows: readonly number[], vectors: Float32Array): Promise<void> {
  const model = await loadModel();
  const width = Math.max(...rows.map((row) => encoded[row]?.length ?? 0));
  const ids = new BigInt64Array(rows.length * width);
  const mask = new BigInt64Array(rows.length * width);
  for (const [line, row] of rows.entries()) {
    for (const [column, id] of (encoded[row] ?? []).entries()) {
      ids[line * width + column] = BigInt(id);
      mask[line * width + column] = 1n;
    }
  }
  const shape = [rows.length, width];
  const output = await model.run({
    input_ids: new Tensor('int64', ids, shape),
    attention_mask: new Tensor('int64', mask, shape),
    token_type_ids: new Tensor('int64', new BigInt64Array(ids.length), shape),
  });
  const hidden = output.last_hidden_state?.data;
  if (!(hidden instanceof Float32Array)) throw new Error('The model returned no last_hidden_state');
  for (const [line, row] of rows.entries()) {
    // CLS pooling: the first position of each row is the sentence vector.
    const start = line * width * dimension;
    const vector = hidden.subarray(start, start + dimension);
    const length = Math.hypot(...vector);
    for (let i = 0; i < dimension; i++) vectors[row * dimension + i] = (vector[i] ?? 0) / length;
  }
  for (const tensor of Object.values(output)) tensor.dispose();
}

/** Batches rows of similar length, to keep the padding small. */
function planBatches(encoded: readonly number[][]): number[][] {
  const lengthOf = (row: number): number => encoded[row]?.length ?? 0;
  const batches: number[][] = [];
  let batch: number[] = [];
  for (const row of [...encoded.keys()].sort((a, b) => lengthOf(a) - lengthOf(b))) {
    if (batch.length > 0 && lengthOf(row) * (batch.length + 1) > batchTokens) {
      batches.push(batch);
      batch = [];
    }
    batch.push(row);
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

const queries: Job[] = [];
const passages: Job[] = [];
let isBusy = false;
let isClosing = false;
let onDrained: () => void = () => {};

const incoming = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function run(job: Job): Promise<void> {
  try {
    const prefix = job.kind === 'query' ? queryPrefix : passagePrefix;
    const encoded = job.texts.map((text) => tokenizer.encode(prefix + text, maxTokens));
    const vectors = new Float32Array(encoded.length * dimension);
    for (const rows of planBatches(encoded)) {
      await incoming();
      if (job.signal.aborted || isClosing) return;
      // A user waits for a query. Passages are background work and can wait for one more batch.
      if (job.kind === 'passage') await runAll(queries);
      await runBatch(encoded, rows, vectors);
    }
    job.resolve(withTransfer(vectors, [vectors.buffer]));
  } catch (error) {
    job.reject(error);
  }
}

async function runAll(jobs: Job[]): Promise<void> {
  for (let job = jobs.shift(); job; job = jobs.shift()) await run(job);
}

async function drain(): Promise<void> {
  if (isBusy) return;
  isBusy = true;
  while (queries.length + passages.length > 0 && !isClosing) {
    await runAll(queries);
    await runAll(passages.splice(0, 1));
  }
  isBusy = false;
  onDrained();
}

const methods = {
  /** One vector per text, concatenated in one array. */
  embed: ({ texts, kind }: EmbedInput, signal: AbortSignal) =>
    new Promise<Float32Array>((resolve, reject) => {
      (kind === 'query' ? queries : passages).push({ texts, kind, signal, resolve, reject });
      void drain();
    }),
};
export type EmbedMethods = typeof methods;

serveCalls(parentPort, methods, async () => {
  isClosing = true;
  if (isBusy) {
    await new Promise<void>((resolve) => {
      onDrained = resolve;
    });
  }
  // Released before the thread ends, because the runtime's native threads must not outlive it.
  if (session) await session.then((model) => model.release()).catch(() => undefined);
});
