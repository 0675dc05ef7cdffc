import { integer, real, sqliteTable, text } from '../../drizzle.ts';

/** What was learned about a chat model from its answers. */
export const modelStats = sqliteTable('model_stats', {
  modelId: text('model_id').primaryKey(),
  /** Real tokens per estimated token of prompts. Null until the server has reported a count. */
  tokenFactor: real('token_factor'),
  /** Tokens that the server kept of a longer prompt, if it cut one. */
  observedWindow: integer('observed_window'),
  readTokensPerSecond: real('read_tokens_per_second'),
  updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
});
