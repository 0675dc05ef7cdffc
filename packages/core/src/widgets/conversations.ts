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
  const fields = widgetAuditFields(widget);
  const details = { name: widget.name, conversations: found.length };
  await audit.record(entryOf(core, actor, 'widget.exported', { ...fields, details }));
  const lines: string[] = [];
  for (const conversation of found) lines.push(`${JSON.stringify(await withTranscript(core, conversation))}\n`);
  const day = new Date(core.clock.now()).toISOString().slice(0, 10);
  return {
    filename: `conversations-${day}.ndjson`,
    text: lines.join(''),
    lastId: found.at(-1)?.id ?? null,
    isComplete: found.length < MAX_EXPORTED,
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
