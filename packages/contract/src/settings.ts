import { z } from 'zod';
import { EmbedderName } from './embedding.ts';
import { RerankerName } from './reranker.ts';

const perMinute = (who: string) =>
  z.number().int().min(0).max(1_000_000).describe(`Requests per minute and ${who}; 0 is no limit.`);

const allowed = (what: string) =>
  z
    .array(z.string().min(1).max(300))
    .max(500)
    .describe(
      `${what} that workspaces may use; \`*\` stands for any characters. What the installation uses is allowed as well.`,
    );

/** What an admin can change while the server runs. What was never changed is as the environment says. */
export const Settings = z
  .object({
    defaultModel: z
      .string()
      .min(1)
      .max(200)
      .nullable()
      .describe(
        'Answers where a workspace names no model. Null: Ollama if it answers, else a GGUF file, else quoting.',
      ),
    embedder: EmbedderName.describe(
      'Makes the vectors where a workspace names no embedder. After a change new vectors are made while the old ones serve.',
    ),
    reranker: RerankerName,
    requestsPerMinutePerAddress: perMinute('address'),
    requestsPerMinutePerUser: perMinute('user'),
    requestsPerMinutePerKey: perMinute('API key; a key may have a limit of its own'),
    allowedModels: allowed('Chat models'),
    allowedEmbedders: allowed('Embedders'),
    allowedRerankers: allowed('Rerankers'),
    allowedConnectors: allowed('Connectors of sources'),
    eventRetentionDays: z.number().int().min(1).max(3650).describe('How long events and deliveries are kept.'),
    auditRetentionDays: z.number().int().min(1).max(3650).describe('Days that the audit log is kept.'),
  })
  .meta({ id: 'Settings' });
export type Settings = z.infer<typeof Settings>;

/** A value that is null goes back to what the environment says. */
export const UpdateSettingsInput = z.object({
  defaultModel: Settings.shape.defaultModel.optional(),
  embedder: Settings.shape.embedder.nullable().optional(),
  reranker: Settings.shape.reranker.nullable().optional(),
  requestsPerMinutePerAddress: Settings.shape.requestsPerMinutePerAddress.nullable().optional(),
  requestsPerMinutePerUser: Settings.shape.requestsPerMinutePerUser.nullable().optional(),
  requestsPerMinutePerKey: Settings.shape.requestsPerMinutePerKey.nullable().optional(),
  allowedModels: Settings.shape.allowedModels.nullable().optional(),
  allowedEmbedders: Settings.shape.allowedEmbedders.nullable().optional(),
  allowedRerankers: Settings.shape.allowedRerankers.nullable().optional(),
  allowedConnectors: Settings.shape.allowedConnectors.nullable().optional(),
  eventRetentionDays: Settings.shape.eventRetentionDays.nullable().optional(),
  auditRetentionDays: Settings.shape.auditRetentionDays.nullable().optional(),
});
export type UpdateSettingsInput = z.infer<typeof UpdateSettingsInput>;
