import { answerEntity } from './answers/store.ts';
import { apiKeyEntity } from './api-keys/store.ts';
import { auditEntity } from './audit/store.ts';
import { commentEntity } from './comments/store.ts';
import { documentEntity } from './documents/store.ts';
import { embeddingEntity } from './embeddings/store.ts';
import { evalEntity } from './evals/store.ts';
import { eventEntity } from './events/store.ts';
import { idempotencyEntity } from './idempotency/store.ts';
import { ingestEntity } from './ingest/store.ts';
import { inviteEntity } from './invites/store.ts';
import { jobEntity } from './jobs/store.ts';
import { modelStatsEntity } from './model-stats/store.ts';
import { promptEntity } from './prompts/store.ts';
import { sessionEntity } from './sessions/store.ts';
import { settingEntity } from './settings/store.ts';
import { shareEntity } from './shares/store.ts';
import { sourceEntity } from './sources/store.ts';
import { summaryEntity } from './summaries/store.ts';
import { threadEntity } from './threads/store.ts';
import { usageEntity } from './usage/store.ts';
import { userEntity } from './users/store.ts';
import { vectorSyncEntity } from './vector-syncs/store.ts';
import { webhookEntity } from './webhooks/store.ts';
import { widgetEntity } from './widgets/store.ts';
import { workspaceEntity } from './workspaces/store.ts';

/** Every entity, by the name of its store in `Database`. Stores and writer commands are derived from this list. */
export const entities = {
  audit: auditEntity,
  users: userEntity,
  sessions: sessionEntity,
  invites: inviteEntity,
  apiKeys: apiKeyEntity,
  settings: settingEntity,
  workspaces: workspaceEntity,
  threads: threadEntity,
  shares: shareEntity,
  comments: commentEntity,
  prompts: promptEntity,
  widgets: widgetEntity,
  answers: answerEntity,
  documents: documentEntity,
  ingest: ingestEntity,
  jobs: jobEntity,
  embeddings: embeddingEntity,
  evals: evalEntity,
  events: eventEntity,
  webhooks: webhookEntity,
  sources: sourceEntity,
  idempotencyRows: idempotencyEntity,
  vectorSyncs: vectorSyncEntity,
  modelStats: modelStatsEntity,
  usage: usageEntity,
  summaries: summaryEntity,
};
