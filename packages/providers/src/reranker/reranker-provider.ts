import type { Reranker } from '@lorebox/ports/reranker';
import type { NamedProvider } from '../provider-names.ts';
import type { OnnxFileStore } from './onnx-files.ts';

export interface RerankerOptions {
  /** Folder with GGUF files and downloaded ONNX models. */
  modelsDir: string;
  onnxFiles: OnnxFileStore;
  /** Null if no rerank server is configured. */
  server: { url: string; apiKey: string | undefined } | null;
}

export interface RerankerProvider extends NamedProvider {
  /** @throws AppError RERANKER_FAILED if a setting is missing or the name is invalid. */
  create(model: string, options: RerankerOptions): Reranker;
  /** Whether texts stay on this machine. Makes no request. */
  isLocal(options: RerankerOptions): boolean;
  /** Starts to download the model if it is missing. */
  download?(model: string, options: RerankerOptions): void;
}
