import { z } from 'zod';
import { Metadata } from './document.ts';
import { Id } from './ids.ts';
import { Passage } from './passage.ts';
import { SearchNotice } from './reranker.ts';
import { WorkspaceRef } from './workspace.ts';

/** Maximum length in characters. Only the beginning of a longer question is used. */
export const MAX_QUERY_LENGTH = 2000;

export const SearchMode = z.enum(['keyword', 'vector', 'hybrid']).meta({ id: 'SearchMode' });
export type SearchMode = z.infer<typeof SearchMode>;

export const SearchInput = z.object({
  ...WorkspaceRef.shape,
  query: z.string().trim().min(1).max(MAX_QUERY_LENGTH),
  k: z.number().int().min(1).max(200).default(10),
  mode: SearchMode.default('hybrid'),
  documentIds: z.array(Id).max(1000).optional().describe('Search only these documents.'),
  metadata: Metadata.optional().describe('Search only documents whose metadata contains all of these values.'),
  similarityFloor: z.number().min(0).max(1).optional().describe('Minimum cosine similarity of vector search results.'),
  queryVariants: z
    .array(z.string().trim().min(1).max(MAX_QUERY_LENGTH))
    .max(4)
    .optional()
    .describe('Alternative wordings of the query. All are searched, and the results are merged.'),
  rerank: z.boolean().optional().describe('False skips the reranker of the workspace.'),
});
export type SearchInput = z.infer<typeof SearchInput>;

const Range = z.object({ start: z.number().int(), end: z.number().int() });

export const SearchHit = Passage.extend({
  score: z.number().describe('Fused score. Only the order is meaningful.'),
  keywordScore: z
    .number()
    .nullable()
    .describe("BM25 score, higher is better. Null if keyword search didn't find the passage."),
  vectorScore: z.number().nullable().describe("Cosine similarity. Null if vector search didn't find the passage."),
  rerankScore: z.number().nullable().describe('Reranker score. Null if the passage was not reranked.'),
  highlights: z.array(Range).describe('Matched words, as offsets into `text`.'),
}).meta({ id: 'SearchHit' });
export type SearchHit = z.infer<typeof SearchHit>;

/** Milliseconds per stage. Keyword and vector search run in parallel. */
export const SearchTimings = z
  .object({
    embed: z.number(),
    keyword: z.number(),
    vector: z.number(),
    fuse: z.number(),
    rerank: z.number().describe('0 if nothing was reranked.'),
    total: z.number(),
  })
  .meta({ id: 'SearchTimings' });
export type SearchTimings = z.infer<typeof SearchTimings>;

export const SearchResult = z
  .object({
    hits: z.array(SearchHit),
    mode: SearchMode,
    timings: SearchTimings,
    notices: z.array(SearchNotice).describe('Warnings about a degraded search. Empty if everything worked.'),
  })
  .meta({ id: 'SearchResult' });
export type SearchResult = z.infer<typeof SearchResult>;
