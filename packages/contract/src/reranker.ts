import { z } from 'zod';

export const RerankerName = z
  .string()
  .max(300)
  .regex(/^[a-z][a-z0-9-]*(:.+)?$/, 'must be the name of a reranker, such as "off" or "onnx:MODEL"')
  .describe(
    'Reranker: "off", "onnx:MODEL" (a local cross-encoder), "gguf:FILE" (a file in the models folder) or "http:MODEL" (a rerank server).',
  );

export const SEARCH_NOTICE_CODES = [
  'rerank-timeout',
  'rerank-failed',
  'vector-search-failed',
  'vector-backend-failed',
  'question-not-rewritten',
] as const;

/** Why search results are degraded. The results are still complete. */
export const SearchNotice = z
  .object({
    code: z.enum(SEARCH_NOTICE_CODES),
    message: z.string().describe('Human-readable: what happened and what to do next.'),
  })
  .meta({ id: 'SearchNotice' });
export type SearchNotice = z.infer<typeof SearchNotice>;
