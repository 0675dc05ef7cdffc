import { z } from 'zod';
import { FinishReason } from './chat.ts';
import { FailureReason } from './failure.ts';
import { Id } from './ids.ts';
import { PageInput } from './page.ts';
import { SyncCounts } from './source.ts';
import { WorkspaceRef } from './workspace.ts';

const common = {
  id: Id.describe('The same with every delivery, so that a receiver can leave out what it has seen.'),
  timestamp: z.date().describe('When it happened.'),
  workspaceId: Id.nullable().describe('Null for what belongs to no workspace.'),
};

const documentData = { documentId: Id, externalId: z.string().nullable(), title: z.string(), filename: z.string() };
const sourceData = { sourceId: Id, connector: z.string(), name: z.string() };
const answerData = { answerId: Id, threadId: Id, questionId: Id, messageId: Id };

function event<const Type extends string, Data extends z.ZodRawShape>(id: string, type: Type, data: Data) {
  return z.object({ ...common, type: z.literal(type), data: z.object(data) }).meta({ id });
}

/**
 * Something that has happened, as the event log and webhooks tell it. It names what it is about and carries no text of
 * questions, answers or documents: whoever may read those fetches them by id.
 */
export const LoreboxEvent = z
  .discriminatedUnion('type', [
    event('WorkspaceCreatedEvent', 'workspace.created', { name: z.string(), slug: z.string() }),
    event('WorkspaceDeletedEvent', 'workspace.deleted', { name: z.string() }),
    event('WorkspaceEmbedderChangedEvent', 'workspace.embedder-changed', {
      from: z.string().nullable(),
      to: z.string().describe('The embedder whose vectors searches use from now on.'),
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
      citations: z.number().int().describe('How many there are.'),
    }),
    event('AnswerFailedEvent', 'answer.failed', { ...answerData, code: z.string(), message: z.string() }),
    event('SourceSyncedEvent', 'source.synced', { ...sourceData, runId: Id, counts: SyncCounts }),
    event('SourceFailedEvent', 'source.failed', { ...sourceData, runId: Id, counts: SyncCounts, message: z.string() }),
    event('WebhookTestEvent', 'webhook.test', { webhookId: Id }),
  ])
  .meta({ id: 'Event' });
export type LoreboxEvent = z.infer<typeof LoreboxEvent>;

/** What has happened, before it has an id. */
export type NewEvent = LoreboxEvent extends infer E ? (E extends LoreboxEvent ? Omit<E, 'id'> : never) : never;

/** Every type with what it tells, in the order of the document. */
export const EVENT_TYPES = {
  'workspace.created': 'A workspace was made.',
  'workspace.deleted': 'A workspace was deleted, with everything in it.',
  'workspace.embedder-changed': 'Every chunk has its vector of another embedder; searches use those from now on.',
  'document.ready': 'A document, or its new revision, can be found.',
  'document.failed': 'The ingest of a document was given up or cancelled; `reason` and `message` say why.',
  'document.deleted': 'A document was deleted.',
  'answer.completed': 'An answer has ended.',
  'answer.failed': 'An answer was cancelled, or ended with an error.',
  'source.synced': 'A source was synced; `counts` says what has changed.',
  'source.failed': 'A pass over a source was given up; `message` says why. What was there stays.',
  'webhook.test': 'Somebody asked for a test delivery.',
} as const satisfies Record<LoreboxEvent['type'], string>;

export const EventType = z
  .enum(Object.keys(EVENT_TYPES) as [LoreboxEvent['type'], ...LoreboxEvent['type'][]])
  .meta({ id: 'EventType' });
export type EventType = z.infer<typeof EventType>;

export const ListEventsInput = z.object({
  workspace: WorkspaceRef.shape.workspace.optional().describe('Only of this workspace (id or slug).'),
  type: EventType.optional(),
  ...PageInput.shape,
});
export type ListEventsInput = z.infer<typeof ListEventsInput>;
