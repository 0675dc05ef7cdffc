// Thread entry: owns the session of a cross-encoder, so that scoring passages never blocks the server's event loop.
import { parentPort, workerData } from 'node:worker_threads';
import { serveCalls } from '@lorebox/worker-rpc/serve-calls';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { createWordPiece } from '../embedder/shipped/wordpiece.ts';

export interface RerankWorkerData {
  modelPath: string;
  vocabulary: string;
  threads: number;
}
export interface RerankInput {
  query: string;
  passages: readonly string[];
}

/** Size of BERT's position table. The question uses at most half of it. */
const MAX_TOKENS = 512;
const MAX_QUERY_TOKENS = MAX_TOKENS / 2;
/** Small, so that a cancelled call ends quickly. */
const BATCH = 4;

if (!parentPort) throw new Error('onnx-worker.ts must run as a worker thread');
const { modelPath, vocabulary, threads } = workerData as RerankWorkerData;
const tokenizer = createWordPiece(vocabulary);
let session: Promise<InferenceSession> | undefined;
let last: Promise<unknown> = Promise.resolve();

interface Pair {
  /** [CLS] question [SEP] passage [SEP] */
  ids: number[];
  /** Index at which the passage starts. */
  second: number;
}

function toPair(question: readonly number[], passage: string): Pair {
  const [, ...rest] = tokenizer.encode(passage, MAX_TOKENS - question.length + 1);
  return { ids: [...question, ...rest], second: question.length };
}

async function judge(pairs: readonly Pair[]): Promise<number[]> {
  session ??= InferenceSession.create(modelPath, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const model = await session;
  const width = Math.max(...pairs.map(({ ids }) => ids.length));
  const size = pairs.length * width;
  const [ids, mask, types] = [new BigInt64Array(size), new BigInt64Array(size), new BigInt64Array(size)];
  for (const [line, pair] of pairs.entries()) {
    for (const [column, id] of pair.ids.entries()) {
      ids[line * width + column] = BigInt(id);
      mask[line * width + column] = 1n;
      if (column >= pair.second) types[line * width + column] = 1n;
    }
  }
  const shape = [pairs.length, width];
  const inputs = { input_ids: ids, attention_mask: mask, token_type_ids: types };
  const wanted = Object.entries(inputs).filter(([name]) => model.inputNames.includes(name));
  const output = await model.run(
    Object.fromEntries(wanted.map(([name, data]) => [name, new Tensor('int64', data, shape)])),
  );
  const [name = ''] = model.outputNames;
  const logits = output[name]?.data;
  if (!(logits instanceof Float32Array)) throw new Error('The model returned no scores');
  // One score per pair. If there are several classes, the last one is "relevant".
  const classes = logits.length / pairs.length;
  const scores = pairs.map((_, line) => logits[(line + 1) * classes - 1] ?? 0);
  for (const tensor of Object.values(output)) tensor.dispose();
  return scores;
}

async function score({ query, passages }: RerankInput, signal: AbortSignal): Promise<number[]> {
  const question = tokenizer.encode(query, MAX_QUERY_TOKENS);
  const scores: number[] = [];
  for (let from = 0; from < passages.length; from += BATCH) {
    await new Promise((resolve) => setImmediate(resolve));
    if (signal.aborted) break;
    scores.push(...(await judge(passages.slice(from, from + BATCH).map((passage) => toPair(question, passage)))));
  }
  return scores;
}

const methods = {
  /** Returns one score per passage, in order. Calls run one at a time. */
  score(input: RerankInput, signal: AbortSignal): Promise<number[]> {
    const scores = last.then(() => score(input, signal));
    last = scores.catch(() => {});
    return scores;
  },
};
export type RerankMethods = typeof methods;

serveCalls(parentPort, methods, async () => {
  await last;
  // Released before the thread ends, because the runtime's native threads must not outlive it.
  if (session) await session.then((model) => model.release()).catch(() => {});
});
