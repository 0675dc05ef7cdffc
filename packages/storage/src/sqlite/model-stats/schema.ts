import type { ModelStats } from '@lorebox/ports/model-stats-store';
import { integer, real, sqliteTable, text } from '../../drizzle.ts';

/** What was learned about a chat model from its answers. */
export const modelStats = sqliteTable('model_stats', {
  modelId: text('model_id').primaryKey(),
  tokenFactors: text('token_factors', { mode: 'json' }).$type<ModelStats['tokenFactors']>().notNull(),
  longestPrompt: integer('longest_prompt').notNull(),
  promptLimit: integer('prompt_limit'),
  promptLimitAt: integer('prompt_limit_at', { mode: 'timestamp_ms' }),
  readTokensPerSecond: real('read_tokens_per_second'),
  updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
});
