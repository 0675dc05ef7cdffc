import type { Language, WorkspaceLanguage } from '@lorebox/contract/language';
import type { ChatMode, MemberRole, SummaryModels, Thinking } from '@lorebox/contract/workspace';
import { index, integer, primaryKey, real, sqliteTable, text } from '../../drizzle.ts';
import { users } from '../users/schema.ts';

export const workspaces = sqliteTable('workspaces', {
  id: text().primaryKey(),
  name: text().notNull(),
  /** Null after removal, which frees the slug immediately. */
  slug: text().unique(),
  mode: text().$type<ChatMode>().notNull(),
  refusalText: text('refusal_text').notNull(),
  instructions: text().notNull(),
  model: text(),
  temperature: real(),
  maxAnswerTokens: integer('max_answer_tokens'),
  thinking: text().$type<Thinking>().notNull().default('off'),
  summaries: text().$type<SummaryModels>().notNull().default('local'),
  topK: integer('top_k').notNull(),
  similarityFloor: real('similarity_floor').notNull(),
  historyMessages: integer('history_messages').notNull(),
  /** The embedder set on this workspace. Null uses the default of the installation. */
  embedder: text(),
  /** The reranker set on this workspace. Null uses the default of the installation. */
  reranker: text(),
  language: text().$type<WorkspaceLanguage>().notNull().default('auto'),
  /** How its full-text index was built. Null for an index of the first versions. */
  textAnalyzer: text('text_analyzer'),
  rewriteFollowUps: integer('rewrite_follow_ups', { mode: 'boolean' }).notNull().default(false),
  expandSources: integer('expand_sources', { mode: 'boolean' }).notNull().default(false),
  lockModel: integer('lock_model', { mode: 'boolean' }).notNull().default(false),
  localOnly: integer('local_only', { mode: 'boolean' }).notNull().default(false),
  /** The embedder whose vectors searches use. Null until the first chunk. */
  embeddingKey: integer('embedding_key'),
  createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
  removedAt: integer('removed_at', { mode: 'timestamp_ms' }),
});

export const members = sqliteTable(
  'members',
  {
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text().$type<MemberRole>().notNull(),
    addedAt: integer('added_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.userId] }), index('members_user').on(table.userId)],
);

/** Number of texts per language in a workspace, counted during indexing. */
export const workspaceLanguages = sqliteTable(
  'workspace_languages',
  {
    workspaceId: text('workspace_id')
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    language: text().$type<Language>().notNull(),
    chunks: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspaceId, table.language] })],
);
