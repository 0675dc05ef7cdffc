import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@lorebox/contract/errors';
import { z } from 'zod';
import { downloadFirst } from './download-file.ts';

/** Possible paths of each file in a model's repository. The first one that exists is used. */
const FILES: Record<string, readonly string[]> = {
  'model.onnx': ['onnx/model_quantized.onnx', 'onnx/model_int8.onnx', 'onnx/model.onnx', 'model.onnx'],
  'tokenizer.json': ['tokenizer.json'],
};
const SAFE = /^[\w-][\w.-]*(\/[\w-][\w.-]*)?$/;

export interface OnnxFiles {
  modelPath: string;
  /** One piece per line, in ID order. */
  vocabulary: string;
}

/**
 * Folders with model.onnx and tokenizer.json under `folder`. Models that an admin chooses are downloaded from the hub
 * by name.
 */
export class OnnxFileStore {
  private readonly folder: string;
  private readonly options: { hub: string | null; maxBytes: number; mayDownload(model: string): Promise<boolean> };
  private readonly failures = new Map<string, unknown>();
  private readonly running = new Map<string, Promise<void>>();

  /**
   * `hub` is null if downloads are disabled and files are added manually. `mayDownload` allows a download on first use.
   */
  constructor(
    folder: string,
    options: { hub: string | null; maxBytes: number; mayDownload(model: string): Promise<boolean> },
  ) {
    this.folder = folder;
    this.options = options;
  }

  /** Starts to download missing files. Errors are reported by the next search. */
  download(model: string): void {
    if (!SAFE.test(model) || this.isThere(model)) return;
    this.fetchOnce(model).catch((error: unknown) => this.failures.set(model, error));
  }

  /** @throws AppError RERANKER_FAILED with the target folder if the files are missing and can't be downloaded. */
  async find(model: string, signal: AbortSignal): Promise<OnnxFiles> {
    if (!SAFE.test(model)) throw new AppError('RERANKER_FAILED', `"${model}" is not a valid model name.`);
    const folder = join(this.folder, model);
    if (!this.isThere(model)) {
      const mayDownload = this.running.has(model) || (await this.options.mayDownload(model));
      if (!mayDownload) throw this.failures.get(model) ?? notThere(model, folder);
      // The download continues after the first caller aborts, so the next search finds the files.
      await abortable(this.fetchOnce(model), signal);
    }
    return { modelPath: join(folder, 'model.onnx'), vocabulary: await readVocabulary(join(folder, 'tokenizer.json')) };
  }

  private isThere(model: string): boolean {
    return Object.keys(FILES).every((name) => existsSync(join(this.folder, model, name)));
  }

  private fetchOnce(model: string): Promise<void> {
    this.failures.delete(model);
    const running =
      this.running.get(model) ?? this.fetch(model, join(this.folder, model)).finally(() => this.running.delete(model));
    this.running.set(model, running);
    return running;
  }

  private async fetch(model: string, folder: string): Promise<void> {
    const byHand = `Or copy model.onnx and tokenizer.json to ${folder}.`;
    const { hub, maxBytes } = this.options;
    if (hub === null)
      throw new AppError(
        'RERANKER_FAILED',
        `The model ${model} is not installed, and downloads are off. Set LOREBOX_HUB_URL. ${byHand}`,
      );
    await mkdir(folder, { recursive: true });
    for (const [name, places] of Object.entries(FILES)) {
      try {
        const urls = places.map((place) => `${hub}/${model}/resolve/main/${place}`);
        await downloadFirst(urls, join(folder, name), maxBytes);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        const message = `Failed to download the model ${model} from ${hub}: ${reason}. ${byHand}`;
        throw new AppError('RERANKER_FAILED', message, { cause: error });
      }
    }
  }
}

function notThere(model: string, folder: string): AppError {
  const how = `An admin can download it by selecting it, or copy model.onnx and tokenizer.json to ${folder}.`;
  return new AppError('RERANKER_FAILED', `The model ${model} is not installed. ${how}`);
}

const Tokenizer = z.object({
  model: z.object({ type: z.literal('WordPiece').optional(), vocab: z.record(z.string(), z.number()) }),
});

/** @throws AppError RERANKER_FAILED if the tokenizer is not WordPiece. */
async function readVocabulary(path: string): Promise<string> {
  try {
    const { model } = Tokenizer.parse(JSON.parse(await readFile(path, 'utf8')));
    const pieces: string[] = [];
    for (const [piece, id] of Object.entries(model.vocab)) pieces[Number(id)] = piece;
    return Array.from(pieces, (piece) => piece ?? '').join('\n');
  } catch (error) {
    const message = `${path} is not a WordPiece tokenizer. Use a BERT-style cross-encoder, such as Xenova/ms-marco-MiniLM-L-6-v2.`;
    throw new AppError('RERANKER_FAILED', message, { cause: error });
  }
}

function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  work.catch(() => {}); // there may be no caller left to handle it
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason);
    if (signal.aborted) return leave();
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
