import { ggufRerankers } from './gguf-reranker.ts';
import { httpRerankers } from './http-reranker.ts';
import { onnxRerankers } from './onnx-reranker.ts';
import type { RerankerProvider } from './reranker-provider.ts';

/** All rerankers by provider id. To add one: a file beside this, and a line here. */
export const rerankerProviders: Readonly<Record<string, RerankerProvider>> = {
  onnx: onnxRerankers,
  gguf: ggufRerankers,
  http: httpRerankers,
};
