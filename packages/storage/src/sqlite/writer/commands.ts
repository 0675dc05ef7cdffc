import { answerCommands } from '../stores/answers.ts';
import { apiKeyCommands } from '../stores/api-keys.ts';
import { auditCommands } from '../stores/audit-log.ts';
import { documentCommands } from '../stores/document-writes.ts';
import { embeddingCommands } from '../stores/embedding-writes.ts';
import { evalCommands } from '../stores/eval-writes.ts';
import { eventCommands } from '../stores/events.ts';
import { idempotencyCommands } from '../stores/idempotency.ts';
import { ingestCommands } from '../stores/ingest-writes.ts';
import { purgeCommands } from '../stores/purge.ts';
import { reindexCommands } from '../stores/reindex.ts';
import { sessionCommands } from '../stores/sessions.ts';
import { settingCommands } from '../stores/settings.ts';
import { sourceRunCommands } from '../stores/source-run-writes.ts';
import { sourceCommands } from '../stores/source-writes.ts';
import { threadCommands } from '../stores/threads.ts';
import { userCommands } from '../stores/users.ts';
import { vectorSyncCommands } from '../stores/vector-sync-writes.ts';
import { webhookCommands } from '../stores/webhook-writes.ts';
import { workspaceCommands } from '../stores/workspaces.ts';

/** Every write of the product, by name. Each runs alone, whole or not at all, on the writer thread. */
export const commands = {
  ...userCommands,
  ...sessionCommands,
  ...apiKeyCommands,
  ...settingCommands,
  ...workspaceCommands,
  ...threadCommands,
  ...answerCommands,
  ...documentCommands,
  ...ingestCommands,
  ...purgeCommands,
  ...reindexCommands,
  ...embeddingCommands,
  ...evalCommands,
  ...eventCommands,
  ...webhookCommands,
  ...sourceCommands,
  ...sourceRunCommands,
  ...idempotencyCommands,
  ...vectorSyncCommands,
  ...auditCommands,
};

export type Commands = typeof commands;
export type CommandName = keyof Commands;
export type CommandInput<K extends CommandName> = Parameters<Commands[K]>[1];
export type CommandOutput<K extends CommandName> = ReturnType<Commands[K]>;
