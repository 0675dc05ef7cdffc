import { z } from 'zod';

export const EmbedderName = z
  .string()
  .max(200)
  .regex(/^[a-z][a-z0-9-]*(:.+)?$/, 'must be the name of an embedder, such as "shipped" or "ollama:MODEL"')
  .describe(
    'Embedder: "shipped" (works offline; the English or the multilingual model, whichever fits the documents), "shipped:english", "shipped:multilingual", "ollama:MODEL" or "openai:MODEL".',
  );

/** The embedder that searches in a workspace use, and the progress of a change to another one. */
export const WorkspaceEmbedding = z
  .object({
    modelId: z.string().nullable().describe('Embedder that search uses. Null until the first document.'),
    dimension: z.number().int().nullable(),
    chunks: z.number().int(),
    isAutomatic: z
      .boolean()
      .describe('The embedder follows the languages of the documents. Set `embedder` of the workspace to fix it.'),
    otherLanguages: z
      .number()
      .min(0)
      .max(1)
      .nullable()
      .describe(
        'Share of the text that is not English, measured on a sample. Null unless `isAutomatic`, or without text.',
      ),
    next: z
      .object({
        modelId: z
          .string()
          .describe('Embedder that chunks are being re-embedded with. Search uses the old vectors until it is done.'),
        done: z.number().int().describe('Number of chunks that already have a new vector.'),
        progress: z.number().min(0).max(1),
        secondsLeft: z
          .number()
          .int()
          .nullable()
          .describe('Estimate at the current rate. Null while the rate is unknown.'),
        message: z.string().nullable().describe('Error of the last attempt. Retries automatically.'),
      })
      .nullable(),
  })
  .meta({ id: 'WorkspaceEmbedding' });
export type WorkspaceEmbedding = z.infer<typeof WorkspaceEmbedding>;
