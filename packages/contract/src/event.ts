import { z } from 'zod';
import { FinishReason } from './chat.ts';
import { FailureReason } from './failure.ts';
import { Id } from './ids.ts';
import { NumberedPageInput } from './page.ts';
import { SyncCounts } from './source.ts';
import { WorkspaceRef } from './workspace.ts';

const common = {
  id: Id.describe('Event id. The same in every delivery, so receivers can ignore duplicates.'),
  timestamp: z.date().describe('Time of the event.'),
  workspaceId: Id.nullable().describe("Null for events that don't belong to a workspace."),
};

const documentData = { documentId: Id, externalId: z.string().nullable(), title: z.string(), filename: z.string() };
const sourceData = { sourceId: Id, connector: z.string(), name: z.string() };
const answerData = { answerId: Id, threadId: Id, questionId: Id, messageId: Id };

function event<const Type extends string, Data extends z.ZodRawShape>(id: string, type: Type, data: Data) {
  return z.object({ ...common, type: z.literal(type), data: z.object(data) }).meta({ id });
}

/**
 * An event in the event log and in webhooks. It contains ids but no text of questions, answers or documents; clients
 * with access can fetch those by id.
 */
export const LoreboxEvent = z
  .discriminatedUnion('type', [
    event('WorkspaceCreatedEvent', 'workspace.created', { name: z.string(), slug: z.string() }),
    event('WorkspaceDeletedEvent', 'workspace.deleted', { name: z.string() }),
    event('WorkspaceEmbedderChangedEvent', 'workspace.embedder-changed', {
      from: z.string().nullable(),
      to: z.string().describe('Embedder that search now uses.'),
    }),
    event('DocumentReadyEvent', 'document.ready', {
      ...documentData,
      format: z.string().nullable(),
      pages: z.number().int().nullable(),
      chunks: z.number().int(),
    }),
    event('DocumentFailedEvent', 'document.failed', {
      ...documentData,
      reason: FailureReason.nullable(),
      message: z.string().nullable(),
    }),
    event('DocumentDeletedEvent', 'document.deleted', documentData),
    event('AnswerCompletedEvent', 'answer.completed', {
      ...answerData,
      finishReason: FinishReason,
      citations: z.number().int().describe('Number of documents.'),
    }),
    event('AnswerFailedEvent', 'answer.failed', { ...answerData, code: z.string(), message: z.string() }),
    event('SourceSyncedEvent', 'source.synced', { ...sourceData, runId: Id, counts: SyncCounts }),
    event('SourceFailedEvent', 'source.failed', { ...sourceData, runId: Id, counts: SyncCounts, message: z.string() }),
    event('WebhookTestEvent', 'webhook.test', { webhookId: Id }),
  ])
  .meta({ id: 'Event' });
export type LoreboxEvent = z.infer<typeof LoreboxEvent>;

/** An event before it has an id. */
export type NewEvent = LoreboxEvent extends infer E ? (E extends LoreboxEvent ? Omit<E, 'id'> : never) : never;

/** Every event type with its description, in the order of the OpenAPI document. */
export const EVENT_TYPES = {
  'workspace.created': 'A workspace was created.',
  'workspace.deleted': 'A workspace was deleted with all its contents.',
  'workspace.embedder-changed': 'A workspace was re-embedded with a new embedder, which search now uses.',
  'document.ready': 'A document, or a new version of it, is searchable.',
  'document.failed': 'The ingest of a document failed or was cancelled. See `reason` and `message`.',
  'document.deleted': 'A document was deleted.',
  'answer.completed': 'An answer was completed.',
  'answer.failed': 'An answer failed or was cancelled.',
  'source.synced': 'A source was synced. See `counts` for the changes.',
  'source.failed': 'A sync run failed. See `message`. Existing documents are kept.',
  'webhook.test': 'A test delivery was requested.',
} as const satisfies Record<LoreboxEvent['type'], string>;

export const EventType = z
  .enum(Object.keys(EVENT_TYPES) as [LoreboxEvent['type'], ...LoreboxEvent['type'][]])
  .meta({ id: 'EventType' });
export type EventType = z.infer<typeof EventType>;

export const ListEventsInput = z.object({
  workspace: WorkspaceRef.shape.workspace.optional().describe('Only events of this workspace (id or slug).'),
  type: EventType.optional(),
  ...NumberedPageInput.shape,
});
export type ListEventsInput = z.infer<typeof ListEventsInput>;
