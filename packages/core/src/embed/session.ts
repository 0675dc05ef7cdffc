import type { Actor, Origin } from '@lorebox/contract/actor';
import type { Message } from '@lorebox/contract/chat';
import { createId } from '@lorebox/contract/create-id';
import type {
  EmbedHistory,
  EmbedLeadInput,
  EmbedMessage,
  StartedSession,
  StartSessionInput,
} from '@lorebox/contract/embed';
import { AppError } from '@lorebox/contract/errors';
import type { Widget } from '@lorebox/contract/widget';
import type { StoredSession } from '@lorebox/ports/widget-store';
import { findThread } from '../access/find-thread.ts';
import { requireScope } from '../access/require-scope.ts';
import type { Core } from '../core.ts';
import { toEmbedCitation } from './to-embed-citation.ts';

const MAX_SHOWN_MESSAGES = 200;

/** A visitor of a website, with the session that their secret belongs to. */
export interface Visitor {
  actor: Extract<Actor, { kind: 'embed' }>;
  session: StoredSession;
  widget: Widget;
}

/** Starts the conversation of a new visitor. Needs no credential: the widget and the page were checked before. */
export async function startSession(
  core: Core,
  widget: Widget,
  pageOrigin: string,
  { visitor = null }: { visitor?: StartSessionInput['visitor'] | null },
): Promise<StartedSession> {
  const { stores, security, clock } = core;
  const secret = security.secrets.createToken();
  const createdAt = new Date(clock.now());
  await stores.widgets.createSession({
    id: createId('wss'),
    widgetId: widget.id,
    workspaceId: widget.workspaceId,
    threadId: createId('thr'),
    secretHash: security.secrets.digest(secret),
    origin: pageOrigin,
    visitor,
    lead: null,
    messages: 0,
    createdAt,
    lastActiveAt: createdAt,
  });
  return { secret };
}

/** @throws AppError UNAUTHENTICATED for an unknown secret, and for one of another widget. */
export async function resolveVisitor(
  core: Core,
  widget: Widget,
  secret: string | undefined,
  origin: Origin,
): Promise<Visitor> {
  const { stores, security } = core;
  const session = secret ? await stores.widgets.getSessionByHash(security.secrets.digest(secret)) : null;
  if (!session || session.widgetId !== widget.id)
    throw new AppError('UNAUTHENTICATED', 'This conversation has ended. Start a new one.');
  const { id: sessionId, workspaceId } = session;
  return { actor: { kind: 'embed', widgetId: widget.id, sessionId, workspaceId, origin }, session, widget };
}

/** Returns the newest messages of the conversation, oldest first. */
export async function getHistory(core: Core, { actor, session }: Visitor): Promise<EmbedHistory> {
  requireScope(actor, 'chat');
  const hasLead = session.lead !== null;
  if (!(await core.stores.threads.get(session.threadId))) return { messages: [], hasLead };
  const thread = await findThread(core, actor, session.threadId);
  const page = { order: 'desc', limit: MAX_SHOWN_MESSAGES } as const;
  const { items } = await core.stores.threads.listMessages(thread.id, page);
  return { messages: items.reverse().map(toEmbedMessage), hasLead };
}

function toEmbedMessage({ id, role, text, status, answerId, feedback, citations }: Message): EmbedMessage {
  return { id, role, text, status, answerId, feedback, citations: citations.map(toEmbedCitation) };
}

/** @throws AppError BAD_REQUEST if the widget doesn't ask for it. */
export async function leaveLead(
  core: Core,
  { actor, session, widget }: Visitor,
  { name, email }: EmbedLeadInput,
): Promise<void> {
  requireScope(actor, 'chat');
  if (widget.leadForm === 'off') throw new AppError('BAD_REQUEST', 'This chat has no contact form.');
  await core.stores.widgets.setLead(session.id, { name, email });
}
