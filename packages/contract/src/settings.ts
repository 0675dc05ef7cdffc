import { z } from 'zod';
import { EmbedderName } from './embedding.ts';
import { RerankerName } from './reranker.ts';

const perMinute = (who: string) =>
  z.number().int().min(0).max(1_000_000).describe(`Requests per minute and ${who}. 0 means no limit.`);

const allowed = (what: string) =>
  z
    .array(z.string().min(1).max(300))
    .max(500)
    .describe(
      `${what} that workspaces may use. \`*\` matches any characters. The defaults of the installation are always allowed.`,
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
        'Default chat model for workspaces without their own. Null: Ollama if available, else a GGUF file, else quoted passages.',
      ),
    embedder: EmbedderName.describe(
      'Default embedder for workspaces without their own. When it changes, search uses the old vectors until re-embedding is done.',
    ),
    reranker: RerankerName,
    requestsPerMinutePerAddress: perMinute('address'),
    requestsPerMinutePerUser: perMinute('user'),
    requestsPerMinutePerKey: perMinute('API key, unless the key has its own limit'),
    allowedModels: allowed('Chat models'),
    allowedEmbedders: allowed('Embedders'),
    allowedRerankers: allowed('Rerankers'),
    allowedConnectors: allowed('Source connectors'),
    eventRetentionDays: z.number().int().min(1).max(3650).describe('Days to keep events and webhook deliveries.'),
    auditRetentionDays: z.number().int().min(1).max(3650).describe('Days to keep the audit log.'),
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
