import { z } from 'zod';

export const SystemStatus = z
  .object({
    version: z.string(),
    uptimeSeconds: z.number(),
    embedder: z.object({ modelId: z.string(), dimension: z.number().int().nullable(), maxTokens: z.number().int() }),
    defaultModel: z.string(),
    documents: z.object({ ready: z.number().int(), processing: z.number().int(), failed: z.number().int() }),
    chunks: z.number().int(),
    jobs: z.object({ queued: z.number().int(), running: z.number().int() }),
  })
  .meta({ id: 'SystemStatus' });
export type SystemStatus = z.infer<typeof SystemStatus>;
