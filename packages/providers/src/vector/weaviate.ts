import type { VectorBackend } from '@lorebox/ports/vector-backend';
import type { Collection, FilterValue, WeaviateClient } from 'weaviate-client';
import { loadClient } from './load-client.ts';
import { type PlainFilter, toBackend, type VectorCalls } from './vector-calls.ts';

export interface WeaviateOptions {
  /**
   * http://127.0.0.1:8080, with `?grpc=HOST:PORT` unless gRPC uses port 50051 of the same host (with https:
   * grpc-HOST:443).
   */
  url: string;
  apiKey?: string | undefined;
}

/** Maximum number of objects per delete call. */
const MAX_DELETED = 10_000;

export function createWeaviateBackend({ url, apiKey }: WeaviateOptions): VectorBackend {
  return toBackend({ id: 'weaviate', title: 'Weaviate', url }, () => open({ url, apiKey }));
}

async function open({ url, apiKey }: WeaviateOptions): Promise<VectorCalls> {
  const module = await loadClient('weaviate-client', () => import('weaviate-client'));
  const { default: weaviate, Filters } = module;
  const { dataType, tokenization } = weaviate.configure;
  const client = await connect(weaviate, url, apiKey);
  const get = (name: string) => client.collections.use(classOf(name));

  function toFilters(collection: Collection, { workspaceId, documentIds, tokens }: PlainFilter): FilterValue {
    const { filter } = collection;
    const parts: FilterValue[] = [filter.byProperty('workspace').equal(workspaceId)];
    if (documentIds) parts.push(filter.byProperty('document').containsAny([...documentIds]));
    if (tokens.length > 0) parts.push(filter.byProperty('tokens').containsAll(tokens));
    const [only] = parts;
    return only && parts.length === 1 ? only : Filters.and(...parts);
  }

  async function removeWhere(collection: Collection, filter: FilterValue): Promise<void> {
    for (;;) {
      const { failed, matches } = await collection.data.deleteMany(filter);
      if (failed > 0) throw new Error(`Failed to delete ${failed} objects.`);
      if (matches < MAX_DELETED) return;
    }
  }

  return {
    async ensure({ name, dimension }) {
      if (await client.collections.exists(classOf(name)))
        return Number(/^(\d+) dimensions/.exec((await get(name).config.get()).description ?? '')?.[1]);
      const text = { dataType: dataType.TEXT, tokenization: tokenization.FIELD, indexSearchable: false } as const;
      await client.collections.create({
        name: classOf(name),
        description: `${dimension} dimensions, kept in step by Lorebox`,
        properties: [
          { name: 'workspace', ...text },
          { name: 'document', ...text },
          { name: 'tokens', ...text, dataType: dataType.TEXT_ARRAY },
        ],
        vectorizers: weaviate.configure.vectors.selfProvided({
          vectorIndexConfig: weaviate.configure.vectorIndex.hnsw({ distanceMetric: 'cosine', ef: 400 }),
        }),
      });
    },
    async upsert(name, points) {
      if (points.length === 0) return;
      // Weaviate would create the collection automatically, with other types.
      if (!(await client.collections.exists(classOf(name)))) throw new Error(`Collection ${classOf(name)} not found.`);
      const objects = points.map(({ key, vector, workspaceId, documentId, tokens }) => {
        const properties = { workspace: workspaceId, document: documentId, tokens };
        return { id: toUuid(key), properties, vectors: vector };
      });
      const { errors, hasErrors } = await get(name).data.insertMany(objects);
      if (hasErrors) throw new Error(Object.values(errors)[0]?.message ?? 'Failed to write objects.');
    },
    async remove(name, keys) {
      const collection = get(name);
      if (keys.length > 0) await removeWhere(collection, collection.filter.byId().containsAny(keys.map(toUuid)));
    },
    async removeWorkspace(name, workspaceId) {
      const collection = get(name);
      await removeWhere(collection, collection.filter.byProperty('workspace').equal(workspaceId));
    },
    async search(name, vector, filter, limit) {
      const collection = get(name);
      const { objects } = await collection.query.nearVector(vector, {
        ...{ limit, filters: toFilters(collection, filter) },
        ...{ returnMetadata: ['distance'], returnProperties: [] },
      });
      return objects.map(({ metadata, uuid }) => ({ key: toKey(uuid), score: 1 - (metadata?.distance ?? 1) }));
    },
    async count(name, workspaceId) {
      const collection = get(name);
      const filters = collection.filter.byProperty('workspace').equal(workspaceId);
      return (await collection.aggregate.overAll({ filters })).totalCount;
    },
    async drop(name) {
      await client.collections.delete(classOf(name));
    },
    close: () => client.close(),
    isUnknown: (error) =>
      error instanceof Error && /(could not|couldn't) find class|class .*not found/i.test(error.message),
  };
}

function connect(
  weaviate: typeof import('weaviate-client').default,
  url: string,
  apiKey: string | undefined,
): Promise<WeaviateClient> {
  const { hostname, pathname, port, protocol, searchParams } = new URL(url);
  const isSecure = protocol === 'https:';
  const fallback = isSecure ? `grpc-${hostname}:443` : `${hostname}:50051`;
  const grpc = new URL(`grpc://${searchParams.get('grpc') ?? fallback}`);
  return weaviate.connectToCustom({
    httpHost: hostname,
    httpPort: Number(port) || (isSecure ? 443 : 80),
    httpSecure: isSecure,
    ...(pathname !== '/' && { httpPath: pathname }),
    grpcHost: grpc.hostname,
    grpcPort: Number(grpc.port),
    grpcSecure: isSecure,
    ...(apiKey && { authCredentials: new weaviate.ApiKey(apiKey) }),
  });
}

/** Collection names must start with a capital letter. */
function classOf(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** IDs are UUIDs. The last twelve digits hold any key. */
function toUuid(key: number): string {
  return `00000000-0000-4000-8000-${key.toString(16).padStart(12, '0')}`;
}

function toKey(uuid: string): number {
  return Number.parseInt(uuid.slice(-12), 16);
}
