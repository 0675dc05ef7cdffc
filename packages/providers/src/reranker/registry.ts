import { ggufRerankers } from './gguf-reranker.ts';
import { httpRerankers } from './http-reranker.ts';
import { onnxRerankers } from './onnx-reranker.ts';
import type { RerankerProvider } from './reranker-provider.ts';

/** All rerankers by provider ID. To add one, add a file in this folder and a line here. */
export const rerankerProviders: Readonly<Record<string, RerankerProvider>> = {
  onnx: onnxRerankers,
  gguf: ggufRerankers,
  http: httpRerankers,
};
