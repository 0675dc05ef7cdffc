// Thread entry: owns the session of a cross-encoder, so that judging passages never blocks the server's event loop.
import { parentPort, workerData } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { createWordPiece } from '../embedder/shipped/wordpiece.ts';

export interface RerankWorkerOptions {
  modelPath: string;
  vocabulary: string;
  threads: number;
}
export type RerankWorkerRequest =
  | { id: number; query: string; passages: readonly string[] }
  | { cancel: number }
  | { close: true };
export type RerankWorkerResponse = { id: number; scores: number[] } | { id: number; error: string };

/** The position table of BERT; the question never takes more than half of it. */
const MAX_TOKENS = 512;
const MAX_QUERY_TOKENS = MAX_TOKENS / 2;
/** Small, so that whoever gives up is heard soon. */
const BATCH = 4;

if (!parentPort) throw new Error('onnx-worker.ts must run as a worker thread');
const port = parentPort;
const { modelPath, vocabulary, threads } = workerData as RerankWorkerOptions;
const tokenizer = createWordPiece(vocabulary);
const cancelled = new Set<number>();
let session: Promise<InferenceSession> | undefined;
let last: Promise<void> = Promise.resolve();

interface Pair {
  /** [CLS] question [SEP] passage [SEP] */
  ids: number[];
  /** Where the passage begins. */
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
  // One score a pair; of several classes the last is "relevant".
  const classes = logits.length / pairs.length;
  const scores = pairs.map((_, line) => logits[(line + 1) * classes - 1] ?? 0);
  for (const tensor of Object.values(output)) tensor.dispose();
  return scores;
}

async function answer({
  id,
  query,
  passages,
}: {
  id: number;
  query: string;
  passages: readonly string[];
}): Promise<void> {
  try {
    const question = tokenizer.encode(query, MAX_QUERY_TOKENS);
    const scores: number[] = [];
    for (let from = 0; from < passages.length; from += BATCH) {
      await new Promise((resolve) => setImmediate(resolve));
      if (cancelled.has(id)) return;
      scores.push(...(await judge(passages.slice(from, from + BATCH).map((passage) => toPair(question, passage)))));
    }
    port.postMessage({ id, scores } satisfies RerankWorkerResponse);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    port.postMessage({ id, error: message } satisfies RerankWorkerResponse);
  } finally {
    cancelled.delete(id);
  }
}

port.on('message', (request: RerankWorkerRequest) => {
  if ('cancel' in request) cancelled.add(request.cancel);
  else if ('close' in request) {
    // Released before the thread ends: the runtime's native threads must not outlive it.
    last = last.then(async () => {
      if (session) await session.then((model) => model.release()).catch(() => {});
      port.close();
    });
  } else last = last.then(() => answer(request));
});
