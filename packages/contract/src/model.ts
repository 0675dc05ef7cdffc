import { z } from 'zod';

export const ModelInfo = z
  .object({
    id: z.string().describe('Model id in the form "provider:model", for workspaces and questions.'),
    provider: z.string().describe('Provider id: the part of the model id before the colon.'),
    name: z.string(),
    contextWindow: z.number().int().nullable(),
    size: z.number().nullable().describe('Size on disk in bytes, if known.'),
    isDefault: z.boolean(),
    problem: z.string().nullable().describe("Why the model can't be used and what to do. Null if it can."),
    accepts: z
      .object({
        images: z.boolean().nullable().describe('Images in questions.'),
        tools: z.boolean().nullable().describe('Tool calls.'),
        thinking: z.boolean().nullable().describe('Thinking before the answer.'),
      })
      .describe('Features of the model. Null if the server does not report them.'),
  })
  .meta({ id: 'ModelInfo' });
export type ModelInfo = z.infer<typeof ModelInfo>;

export const ProviderStatus = z
  .object({
    provider: z.string(),
    available: z.boolean(),
    message: z.string().describe('What is wrong and what to do next, or the URL of the provider.'),
  })
  .meta({ id: 'ProviderStatus' });
export type ProviderStatus = z.infer<typeof ProviderStatus>;

export const ModelList = z
  .object({ models: z.array(ModelInfo).max(1000), providers: z.array(ProviderStatus) })
  .meta({ id: 'ModelList' });
export type ModelList = z.infer<typeof ModelList>;

export const PullProgress = z
  .object({
    status: z.string(),
    completed: z.number().nullable(),
    total: z.number().nullable(),
  })
  .meta({ id: 'PullProgress' });
export type PullProgress = z.infer<typeof PullProgress>;

/** Result of one short question to a model. */
export const ModelTest = z
  .object({
    ok: z.boolean().describe('Whether the model answered.'),
    firstTokenMs: z.number().nullable().describe('Milliseconds until the first word or thought. Null if none came.'),
    totalMs: z.number().describe('Milliseconds in total.'),
    answer: z.string().describe('What the model wrote, at most 32 tokens. Empty if it only thought.'),
    problem: z.string().nullable().describe('What is wrong and what to do next. Null if the model answered.'),
  })
  .meta({ id: 'ModelTest' });
export type ModelTest = z.infer<typeof ModelTest>;

/** The OpenAI-compatible server with chat models. Its API key is never returned. */
export const ModelServer = z
  .object({
    url: z.string().nullable().describe('Base URL, usually ending with /v1. Null if none is set.'),
    hasApiKey: z.boolean(),
    isFromEnvironment: z.boolean().describe('Set by LOREBOX_OPENAI_URL, not in the app.'),
  })
  .meta({ id: 'ModelServer' });
export type ModelServer = z.infer<typeof ModelServer>;

export const SetModelServerInput = z.object({
  url: z
    .url({ protocol: /^https?$/, error: 'must be an http(s) URL' })
    .max(2000)
    .nullable()
    .describe('Base URL, usually ending with /v1. Null removes the server, and LOREBOX_OPENAI_URL is used again.'),
  apiKey: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .nullable()
    .optional()
    .describe('API key. Null: none. If omitted, the stored key is kept; required when the URL changes.'),
});
export type SetModelServerInput = z.infer<typeof SetModelServerInput>;
