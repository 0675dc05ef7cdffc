import { answerCommands } from '../answers/commands.ts';
import { apiKeyCommands } from '../api-keys/commands.ts';
import { auditCommands } from '../audit/commands.ts';
import { reindexCommands } from '../chunks/reindex.ts';
import { documentCommands } from '../documents/commands.ts';
import { embeddingCommands } from '../embeddings/commands.ts';
import { evalCommands } from '../evals/commands.ts';
import { eventCommands } from '../events/commands.ts';
import { idempotencyCommands } from '../idempotency/commands.ts';
import { ingestCommands } from '../ingest/commands.ts';
import { purgeCommands } from '../jobs/purge.ts';
import { sessionCommands } from '../sessions/commands.ts';
import { settingCommands } from '../settings/commands.ts';
import { sourceCommands } from '../sources/commands.ts';
import { sourceRunCommands } from '../sources/run-commands.ts';
import { threadCommands } from '../threads/commands.ts';
import { userCommands } from '../users/commands.ts';
import { vectorSyncCommands } from '../vector-syncs/commands.ts';
import { webhookCommands } from '../webhooks/commands.ts';
import { workspaceCommands } from '../workspaces/commands.ts';

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
