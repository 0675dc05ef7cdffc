import { z } from 'zod';
import { brandingShape } from './branding.ts';
import { EmbedderName } from './embedding.ts';
import { RerankerName } from './reranker.ts';
import { MaxAnswerTokens } from './workspace.ts';

const perMinute = (who: string) =>
  z.number().int().min(0).max(1_000_000).describe(`Requests per minute and ${who}. 0 means no limit.`);

const allowed = (what: string) =>
  z
    .array(z.string().min(1).max(300))
    .max(500)
    .describe(
      `${what} that workspaces may use. \`*\` matches any characters. The defaults of the installation are always allowed.`,
    );

/** Settings that an admin can change while the server runs. Unchanged settings come from the environment. */
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
    maxAnswerTokens: MaxAnswerTokens.describe(
      'Maximum length of an answer in tokens, for workspaces without their own limit. At most half of the context window.',
    ),
    firstTokenSeconds: z
      .number()
      .int()
      .min(0)
      .max(3600)
      .describe(
        'Target in seconds for the first word of an answer. A local model receives only as many passages as it can read in this time. 0 means no target.',
      ),
    eventRetentionDays: z.number().int().min(1).max(3650).describe('Days to keep events and webhook deliveries.'),
    auditRetentionDays: z.number().int().min(1).max(3650).describe('Days to keep the audit log.'),
    ...brandingShape,
  })
  .meta({ id: 'Settings' });
export type Settings = z.infer<typeof Settings>;

/** Settings to change. Null resets a setting to its value from the environment. */
export const UpdateSettingsInput = z.object(nullish(Settings.shape));
export type UpdateSettingsInput = z.infer<typeof UpdateSettingsInput>;

/** Defaults of the settings that no environment variable sets. */
export const DEFAULT_BRANDING = {
  appName: 'Lorebox',
  accentColor: null,
  accentColorDark: null,
  themeVariables: {},
  themeVariablesDark: {},
  welcomeText: '',
  footerLinks: [],
} satisfies Partial<Settings>;

type Nullish<Shape extends z.ZodRawShape> = {
  [Key in keyof Shape]: z.ZodOptional<Shape[Key] extends z.ZodNullable ? Shape[Key] : z.ZodNullable<Shape[Key]>>;
};

function nullish<Shape extends Record<string, z.ZodType>>(shape: Shape): Nullish<Shape> {
  const optional = (schema: z.ZodType) => (schema instanceof z.ZodNullable ? schema : schema.nullable()).optional();
  return Object.fromEntries(Object.entries(shape).map(([key, schema]) => [key, optional(schema)])) as Nullish<Shape>;
}
