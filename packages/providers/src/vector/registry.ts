import type { VectorBackend } from '@lorebox/ports/vector-backend';
import { createChromaBackend } from './chroma.ts';
import { createElasticsearchBackend } from './elasticsearch.ts';
import { createLancedbBackend } from './lancedb.ts';
import { createMilvusBackend } from './milvus.ts';
import { createMongodbBackend } from './mongodb.ts';
import { createPgvectorBackend } from './pgvector.ts';
import { createPineconeBackend } from './pinecone.ts';
import { createQdrantBackend } from './qdrant.ts';
import { createWeaviateBackend } from './weaviate.ts';

export interface VectorBackendOptions {
  url: string;
  apiKey?: string | undefined;
}

export interface VectorProvider {
  /** Connects and loads the client with the first call. */
  create(options: VectorBackendOptions): VectorBackend;
  /** Folder within the data folder that is used without a URL; absent for a provider that requires a URL. */
  defaultFolder?: string;
}

/** All vector backends by ID. To add one, add a file in this folder and a line here. */
export const vectorProviders = {
  pgvector: { create: createPgvectorBackend },
  qdrant: { create: createQdrantBackend },
  elasticsearch: { create: createElasticsearchBackend },
  mongodb: { create: createMongodbBackend },
  lancedb: { create: createLancedbBackend, defaultFolder: 'lancedb' },
  chroma: { create: createChromaBackend },
  milvus: { create: createMilvusBackend },
  weaviate: { create: createWeaviateBackend },
  pinecone: { create: createPineconeBackend },
} satisfies Record<string, VectorProvider>;

export type VectorProviderId = keyof typeof vectorProviders;

/** Folder within the data folder that the backend uses without a URL; undefined if it requires a URL. */
export function defaultVectorFolder(id: VectorProviderId): string | undefined {
  const provider: VectorProvider = vectorProviders[id];
  return provider.defaultFolder;
}
