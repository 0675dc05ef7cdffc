import type { Actor } from '@lorebox/contract/actor';
import type { Page } from '@lorebox/contract/page';
import type {
  ConversationExport,
  ExportConversationsInput,
  ListConversationsInput,
  WidgetConversation,
  WidgetConversationDetails,
} from '@lorebox/contract/widget';
import type { StoredConversation } from '@lorebox/ports/widget-store';
import { requireScope } from '../access/require-scope.ts';
import { entryOf } from '../audit/audit-entry.ts';
import type { Core } from '../core.ts';
import { findConversation, findWidget } from './find-widget.ts';
import { toWidgetMessage } from './to-widget-message.ts';
import { widgetAuditFields } from './widget-audit.ts';

const MAX_MESSAGES = 1000;
const MAX_EXPORTED = 200;
const MAX_EXPORTED_MESSAGES = 10_000;

export async function listConversations(
  core: Core,
  actor: Actor,
  { widgetId, ...page }: ListConversationsInput,
): Promise<Page<WidgetConversation>> {
  requireScope(actor, 'workspaces:read');
  const widget = await findWidget(core, actor, widgetId);
  const { items, nextCursor } = await core.stores.widgets.listConversations(widget.id, page);
  return { items: items.map(toConversation), nextCursor };
}

export async function getConversation(
  core: Core,
  actor: Actor,
  conversationId: string,
): Promise<WidgetConversationDetails> {
  requireScope(actor, 'workspaces:read');
  const { conversation } = await findConversation(core, actor, conversationId);
  return withTranscript(core, conversation);
}

/** Conversations as newline-delimited JSON. The export is an entry of the audit log. */
export async function exportConversations(
  core: Core,
  actor: Actor,
  { widgetId, after }: ExportConversationsInput,
): Promise<ConversationExport> {
  requireScope(actor, 'workspaces:read');
  const widget = await findWidget(core, actor, widgetId);
  const { widgets, audit } = core.stores;
  const found = await widgets.conversationsAfter(widget.id, after, MAX_EXPORTED);
  const exported: WidgetConversationDetails[] = [];
  let messages = 0;
  for (const conversation of found) {
    if (messages >= MAX_EXPORTED_MESSAGES) break;
    const details = await withTranscript(core, conversation);
    messages += details.transcript.length;
    exported.push(details);
  }
  const { target, workspaceId } = widgetAuditFields(widget);
  const details = { name: widget.name, conversations: exported.length };
  await audit.record(entryOf(core, actor, 'widget.exported', { target, workspaceId, details }));
  const day = new Date(core.clock.now()).toISOString().slice(0, 10);
  return {
    filename: `conversations-${day}.ndjson`,
    text: exported.map((conversation) => `${JSON.stringify(conversation)}\n`).join(''),
    lastId: exported.at(-1)?.id ?? null,
    isComplete: exported.length === found.length && found.length < MAX_EXPORTED,
  };
}

async function withTranscript(core: Core, conversation: StoredConversation): Promise<WidgetConversationDetails> {
  const transcript = [];
  let cursor: string | undefined;
  do {
    const page = await core.stores.threads.listMessages(conversation.threadId, { cursor, limit: 200 });
    transcript.push(...page.items.map(toWidgetMessage));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && transcript.length < MAX_MESSAGES);
  return { ...toConversation(conversation), transcript };
}

function toConversation({ threadId: _, ...conversation }: StoredConversation): WidgetConversation {
  return conversation;
}
