import { join, resolve } from 'node:path';
import type { VectorBackend } from '@lorebox/ports/vector-backend';
import { createChromaBackend } from '@lorebox/providers/vector/chroma';
import { createElasticsearchBackend } from '@lorebox/providers/vector/elasticsearch';
import { createLancedbBackend } from '@lorebox/providers/vector/lancedb';
import { createMilvusBackend } from '@lorebox/providers/vector/milvus';
import { createMongodbBackend } from '@lorebox/providers/vector/mongodb';
import { createPgvectorBackend } from '@lorebox/providers/vector/pgvector';
import { createPineconeBackend } from '@lorebox/providers/vector/pinecone';
import { createQdrantBackend } from '@lorebox/providers/vector/qdrant';
import { createWeaviateBackend } from '@lorebox/providers/vector/weaviate';
import type { Env } from './env.ts';

/** Null for "sqlite". Nothing is connected to, nor any client loaded, before it is used. */
export function createVectorBackend(env: Env): VectorBackend | null {
  const options = { url: urlOf(env), apiKey: env.LOREBOX_VECTOR_API_KEY };
  switch (env.LOREBOX_VECTOR_BACKEND) {
    case 'sqlite':
      return null;
    case 'pgvector':
      return createPgvectorBackend(options);
    case 'qdrant':
      return createQdrantBackend(options);
    case 'elasticsearch':
      return createElasticsearchBackend(options);
    case 'mongodb':
      return createMongodbBackend(options);
    case 'lancedb':
      return createLancedbBackend(options);
    case 'chroma':
      return createChromaBackend(options);
    case 'milvus':
      return createMilvusBackend(options);
    case 'weaviate':
      return createWeaviateBackend(options);
    case 'pinecone':
      return createPineconeBackend(options);
  }
}

/** What the backend and its place are called; with another one everything is sent anew. Passwords are no part of it. */
export function targetOf(env: Env): string {
  return `${env.LOREBOX_VECTOR_BACKEND} ${urlOf(env).replace(/\/\/[^/@\s]*@/, '//')}`;
}

function urlOf({ LOREBOX_VECTOR_BACKEND: backend, LOREBOX_VECTOR_URL: url, LOREBOX_DATA_DIR: dataDir }: Env): string {
  if (backend === 'lancedb') {
    if (url === undefined) return join(dataDir, 'lancedb');
    return /^\w+:\/\//.test(url) ? url : resolve(url);
  }
  return url ?? '';
}
