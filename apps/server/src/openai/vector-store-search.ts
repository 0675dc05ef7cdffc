import type { Metadata } from '@lorebox/contract/document';
import { type SearchHit, SearchInput } from '@lorebox/contract/search';
import { getDocument } from '@lorebox/core/documents/get-document';
import { search } from '@lorebox/core/search/search';
import { z } from 'zod';
import { type Call, check, readBody } from './call.ts';
import { badRequest } from './errors.ts';
import { fileIdOf } from './store-files.ts';

const Equals = z.object({
  type: z.literal('eq'),
  key: z.string(),
  value: z.union([z.string(), z.number(), z.boolean()]),
});
const Filter = z.union([Equals, z.object({ type: z.literal('and'), filters: z.array(Equals) })], {
  error: 'Unsupported filter. Use "eq", or "and" with several "eq".',
});
const Request = z.object({
  query: z.union([z.string(), z.array(z.string()).min(1)]),
  max_num_results: z.number().int().min(1).max(50).default(10),
  filters: Filter.nullish(),
  ranking_options: z.object({ score_threshold: z.number().min(0).max(1).nullish() }).nullish(),
});

/** Runs a hybrid search. The score is the fused score, from 0 to 1. */
export async function searchVectorStore(call: Call): Promise<Response> {
  const { c, core, actor, context } = call;
  const { query, max_num_results, filters, ranking_options } = await readBody(call, Request);
  const queries = [query].flat();
  const input = check(SearchInput, {
    workspace: c.req.param('id') ?? '',
    query: queries.join('\n'),
    k: max_num_results,
    metadata: filters ? toMetadata(filters) : undefined,
  });
  const { hits } = await search(core, actor, input, context.signal());
  const threshold = ranking_options?.score_threshold ?? 0;
  const found = hits.filter(({ score }) => score >= threshold);
  const attributes = await attributesOf(call, found);
  const data = found.map((hit) => toResult(hit, attributes.get(hit.documentId) ?? {}));
  return c.json({
    object: 'vector_store.search_results.page',
    search_query: queries,
    data,
    has_more: false,
    next_page: null,
  });
}

function toMetadata(filter: z.infer<typeof Filter>): Metadata {
  const all = filter.type === 'eq' ? [filter] : filter.filters;
  const metadata = Object.fromEntries(all.map(({ key, value }) => [key, value]));
  if (Object.keys(metadata).length < all.length) throw badRequest('Each key can be filtered only once.', 'filters');
  return metadata;
}

async function attributesOf({ core, actor }: Call, hits: readonly SearchHit[]): Promise<Map<string, Metadata>> {
  const ids = [...new Set(hits.map(({ documentId }) => documentId))];
  const found = await Promise.all(
    ids.map(async (id): Promise<[string, Metadata]> => [id, (await getDocument(core, actor, id)).metadata]),
  );
  return new Map(found);
}

/** `lorebox` is our own field: the location of the text. */
function toResult(hit: SearchHit, attributes: Metadata) {
  const { documentId, filename, score, text, title, externalId, chunkId } = hit;
  const { page, startTime, endTime, section, start, end } = hit;
  const place = { page, start_time: startTime, end_time: endTime, section, start, end };
  return {
    file_id: fileIdOf({ id: documentId, externalId }),
    filename,
    score,
    attributes,
    content: [{ type: 'text', text }],
    lorebox: { title, external_id: externalId, chunk_id: chunkId, ...place },
  };
}
