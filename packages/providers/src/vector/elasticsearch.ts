import type { VectorBackend } from '@lorebox/ports/vector-backend';
import { z } from 'zod';
import { loadClient } from './load-client.ts';
import { type PlainFilter, toBackend, type VectorCalls } from './vector-calls.ts';

export interface ElasticsearchOptions {
  /** With user and password, or without if there is an API key: https://elastic:secret@127.0.0.1:9200. */
  url: string;
  apiKey?: string | undefined;
}

const Refusal = z.object({ statusCode: z.number().optional(), body: z.object({ error: z.unknown() }).optional() });
const Mapping = z.object({ properties: z.object({ vector: z.object({ dims: z.number() }) }) });
const MIN_CANDIDATES = 400;
const MAX_CANDIDATES = 10_000;

export function createElasticsearchBackend({ url, apiKey }: ElasticsearchOptions): VectorBackend {
  return toBackend({ id: 'elasticsearch', title: 'Elasticsearch', url }, () => open({ url, apiKey }));
}

async function open({ url, apiKey }: ElasticsearchOptions): Promise<VectorCalls> {
  const { Client } = await loadClient('@elastic/elasticsearch', () => import('@elastic/elasticsearch'));
  const client = new Client({ node: url, maxRetries: 1, ...(apiKey && { auth: { apiKey } }) });

  async function bulk(name: string, operations: object[]): Promise<void> {
    if (operations.length === 0) return;
    // Writes go through an alias, because writing to a missing index would create it with other types.
    const options = { index: aliasOf(name), require_alias: true, refresh: true } as const;
    const { errors, items } = await client.bulk({ ...options, operations });
    if (!errors) return;
    const failed = items.flatMap((item) => Object.values(item)).find((item) => item.error && item.status !== 404);
    const unknown = items.flatMap((item) => Object.values(item)).find((item) => item.error);
    if (failed ?? unknown) throw new BulkError(failed ?? unknown);
  }

  return {
    async ensure({ name, dimension }) {
      const found = await client.indices.getMapping({ index: name }, { ignore: [404] });
      const mapping = Mapping.safeParse(found[name]?.mappings);
      if (mapping.success) return mapping.data.properties.vector.dims;
      const keyword = { type: 'keyword' } as const;
      const kind = { type: 'dense_vector', similarity: 'cosine', index_options: { type: 'hnsw' } } as const;
      const vector = { ...kind, dims: dimension, index: true };
      await client.indices.create({
        index: name,
        aliases: { [aliasOf(name)]: {} },
        mappings: {
          dynamic: false,
          // Vectors are read from SQLite only.
          _source: { excludes: ['vector'] },
          properties: { workspace: keyword, document: keyword, tokens: keyword, vector },
        },
      });
    },
    async upsert(name, points) {
      const operations = points.flatMap(({ key, vector, workspaceId, documentId, tokens }) => [
        { index: { _id: String(key) } },
        { workspace: workspaceId, document: documentId, tokens, vector },
      ]);
      await bulk(name, operations);
    },
    async remove(name, keys) {
      await bulk(
        name,
        keys.map((key) => ({ delete: { _id: String(key) } })),
      );
    },
    async removeWorkspace(name, workspaceId) {
      const query = { term: { workspace: workspaceId } };
      await client.deleteByQuery({ index: name, query, refresh: true, conflicts: 'proceed' });
    },
    async search(name, vector, filter, limit, signal) {
      const num_candidates = Math.min(MAX_CANDIDATES, Math.max(MIN_CANDIDATES, limit * 2));
      const knn = { field: 'vector', query_vector: vector, k: limit, num_candidates, filter: toFilter(filter) };
      const { hits } = await client.search({ index: name, knn, size: limit, _source: false }, { signal });
      // The score is (1 + cosine) / 2, which is never negative.
      return hits.hits.map(({ _id, _score }) => ({ key: Number(_id), score: 2 * (_score ?? 0) - 1 }));
    },
    async count(name, workspaceId) {
      return (await client.count({ index: name, query: { term: { workspace: workspaceId } } })).count;
    },
    async drop(name) {
      await client.indices.delete({ index: name });
    },
    close: () => client.close(),
    isUnknown: (error) => Refusal.safeParse(error).data?.statusCode === 404,
    explain(error) {
      const body = Refusal.safeParse(error).data?.body?.error;
      return body === undefined ? undefined : JSON.stringify(body);
    },
  };
}

class BulkError extends Error {
  constructor(item: unknown) {
    super(JSON.stringify(item));
  }
}

function aliasOf(name: string): string {
  return `${name}_points`;
}

function toFilter({ workspaceId, documentIds, tokens }: PlainFilter) {
  return [
    { term: { workspace: workspaceId } },
    ...(documentIds ? [{ terms: { document: [...documentIds] } }] : []),
    ...tokens.map((token) => ({ term: { tokens: token } })),
  ];
}
