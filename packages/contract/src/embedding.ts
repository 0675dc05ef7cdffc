import { z } from 'zod';

export const EmbedderName = z
  .string()
  .max(200)
  .regex(/^(shipped|ollama:.+|openai:.+)$/, '"shipped", "ollama:MODEL" or "openai:MODEL"')
  .describe('What makes the vectors: "shipped" (works offline), "ollama:MODEL" or "openai:MODEL".');

/** Whose vectors a workspace's searches use, and how far the change to another embedder is. */
export const WorkspaceEmbedding = z
  .object({
    modelId: z.string().nullable().describe('The embedder that searches use; null until the first document.'),
    dimension: z.number().int().nullable(),
    chunks: z.number().int(),
    next: z
      .object({
        modelId: z.string().describe('The embedder whose vectors are being made; searches use the old ones meanwhile.'),
        done: z.number().int().describe('Chunks that have their new vector.'),
        progress: z.number().min(0).max(1),
        secondsLeft: z.number().int().nullable().describe('At the pace so far; null while there is none.'),
        message: z.string().nullable().describe('Why the last try failed; it goes on by itself.'),
      })
      .nullable(),
  })
  .meta({ id: 'WorkspaceEmbedding' });
export type WorkspaceEmbedding = z.infer<typeof WorkspaceEmbedding>;
