import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@lorebox/contract/errors';
import { z } from 'zod';
import { patientFetch } from '../llm/patient-fetch.ts';

/** Where each file lies in a model's repository, the first that is there. */
const FILES: Record<string, readonly string[]> = {
  'model.onnx': ['onnx/model_quantized.onnx', 'onnx/model_int8.onnx', 'onnx/model.onnx', 'model.onnx'],
  'tokenizer.json': ['tokenizer.json'],
};
const SAFE = /^[\w-][\w.-]*(\/[\w-][\w.-]*)?$/;

export interface OnnxFiles {
  modelPath: string;
  /** One piece a line, in the order of ids. */
  vocabulary: string;
}

/** Folders with model.onnx and tokenizer.json under `folder`; what is missing is fetched by name from the hub. */
export class OnnxFileStore {
  private readonly folder: string;
  private readonly hub: string | null;
  private readonly running = new Map<string, Promise<void>>();

  /** `hub` null: nothing is fetched, files are put there by hand. */
  constructor(folder: string, hub: string | null) {
    this.folder = folder;
    this.hub = hub;
  }

  /** @throws AppError RERANKER_FAILED when the files are not there and can't be fetched, with where to put them. */
  async find(model: string, signal: AbortSignal): Promise<OnnxFiles> {
    if (!SAFE.test(model)) throw new AppError('RERANKER_FAILED', `"${model}" is no name of a model.`);
    const folder = join(this.folder, model);
    const isThere = Object.keys(FILES).every((name) => existsSync(join(folder, name)));
    // The download outlives whoever asked first: the next search finds it done.
    if (!isThere) await abortable(this.fetchOnce(model, folder), signal);
    return { modelPath: join(folder, 'model.onnx'), vocabulary: await readVocabulary(join(folder, 'tokenizer.json')) };
  }

  private fetchOnce(model: string, folder: string): Promise<void> {
    const running = this.running.get(model) ?? this.fetch(model, folder).finally(() => this.running.delete(model));
    this.running.set(model, running);
    return running;
  }

  private async fetch(model: string, folder: string): Promise<void> {
    const byHand = `Or put model.onnx and tokenizer.json into ${folder}.`;
    if (this.hub === null) throw new AppError('RERANKER_FAILED', `The model ${model} is not there. ${byHand}`);
    await mkdir(folder, { recursive: true });
    for (const [name, places] of Object.entries(FILES)) {
      try {
        await fetchFirst(
          places.map((place) => `${this.hub}/${model}/resolve/main/${place}`),
          join(folder, name),
        );
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        const message = `The model ${model} could not be fetched from ${this.hub}: ${reason}. ${byHand}`;
        throw new AppError('RERANKER_FAILED', message, { cause: error });
      }
    }
  }
}

async function fetchFirst(urls: readonly string[], path: string): Promise<void> {
  if (existsSync(path)) return;
  let status = 0;
  for (const url of urls) {
    const response = await patientFetch(url, { redirect: 'follow' });
    status = response.status;
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      if (status === 404) continue;
      break;
    }
    const temporary = `${path}.part`;
    try {
      await pipeline(
        Readable.fromWeb(response.body as import('node:stream/web').ReadableStream),
        createWriteStream(temporary),
      );
      await rename(temporary, path);
      return;
    } finally {
      await rm(temporary, { force: true });
    }
  }
  throw new Error(`the hub answered ${status}`);
}

const Tokenizer = z.object({
  model: z.object({ type: z.literal('WordPiece').optional(), vocab: z.record(z.string(), z.number()) }),
});

/** @throws AppError RERANKER_FAILED for a tokenizer that is no WordPiece. */
async function readVocabulary(path: string): Promise<string> {
  try {
    const { model } = Tokenizer.parse(JSON.parse(await readFile(path, 'utf8')));
    const pieces: string[] = [];
    for (const [piece, id] of Object.entries(model.vocab)) pieces[Number(id)] = piece;
    return Array.from(pieces, (piece) => piece ?? '').join('\n');
  } catch (error) {
    const message = `${path} is no WordPiece tokenizer. Cross-encoders of the BERT kind work, such as Xenova/ms-marco-MiniLM-L-6-v2.`;
    throw new AppError('RERANKER_FAILED', message, { cause: error });
  }
}

function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  work.catch(() => {}); // nobody may be left to hear of it
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason);
    if (signal.aborted) return leave();
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
