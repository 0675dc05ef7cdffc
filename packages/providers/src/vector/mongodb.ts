import { setTimeout as sleep } from 'node:timers/promises';
import type { VectorBackend } from '@lorebox/ports/vector-backend';
import { loadClient } from './load-client.ts';
import { type PlainFilter, toBackend, type VectorCalls } from './vector-calls.ts';

export interface MongodbOptions {
  /** mongodb+srv://user:password@cluster.mongodb.net/DATABASE; the default database is "lorebox". */
  url: string;
  settleMs?: number;
}

interface Point {
  _id: number;
  workspace: string;
  document: string;
  tokens: string[];
  vector: number[];
}

/** The search index follows the collection with a delay. */
const SETTLE_MS = 3000;
const INDEX = 'lorebox';
const CONNECT_MS = 5000;
const BUILD_MS = 50_000;
const BUILD_POLL_MS = 500;
/** Up to this number it compares exactly; this is also the maximum number of candidates. */
const MAX_CANDIDATES = 10_000;

export function createMongodbBackend({ url, settleMs = SETTLE_MS }: MongodbOptions): VectorBackend {
  return toBackend({ id: 'mongodb', title: 'MongoDB', url, settleMs }, () => open(url));
}

async function open(url: string): Promise<VectorCalls> {
  const { MongoClient } = await loadClient('mongodb', () => import('mongodb'));
  const client = new MongoClient(url, { serverSelectionTimeoutMS: CONNECT_MS, appName: 'lorebox' });
  const { pathname } = new URL(url.replace(/^mongodb(\+srv)?:/, 'http:').replace(/,[^/]*/, ''));
  const db = client.db(decodeURIComponent(pathname.slice(1)) || 'lorebox');
  const get = (name: string) => db.collection<Point>(name);
  /** Collections that are known to exist. A search in a missing one returns no results instead of an error. */
  const known = new Set<string>();

  async function dimensionOf(name: string): Promise<number | undefined> {
    const indexes = await get(name).listSearchIndexes(INDEX).toArray();
    const definition = indexes.flatMap((index) => ('latestDefinition' in index ? [index.latestDefinition] : []));
    const fields = definition.flatMap((one) => (one as { fields: { type: string; numDimensions?: number }[] }).fields);
    return fields.find(({ type }) => type === 'vector')?.numDimensions;
  }

  async function requireKnown(name: string): Promise<void> {
    if (known.has(name)) return;
    if ((await db.listCollections({ name }).toArray()).length === 0)
      throw new UnknownCollection(`Collection ${name} not found.`);
    known.add(name);
  }

  async function untilBuilt(name: string): Promise<void> {
    for (const started = Date.now(); Date.now() - started < BUILD_MS; await sleep(BUILD_POLL_MS)) {
      const [index] = await get(name).listSearchIndexes(INDEX).toArray();
      if (index && 'queryable' in index && index.queryable) return;
    }
    throw new Error(`The search index of ${name} is still being built.`);
  }

  return {
    async ensure({ name, dimension }) {
      const exists = (await db.listCollections({ name }).toArray()).length > 0;
      if (!exists) await db.createCollection(name);
      const found = exists ? await dimensionOf(name) : undefined;
      if (found !== undefined && found !== dimension) return found;
      if (found === undefined) {
        await get(name).createIndex({ workspace: 1 });
        const vector = { type: 'vector', path: 'vector', numDimensions: dimension, similarity: 'cosine' };
        const filters = ['workspace', 'document', 'tokens'].map((path) => ({ type: 'filter', path }));
        const definition = { fields: [vector, ...filters] };
        await get(name).createSearchIndex({ name: INDEX, type: 'vectorSearch', definition });
      }
      await untilBuilt(name);
      known.add(name);
    },
    async upsert(name, points) {
      if (points.length === 0) return;
      await requireKnown(name);
      const operations = points.map(({ key, vector, workspaceId, documentId, tokens }) => {
        const replacement = { workspace: workspaceId, document: documentId, tokens, vector };
        return { replaceOne: { filter: { _id: key }, replacement, upsert: true } };
      });
      // Two inserts of the same point conflict on _id. The retry replaces it.
      const write = () => get(name).bulkWrite(operations, { ordered: false });
      await write().catch((error: unknown) => (isDuplicate(error) ? write() : Promise.reject(error)));
    },
    async remove(name, keys) {
      await get(name).deleteMany({ _id: { $in: keys } });
    },
    async removeWorkspace(name, workspaceId) {
      await get(name).deleteMany({ workspace: workspaceId });
    },
    async search(name, vector, filter, limit, signal) {
      await requireKnown(name);
      const numCandidates = Math.min(MAX_CANDIDATES, Math.max(400, limit * 10));
      const search = {
        index: INDEX,
        path: 'vector',
        queryVector: vector,
        numCandidates,
        limit,
        filter: toFilter(filter),
      };
      const pipeline = [{ $vectorSearch: search }, { $project: { score: { $meta: 'vectorSearchScore' } } }];
      const found = await get(name).aggregate<{ _id: number; score: number }>(pipeline, { signal }).toArray();
      // The score is (1 + cosine) / 2.
      return found.map(({ _id, score }) => ({ key: _id, score: 2 * score - 1 }));
    },
    count: (name, workspaceId) => get(name).countDocuments({ workspace: workspaceId }),
    async drop(name) {
      await get(name).drop();
      known.delete(name);
    },
    close: () => client.close(),
    isUnknown: (error) => error instanceof UnknownCollection,
  };
}

class UnknownCollection extends Error {}

function isDuplicate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 11_000;
}

function toFilter({ workspaceId, documentIds, tokens }: PlainFilter): object {
  return {
    $and: [
      { workspace: { $eq: workspaceId } },
      ...(documentIds ? [{ document: { $in: [...documentIds] } }] : []),
      ...tokens.map((token) => ({ tokens: { $eq: token } })),
    ],
  };
}
