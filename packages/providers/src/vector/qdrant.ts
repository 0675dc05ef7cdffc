import type { VectorBackend } from '@lorebox/ports/vector-backend';
import { z } from 'zod';
import { loadClient } from './load-client.ts';
import { type PlainFilter, toBackend, type VectorCalls } from './vector-calls.ts';

export interface QdrantOptions {
  /** URL of the REST port: http://127.0.0.1:6333. */
  url: string;
  apiKey?: string | undefined;
}

const Refusal = z.object({ data: z.object({ status: z.object({ error: z.string() }) }) });
const FIELDS = ['workspace', 'document', 'tokens'];

export function createQdrantBackend({ url, apiKey }: QdrantOptions): VectorBackend {
  return toBackend({ id: 'qdrant', title: 'Qdrant', url }, () => open({ url, apiKey }));
}

async function open({ url, apiKey }: QdrantOptions): Promise<VectorCalls> {
  const { QdrantClient } = await loadClient('@qdrant/js-client-rest', () => import('@qdrant/js-client-rest'));
  const { port, protocol } = new URL(url);
  // Without a port the client uses 6333, even for the address of a proxy.
  const address = { url, port: Number(port) || (protocol === 'https:' ? 443 : 80) };
  const client = new QdrantClient({ ...address, ...(apiKey && { apiKey }), checkCompatibility: false });
  return {
    async ensure({ name, dimension }) {
      if ((await client.collectionExists(name)).exists) {
        const { vectors } = (await client.getCollection(name)).config.params;
        const size = vectors && 'size' in vectors ? Number(vectors.size) : 0;
        if (size !== dimension) return size;
      }
      // Another process may create it at the same time, and a killed one may have left it without its indexes.
      else
        await client.createCollection(name, { vectors: { size: dimension, distance: 'Cosine' } }).catch(ignoreConflict);
      for (const field_name of FIELDS)
        await client.createPayloadIndex(name, { field_name, field_schema: 'keyword', wait: true });
    },
    async upsert(name, points) {
      const rows = points.map(({ key, vector, workspaceId, documentId, tokens }) => {
        return { id: key, vector, payload: { workspace: workspaceId, document: documentId, tokens } };
      });
      await client.upsert(name, { wait: true, points: rows });
    },
    async remove(name, keys) {
      await client.delete(name, { wait: true, points: keys });
    },
    async removeWorkspace(name, workspaceId) {
      await client.delete(name, { wait: true, filter: { must: [matches('workspace', workspaceId)] } });
    },
    async search(name, vector, filter, limit) {
      const { points } = await client.query(name, {
        query: vector,
        filter: { must: toConditions(filter) },
        limit,
        with_payload: false,
      });
      return points.map(({ id, score }) => ({ key: Number(id), score }));
    },
    async count(name, workspaceId) {
      const filter = { must: [matches('workspace', workspaceId)] };
      return (await client.count(name, { filter, exact: true })).count;
    },
    async drop(name) {
      await client.deleteCollection(name);
    },
    async close() {},
    isUnknown: (error) => statusOf(error) === 404,
    explain: (error) => Refusal.safeParse(error).data?.data.status.error,
  };
}

function toConditions({ workspaceId, documentIds, tokens }: PlainFilter) {
  return [
    matches('workspace', workspaceId),
    ...(documentIds ? [{ key: 'document', match: { any: [...documentIds] } }] : []),
    ...tokens.map((token) => matches('tokens', token)),
  ];
}

function matches(key: string, value: string) {
  return { key, match: { value } };
}

function ignoreConflict(error: unknown): void {
  if (statusOf(error) !== 409) throw error;
}

function statusOf(error: unknown): unknown {
  return error instanceof Error && 'status' in error ? error.status : undefined;
}
