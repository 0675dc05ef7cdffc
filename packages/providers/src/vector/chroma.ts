import type { VectorBackend } from '@lorebox/ports/vector-backend';
import type { Collection, Metadata, Where } from 'chromadb';
import { loadClient } from './load-client.ts';
import { type PlainFilter, type PlainPoint, toBackend, type VectorCalls } from './vector-calls.ts';

export interface ChromaOptions {
  /** http://127.0.0.1:8000; an optional path is TENANT/DATABASE. */
  url: string;
  apiKey?: string | undefined;
}

/** IDs per page when counting. */
const PAGE = 10_000;

export function createChromaBackend({ url, apiKey }: ChromaOptions): VectorBackend {
  return toBackend({ id: 'chroma', title: 'Chroma', url }, () => open({ url, apiKey }));
}

async function open({ url, apiKey }: ChromaOptions): Promise<VectorCalls> {
  const { ChromaClient, ChromaNotFoundError } = await loadClient('chromadb', () => import('chromadb'));
  const { hostname: host, port, protocol, pathname } = new URL(url);
  const ssl = protocol === 'https:';
  const [tenant, database] = pathname.split('/').filter(Boolean);
  const place = { ...(tenant && { tenant }), ...(database && { database }) };
  const headers: Record<string, string> = apiKey ? { 'x-chroma-token': apiKey, authorization: `Bearer ${apiKey}` } : {};
  const client = new ChromaClient({ host, port: Number(port) || (ssl ? 443 : 80), ssl, headers, ...place });
  // Vectors are supplied, so no embedding function (and no extra package) is needed.
  const get = (name: string) => client.getCollection({ name, embeddingFunction: NO_EMBEDDER });
  return {
    async ensure({ name, dimension }) {
      const configuration = { hnsw: { space: 'cosine' as const, ef_search: 400, ef_construction: 200 } };
      const metadata = { dimension };
      const options = { name, configuration, metadata, embeddingFunction: null };
      const collection = await client.getOrCreateCollection(options);
      return Number(collection.metadata?.dimension);
    },
    async upsert(name, points) {
      if (points.length === 0) return;
      // Chroma's upsert merges metadata, so removed fields would stay.
      const collection = await get(name);
      const ids = points.map(({ key }) => String(key));
      await collection.delete({ ids });
      await collection.upsert({
        ids,
        embeddings: points.map(({ vector }) => vector),
        metadatas: points.map(toMetadata),
      });
    },
    async remove(name, keys) {
      if (keys.length > 0) await (await get(name)).delete({ ids: keys.map(String) });
    },
    async removeWorkspace(name, workspaceId) {
      await (await get(name)).delete({ where: { workspace: workspaceId } });
    },
    async search(name, vector, filter, limit) {
      const collection = await get(name);
      const query = { queryEmbeddings: [vector], nResults: limit, where: toWhere(filter) };
      const { ids, distances } = await collection.query({ ...query, include: ['distances'] });
      return (ids[0] ?? []).map((id, i) => ({ key: Number(id), score: 1 - (distances[0]?.[i] ?? 1) }));
    },
    count: async (name, workspaceId) => countIds(await get(name), workspaceId),
    async drop(name) {
      await client.deleteCollection({ name });
    },
    async close() {},
    isUnknown: (error) => error instanceof ChromaNotFoundError,
  };
}

const NO_EMBEDDER = {
  generate: async (): Promise<number[][]> => {
    throw new Error('the vectors are made elsewhere');
  },
};

/** Counts IDs, because Chroma counts only whole collections. */
async function countIds(collection: Collection, workspaceId: string): Promise<number> {
  for (let offset = 0; ; offset += PAGE) {
    const page = await collection.get({ where: { workspace: workspaceId }, include: [], limit: PAGE, offset });
    if (page.ids.length < PAGE) return offset + page.ids.length;
  }
}

function toMetadata({ workspaceId, documentId, tokens }: PlainPoint): Metadata {
  return { workspace: workspaceId, document: documentId, ...Object.fromEntries(tokens.map((token) => [token, true])) };
}

function toWhere({ workspaceId, documentIds, tokens }: PlainFilter): Where {
  const parts: Where[] = [{ workspace: workspaceId }];
  if (documentIds) parts.push({ document: { $in: [...documentIds] } });
  for (const token of tokens) parts.push({ [token]: true });
  return parts.length === 1 ? { workspace: workspaceId } : { $and: parts };
}
