import { z } from 'zod';

/** How far the vector backend follows what is kept here. Searches are whole in each of these states. */
export const VectorBackendStatus = z
  .object({
    id: z.string().describe('"qdrant", "pgvector", ...'),
    state: z.enum(['in-step', 'catching-up', 'failing']),
    vectors: z.number().int().describe('Vectors that are still to be sent.'),
    changes: z.number().int().describe('Deletions and changes that are still to be told.'),
    message: z.string().nullable().describe('Why the last try failed; it is tried again by itself.'),
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
            '"bubblewrap": parsers see one file and no network. "unshare": no network, but native code can read files. "permissions": the network is open, too.',
          ),
        reason: z.string().nullable().describe('Why it is not the strongest layer; else null.'),
      })
      .describe('What keeps the processes that read files away from the rest of the machine.'),
    vectorBackend: VectorBackendStatus.nullable().describe('Null where SQLite serves alone.'),
  })
  .meta({ id: 'SystemStatus' });
export type SystemStatus = z.infer<typeof SystemStatus>;
