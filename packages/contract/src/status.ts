import { z } from 'zod';

/** Sync state of the vector backend. Search results are complete in each of these states. */
export const VectorBackendStatus = z
  .object({
    id: z.string().describe('"qdrant", "pgvector", ...'),
    state: z.enum(['in-step', 'catching-up', 'failing']),
    vectors: z.number().int().describe('Vectors that are waiting to be sent.'),
    changes: z.number().int().describe('Deletions and changes that are waiting to be sent.'),
    message: z.string().nullable().describe('Error of the last attempt. Retries automatically.'),
  })
  .meta({ id: 'VectorBackendStatus' });
export type VectorBackendStatus = z.infer<typeof VectorBackendStatus>;

export const SystemStatus = z
  .object({
    version: z.string(),
    uptimeSeconds: z.number(),
    embedder: z.object({ modelId: z.string(), dimension: z.number().int().nullable(), maxTokens: z.number().int() }),
    defaultModel: z.string(),
    documents: z.object({ ready: z.number().int(), processing: z.number().int(), failed: z.number().int() }),
    chunks: z.number().int(),
    jobs: z.object({ queued: z.number().int(), running: z.number().int() }),
    parserSandbox: z
      .object({
        layer: z
          .enum(['bubblewrap', 'unshare', 'permissions'])
          .describe(
            '"bubblewrap": parsers can access one file and no network. "unshare": no network, but native code can access files. "permissions": native code can access files and the network.',
          ),
        reason: z.string().nullable().describe('Why the strongest isolation is not in use, or null.'),
      })
      .describe('Isolation of the processes that parse files.'),
    vectorBackend: VectorBackendStatus.nullable().describe('Null if only SQLite is used.'),
  })
  .meta({ id: 'SystemStatus' });
export type SystemStatus = z.infer<typeof SystemStatus>;
