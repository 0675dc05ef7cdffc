// Thread entry: owns the ONNX session, so that embedding never blocks the server's event loop.
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { serveCalls, withTransfer } from '@lorebox/worker-rpc/serve-calls';
import { loadEnglish } from './load-english.ts';
import { loadMultilingual } from './load-multilingual.ts';
import { includedModels, loadTokenizer, type ModelName, type SentenceModel, type TextKind } from './sentence-model.ts';

export interface EmbedWorkerData {
  model: ModelName;
  threads: number;
  isBackground: boolean;
}
export interface EmbedInput {
  texts: readonly string[];
  kind: TextKind;
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
const { model: name, threads, isBackground } = workerData as EmbedWorkerData;
const { dimension, maxTokens, queryPrefix, passagePrefix } = includedModels[name];
const batchTokens = Math.max(maxTokens, BATCH_TOKENS_PER_THREAD * threads);
const tokenizer = loadTokenizer(name);

// On Linux this applies to the calling thread and the threads that the runtime starts from it, elsewhere to the whole
// process.
if (isBackground && process.platform === 'linux') setPriority(0, BACKGROUND_NICE);

if (!parentPort) throw new Error('onnx-worker.ts must run as a worker thread');

let loading: Promise<SentenceModel> | undefined;
function loadModel(): Promise<SentenceModel> {
  loading ??= name === 'english' ? loadEnglish(threads) : loadMultilingual(threads);
  return loading;
}

async function runBatch(
  encoded: readonly number[][],
  rows: readonly number[],
  kind: TextKind,
  vectors: Float32Array,
): Promise<void> {
  const model = await loadModel();
  const batch = await model.run(
    rows.map((row) => encoded[row] ?? []),
    kind,
  );
  for (const [line, row] of rows.entries()) {
    const vector = batch.subarray(line * dimension, (line + 1) * dimension);
    const length = Math.hypot(...vector);
    for (let i = 0; i < dimension; i++) vectors[row * dimension + i] = (vector[i] ?? 0) / length;
  }
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
      await runBatch(encoded, rows, job.kind, vectors);
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
  if (loading) await loading.then((model) => model.release()).catch(() => undefined);
});
