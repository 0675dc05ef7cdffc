import { z } from 'zod';
import { Id } from './ids.ts';
import { SearchNotice } from './reranker.ts';
import { WorkspaceRef } from './workspace.ts';

/** Characters; of a longer question only the beginning is searched for. */
export const MAX_QUERY_LENGTH = 2000;

export const SearchMode = z.enum(['keyword', 'vector', 'hybrid']).meta({ id: 'SearchMode' });
export type SearchMode = z.infer<typeof SearchMode>;

export const SearchInput = z.object({
  ...WorkspaceRef.shape,
  query: z.string().trim().min(1).max(MAX_QUERY_LENGTH),
  k: z.number().int().min(1).max(200).default(10),
  mode: SearchMode.default('hybrid'),
  documentIds: z.array(Id).max(1000).optional().describe('Only these documents.'),
  metadata: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .optional()
    .describe('Only documents whose metadata has all of these values.'),
  similarityFloor: z.number().min(0).max(1).optional().describe('Drops hits whose cosine similarity is below.'),
  queryVariants: z
    .array(z.string().trim().min(1).max(MAX_QUERY_LENGTH))
    .max(4)
    .optional()
    .describe('Other wordings of the same question: all are searched for, and their hits put together.'),
  rerank: z.boolean().optional().describe('False leaves the reranker of the workspace out.'),
});
export type SearchInput = z.infer<typeof SearchInput>;

const Range = z.object({ start: z.number().int(), end: z.number().int() });

export const SearchHit = z
  .object({
    chunkId: z.string(),
    documentId: Id,
    externalId: z.string().nullable(),
    title: z.string(),
    filename: z.string(),
    page: z.number().int().nullable(),
    startTime: z.number().nullable().describe('Where in a recording this is said, in seconds; else null.'),
    endTime: z.number().nullable(),
    section: z.string().nullable(),
    start: z.number().int().describe('Offset into the stored text of the document, in UTF-16 code units.'),
    end: z.number().int(),
    text: z.string().describe('Exactly the stored text from start to end.'),
    score: z.number().describe('The fused score; only its order means something.'),
    keywordScore: z.number().nullable().describe('BM25, larger is better; null when the keyword half missed it.'),
    vectorScore: z.number().nullable().describe('Cosine similarity; null when the vector half missed it.'),
    rerankScore: z.number().nullable().describe('Of the reranker; null when it judged nothing or not this.'),
    highlights: z.array(Range).describe('Matched words, as offsets into `text`.'),
  })
  .meta({ id: 'SearchHit' });
export type SearchHit = z.infer<typeof SearchHit>;

/** Milliseconds by stage; the halves run side by side. */
export const SearchTimings = z
  .object({
    embed: z.number(),
    keyword: z.number(),
    vector: z.number(),
    fuse: z.number(),
    rerank: z.number().describe('0 when nothing was reranked.'),
    total: z.number(),
  })
  .meta({ id: 'SearchTimings' });
export type SearchTimings = z.infer<typeof SearchTimings>;

export const SearchResult = z
  .object({
    hits: z.array(SearchHit),
    mode: SearchMode,
    timings: SearchTimings,
    notices: z.array(SearchNotice).describe('Empty when everything went as it is set.'),
  })
  .meta({ id: 'SearchResult' });
export type SearchResult = z.infer<typeof SearchResult>;
