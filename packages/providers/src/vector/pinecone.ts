import { createHash } from 'node:crypto';
import { AppError } from '@lorebox/contract/errors';
import type { VectorBackend } from '@lorebox/ports/vector-backend';
import { loadClient } from './load-client.ts';
import { type PlainFilter, toBackend, type VectorCalls } from './vector-calls.ts';

export interface PineconeOptions {
  /** Host of an index created with the embedder's dimension and the cosine metric. */
  url: string;
  apiKey?: string | undefined;
}

/** Writes become visible after a few seconds. */
const SETTLE_MS = 5000;
const PAGE = 100;

export function createPineconeBackend({
  url,
  apiKey,
  settleMs = SETTLE_MS,
}: PineconeOptions & { settleMs?: number }): VectorBackend {
  return toBackend({ id: 'pinecone', title: 'Pinecone', url, settleMs }, () => open({ url, apiKey }));
}

/** A workspace is a namespace. Each collection has one more, which marks that it exists. */
async function open({ url, apiKey }: PineconeOptions): Promise<VectorCalls> {
  if (!apiKey) throw new AppError('VECTOR_BACKEND_FAILED', 'Pinecone requires LOREBOX_VECTOR_API_KEY.');
  const { Pinecone } = await loadClient('@pinecone-database/pinecone', () => import('@pinecone-database/pinecone'));
  const index = new Pinecone({ apiKey, maxRetries: 2 }).index({ host: url });
  const known = new Set<string>();

  const countIn = async (namespace: string) =>
    (await index.describeIndexStats()).namespaces?.[namespace]?.recordCount ?? 0;

  async function requireKnown(name: string): Promise<void> {
    if (known.has(name)) return;
    if ((await countIn(name)) === 0) throw new UnknownCollection(`Collection ${name} not found.`);
    known.add(name);
  }

  async function empty(namespace: string): Promise<void> {
    await index.namespace(namespace).deleteAll().catch(ignoreMissing);
  }

  return {
    async ensure({ name, dimension }) {
      const stats = await index.describeIndexStats();
      if (stats.dimension !== undefined && stats.dimension !== dimension) return stats.dimension;
      if (stats.namespaces?.[name]) return dimension;
      const values = [1, ...new Array<number>(dimension - 1).fill(0)];
      await index.namespace(name).upsert({ records: [{ id: 'made', values }] });
      known.add(name);
    },
    async upsert(name, points) {
      await requireKnown(name);
      const byWorkspace = Map.groupBy(points, ({ workspaceId }) => workspaceId);
      for (const [workspaceId, some] of byWorkspace) {
        const records = some.map(({ key, vector, documentId, tokens }) => {
          return { id: String(key), values: vector, metadata: { document: documentId, tokens } };
        });
        for (let start = 0; start < records.length; start += PAGE)
          await index.namespace(namespaceOf(name, workspaceId)).upsert({ records: records.slice(start, start + PAGE) });
      }
    },
    async remove(name, keys, workspaceId) {
      if (keys.length === 0) return;
      await index
        .namespace(namespaceOf(name, workspaceId))
        .deleteMany({ ids: keys.map(String) })
        .catch(ignoreMissing);
    },
    removeWorkspace: (name, workspaceId) => empty(namespaceOf(name, workspaceId)),
    async search(name, vector, filter, limit) {
      await requireKnown(name);
      const conditions = toConditions(filter);
      const { matches } = await index.namespace(namespaceOf(name, filter.workspaceId)).query({
        ...{ vector, topK: limit, includeMetadata: false, includeValues: false },
        ...(conditions.length > 0 && { filter: { $and: conditions } }),
      });
      return matches.map(({ id, score }) => ({ key: Number(id), score: score ?? 0 }));
    },
    count: (name, workspaceId) => countIn(namespaceOf(name, workspaceId)),
    async drop(name) {
      const { namespaces = {} } = await index.describeIndexStats();
      for (const namespace of Object.keys(namespaces))
        if (namespace === name || namespace.startsWith(`${name}.`)) await empty(namespace);
      known.delete(name);
    },
    async close() {},
    isUnknown: (error) => error instanceof UnknownCollection,
  };
}

class UnknownCollection extends Error {}

function namespaceOf(name: string, workspaceId: string): string {
  return `${name}.${createHash('sha256').update(workspaceId).digest('hex').slice(0, 32)}`;
}

/** A namespace is created with its first record. Without one there is nothing to delete. */
function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && error.name === 'PineconeNotFoundError')) throw error;
}

function toConditions({ documentIds, tokens }: PlainFilter): object[] {
  return [
    ...(documentIds ? [{ document: { $in: [...documentIds] } }] : []),
    ...tokens.map((token) => ({ tokens: { $in: [token] } })),
  ];
}
